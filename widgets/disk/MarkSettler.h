#pragma once

#include <QTimer>

class QWidget;

namespace hmgrl {

class MarkLayer;

/// Lets a layer of very many marks finish its picture once the view rests, in slices short enough
/// that nobody waits for them.
class MarkSettler {
public:
    /// Both outlive this. `canvas` is updated when the picture is ready.
    MarkSettler(MarkLayer& marks, QWidget* canvas);
    void changed(); ///< the view: it does not rest
    void painted(); ///< marks may be missing: see to it

private:
    void work();

    MarkLayer& m_marks;
    QWidget* m_canvas;
    QTimer m_timer;
};

} // namespace hmgrl
