#include "disk/MarkSettler.h"

#include "picture/MarkLayer.h"

#include <QWidget>

namespace hmgrl {

namespace {
constexpr std::chrono::milliseconds slice{12};
}

MarkSettler::MarkSettler(MarkLayer& marks, QWidget* canvas)
    : m_marks(marks)
    , m_canvas(canvas) {
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, m_canvas, [this] { work(); });
}

void MarkSettler::changed() {
    m_timer.stop();
}

void MarkSettler::painted() {
    if (const auto due = m_marks.due(); due && !m_timer.isActive())
        m_timer.start(*due);
}

void MarkSettler::work() {
    if (m_marks.settle(MarkLayer::Clock::now() + slice))
        m_canvas->update();
    else
        m_timer.start(0);
}

} // namespace hmgrl
