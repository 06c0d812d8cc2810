#pragma once

#include "disk/DiskFixture.h"
#include "disk/DiskGestures.h"
#include "disk/DiskToolbar.h"

#include <QSignalSpy>
#include <QToolButton>

namespace hmgrl::test {

/// The disk played by mouse and keys, whatever draws it.
class DiskPlay : public DiskTest {
protected:
    void drag(QPointF from, QPointF to, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        press(from, modifiers);
        for (int i = 1; i <= 8; ++i)
            moveTo(from + (to - from) * i / 8, true, modifiers);
        release(to, modifiers);
    }
    void key(Qt::Key which, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(m_disk, which, modifiers);
    }
    void turnWheel(QPointF p, int notches, Qt::KeyboardModifiers modifiers) {
        QWheelEvent event(p, m_disk->mapToGlobal(p), {}, {0, 120 * notches}, Qt::NoButton,
                          modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_disk, &event);
    }
    [[nodiscard]] DiskGestures& gestures() { return *m_disk->findChild<DiskGestures*>(); }
    [[nodiscard]] DiskToolbar& toolbar() { return *m_disk->findChild<DiskToolbar*>(); }
    [[nodiscard]] QToolButton& button(DiskCommand command) { return *toolbar().button(command); }
    /// Waits for the view to come to rest at `viewpoint`.
    [[nodiscard]] bool arrivesAt(const Viewpoint& viewpoint) {
        return QTest::qWaitFor([&] { return isExactly(viewpoint); }, 3000);
    }
    [[nodiscard]] bool isExactly(const Viewpoint& viewpoint) const {
        const Viewpoint now = view().viewpoint();
        return now.focus.a() == viewpoint.focus.a() && now.focus.b() == viewpoint.focus.b() &&
               now.zoom == viewpoint.zoom && now.pan == viewpoint.pan;
    }
};

} // namespace hmgrl::test
