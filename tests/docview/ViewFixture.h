#pragma once

#include "document/DocumentView.h"
#include "docview/Samples.h"
#include "theme/Theme.h"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>
#include <memory>

namespace hmgrl::test {

/// A document view on the screen with what it asked for.
class ViewTest : public testing::Test {
protected:
    ViewTest();
    void show(const DocumentContent& content);

    [[nodiscard]] AnnotatedTextView* text() const { return m_view.textView(); }
    /// Viewport position of a character by UTF-16 position.
    [[nodiscard]] QPoint pointOf(int position) const;
    [[nodiscard]] QPoint pointOf(const QString& words, int offset = 0) const;
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const;
    void click(QPoint where, Qt::MouseButton button = Qt::LeftButton) const;
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const;
    void type(const QString& words) const; ///< into the open picker
    void pickerKey(Qt::Key key) const;
    [[nodiscard]] const std::vector<DocumentEdit>& edits() const { return m_edits; }
    [[nodiscard]] std::string words(Span span) const;
    void selectMention(std::int64_t id) const { text()->select({CategoryKind::Entity, id}); }

    Theme m_theme;
    DocumentView m_view;
    std::vector<DocumentEdit> m_edits;
};

} // namespace hmgrl::test
