#include "disk/DiskCanvas.h"
#include "disk/PainterStrokes.h"
#include "picture/DiskBackdrop.h"
#include "picture/LassoLine.h"
#include "picture/RulerLine.h"
#include "picture/SplatRaster.h"
#include "picture/StrokeRaster.h"

#include <QImage>
#include <QPainter>
#include <QPointer>
#include <QWidget>

namespace hmgrl {

namespace {

/// The same picture as VTK's, drawn by the CPU alone.
class RasterView final : public QWidget {
public:
    RasterView(const DiskController& view, DiskCanvas::Overlay overlay, QWidget* parent)
        : QWidget(parent)
        , m_view(view)
        , m_overlay(std::move(overlay)) {
        setAttribute(Qt::WA_OpaquePaintEvent);
    }

    void setColours(const DiskColours& colours) {
        m_colours = colours;
        m_looksStale = true;
        update();
    }
    void changed(DiskController::Change change) {
        using enum DiskController::Change;
        m_looksStale |=
            change == Scene || change == Selection || change == Active || change == Overlay;
        m_hoverStale |= change == Hover;
        update();
    }
    void setLasso(std::span<const std::pair<double, double>> line) {
        m_lasso.assign(line.begin(), line.end());
        update();
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        updateSplats();
        QPainter painter(this);
        painter.fillRect(rect(), QColor::fromRgba(m_colours.background));
        painter.setRenderHint(QPainter::Antialiasing);
        PainterStrokes strokes(painter, m_view);
        m_many.restart();
        m_backdrop.draw(strokes, m_view, m_colours, &m_many);
        drawInMemory(painter);
        drawRuler(strokes, m_view, m_colours, m_scratch);
        drawLassoLine(strokes, m_view, m_lasso, m_colours, m_scratch);
        m_overlay(painter);
    }

private:
    void updateSplats() {
        if (std::exchange(m_looksStale, false))
            m_splats.restyle(m_view, m_colours);
        else if (m_hoverStale)
            m_splats.hover(m_view, m_colours);
        else
            m_splats.move(m_view);
        m_hoverStale = false;
    }

    /// The marks, and beneath them what has thousands of lines.
    void drawInMemory(QPainter& painter) {
        const double ratio = devicePixelRatioF();
        const QSize pixels = (QSizeF(size()) * ratio).toSize();
        if (m_marks.size() != pixels)
            m_marks = QImage(pixels, QImage::Format_ARGB32_Premultiplied);
        m_marks.setDevicePixelRatio(ratio);
        const auto [x, y] = m_view.toScreen({0, 0});
        const double scale = m_view.pixelsPerUnit() * ratio;
        const std::span memory(reinterpret_cast<std::uint32_t*>(m_marks.bits()),
                               static_cast<std::size_t>(pixels.width()) *
                                   static_cast<std::size_t>(pixels.height()));
        const SplatRaster::Transform transform{scale, -scale, x * ratio, y * ratio, ratio};
        SplatRaster::Target target{memory, pixels.width(), pixels.height(),
                                   SplatRaster::ByteOrder::Bgra, true};
        if (!m_many.isEmpty()) {
            m_many.draw(transform, target);
            target.clear = false;
        }
        m_raster.draw(m_splats, transform, target);
        painter.drawImage(QPointF(0, 0), m_marks);
    }

    const DiskController& m_view;
    DiskCanvas::Overlay m_overlay;
    DiskColours m_colours = DiskColours::light();
    DiskBackdrop m_backdrop;
    SplatSet m_splats;
    SplatRaster m_raster;
    StrokeRaster m_many;
    QImage m_marks;
    std::vector<std::pair<double, double>> m_lasso;
    std::vector<StrokePoint> m_scratch;
    bool m_looksStale = true, m_hoverStale = false;
};

class RasterDiskCanvas final : public DiskCanvas {
public:
    RasterDiskCanvas(const DiskController& view, Overlay overlay, QWidget* parent)
        : m_view(new RasterView(view, std::move(overlay), parent)) {}
    ~RasterDiskCanvas() override { delete m_view; }

    QWidget* widget() override { return m_view; }
    const char* name() const override { return "raster"; }
    void setColours(const DiskColours& colours) override { m_view->setColours(colours); }
    void changed(DiskController::Change change) override { m_view->changed(change); }
    void setLasso(std::span<const std::pair<double, double>> line) override {
        m_view->setLasso(line);
    }

private:
    QPointer<RasterView> m_view; ///< null once its parent has deleted it
};

} // namespace

std::unique_ptr<DiskCanvas> makeRasterCanvas(const DiskController& view,
                                             DiskCanvas::Overlay overlay, QWidget* parent) {
    return std::make_unique<RasterDiskCanvas>(view, std::move(overlay), parent);
}

} // namespace hmgrl
