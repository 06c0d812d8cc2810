#pragma once

#include "theme/Theme.h"

#include <QFrame>

class QLabel;

namespace hmgrl::studio {

/// A line above the document that says what went wrong and stays until it is closed: no box in the
/// way.
class NoticeBar : public QFrame {
    Q_OBJECT
public:
    explicit NoticeBar(const Theme& theme, QWidget* parent = nullptr);
    void show(const QString& message);

Q_SIGNALS:
    void detailsRequested();

private:
    QLabel* m_text;
};

} // namespace hmgrl::studio
