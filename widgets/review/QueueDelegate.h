#pragma once

#include "models/DocumentListModel.h"
#include "theme/Theme.h"

#include <QStyledItemDelegate>

namespace hmgrl {

/// Draws one document of the queue: thumbnail, two lines of text, a status dot, the counts and a
/// meter of the model's uncertainty.
class QueueDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit QueueDelegate(const Theme& theme, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;

private:
    void paintBackground(QPainter& painter, const QStyleOptionViewItem& option) const;
    void paintThumbnail(QPainter& painter, const QRect& rect, const QModelIndex& index) const;
    void paintExcerpt(QPainter& painter, const QRect& rect, const QString& text) const;
    void paintFooter(QPainter& painter, const QRect& rect, const DocumentSummary& row) const;
    void paintMeter(QPainter& painter, const QRect& rect, double uncertainty) const;

    const Theme& m_theme;
};

/// "3 accepted · 4 suggested", "nothing found", "waiting for the model".
[[nodiscard]] QString statusText(const DocumentSummary& row);

} // namespace hmgrl
