#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace hmgrl {

class Theme;

/// What can be done with many selected points, in a slim bar over the lower edge of its parent.
class SelectionBar : public QWidget {
    Q_OBJECT
public:
    SelectionBar(const Theme& theme, QWidget* parent);

    void setText(const QString& text);
    void arrange();                           ///< within the parent, clear of the disk's tools
    [[nodiscard]] QRect retypeAnchor() const; ///< of the button, on the screen

Q_SIGNALS:
    void acceptRequested();
    void rejectRequested();
    void retypeRequested();
    void clearRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QPushButton* addButton(const QString& text, const QString& tip, const char* icon);

    const Theme& m_theme;
    QLabel* m_label;
    QPushButton* m_retype;
};

} // namespace hmgrl
