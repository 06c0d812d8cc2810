#pragma once

#include "inspector/InspectorFacts.h"

#include <QWidget>

namespace hmgrl {

class Theme;

/// Mentions or relations to jump to, with thumbnails when there are any. Click or Enter activates.
class RowList : public QWidget {
    Q_OBJECT
public:
    explicit RowList(const Theme& theme, QWidget* parent = nullptr);

    void setRows(std::vector<SampleFact> rows);
    [[nodiscard]] const std::vector<SampleFact>& rows() const { return m_rows; }
    [[nodiscard]] QRect rectOf(int row) const;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void activated(std::int64_t document, const hmgrl::DocumentItem& item);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void setCurrent(int row);
    void activate(int row);
    void paintRow(QPainter& painter, int row) const;
    int paintThumbnail(QPainter& painter, const SampleFact& fact, const QRect& row) const;
    [[nodiscard]] int rowAt(QPoint position) const;
    [[nodiscard]] int rowHeight() const { return m_hasThumbnails ? 48 : 40; }

    const Theme& m_theme;
    std::vector<SampleFact> m_rows;
    bool m_hasThumbnails = false;
    int m_current = -1; ///< under the pointer or the keyboard
};

} // namespace hmgrl
