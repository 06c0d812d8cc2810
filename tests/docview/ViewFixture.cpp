#include "docview/ViewFixture.h"

#include "document/TypePicker.h"
#include "support/Text.h"

#include <QLineEdit>
#include <QScrollBar>

namespace hmgrl::test {

ViewTest::ViewTest()
    : m_view(m_theme) {
    const auto all = categories();
    m_view.setTypes(TypeCatalogue(all));
    m_view.resize(1100, 700);
    QObject::connect(&m_view, &DocumentView::editRequested, &m_view,
                     [this](const DocumentEdit& edit) { m_edits.push_back(edit); });
}

void ViewTest::show(const DocumentContent& content) {
    m_view.setContent(content);
    m_view.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_view));
    text()->setFocus();
}

QPoint ViewTest::pointOf(int position) const {
    const auto rects = text()->annotationLayout().rectsOf(position, position + 1);
    if (rects.empty())
        throw std::out_of_range("nothing is drawn at " + std::to_string(position));
    return rects.front().center().toPoint() - QPoint(0, text()->verticalScrollBar()->value());
}

QPoint ViewTest::pointOf(const QString& words, int offset) const {
    return pointOf(static_cast<int>(text()->text().text.indexOf(words)) + offset);
}

void ViewTest::drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers) const {
    QWidget* where = text()->viewport();
    QTest::mousePress(where, Qt::LeftButton, modifiers, from);
    // QTest::mouseMove knows no buttons and modifiers.
    for (const QPoint& p : {(from + to) / 2, to}) {
        QMouseEvent move(QEvent::MouseMove, p, where->mapToGlobal(p), Qt::NoButton, Qt::LeftButton,
                         modifiers);
        QCoreApplication::sendEvent(where, &move);
    }
    QTest::mouseRelease(where, Qt::LeftButton, modifiers, to);
}

void ViewTest::click(QPoint where, Qt::MouseButton button) const {
    QTest::mouseClick(text()->viewport(), button, {}, where);
}

void ViewTest::key(Qt::Key key, Qt::KeyboardModifiers modifiers) const {
    QTest::keyClick(text(), key, modifiers);
}

void ViewTest::type(const QString& words) const {
    QTest::keyClicks(m_view.picker()->filterEdit(), words);
}

void ViewTest::pickerKey(Qt::Key key) const {
    QTest::keyClick(m_view.picker()->filterEdit(), key);
}

std::string ViewTest::words(Span span) const {
    return substring(m_view.content().document.text, span.begin, span.end);
}

} // namespace hmgrl::test
