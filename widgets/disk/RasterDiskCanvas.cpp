#include "disk/DiskCanvas.h"
#include "disk/MarkSettler.h"
#include "disk/PainterStrokes.h"
#include "picture/DiskBackdrop.h"
#include "picture/LassoLine.h"
#include "picture/MarkLayer.h"
#include "picture/RulerLine.h"
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
        , m_overlay(std::move(overlay))
        , m_marks(view)
        , m_settler(m_marks, this) {
        setAttribute(Qt::WA_OpaquePaintEvent);
    }

    void setColours(const DiskColours& colours) {
        m_colours = colours;
        m_marks.setColours(colours);
        m_ground = {};
        m_layersStale = true;
        update();
    }
    void changed(DiskController::Change change) {
        m_marks.changed(change);
        m_layersStale |= m_backdrop.shows(change, m_view);
        m_settler.changed();
        update();
    }
    void setLasso(std::span<const std::pair<double, double>> line) {
        m_lasso.assign(line.begin(), line.end());
        update();
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        QPainter painter(this);
        drawGround(painter);
        painter.setRenderHint(QPainter::Antialiasing);
        PainterStrokes strokes(painter, m_view);
        updateLayers();
        drawInMemory(painter);
        drawRuler(strokes, m_view, m_colours, m_scratch);
        drawLassoLine(strokes, m_view, m_lasso, m_colours, m_scratch);
        m_overlay(painter);
        m_settler.painted();
    }

private:
    /// Where the disk lies on the screen, and how large.
    struct Ground {
        QImage image;
        double x = 0, y = 0, scale = 0;
    };

    /// A painter is slow at gradients and needs them only when the disk itself has moved.
    void drawGround(QPainter& painter) {
        const auto [x, y] = m_view.toScreen({0, 0});
        const double scale = m_view.pixelsPerUnit();
        const QSize pixels = (QSizeF(size()) * devicePixelRatioF()).toSize();
        if (m_ground.image.size() != pixels || m_ground.x != x || m_ground.y != y ||
            m_ground.scale != scale) {
            m_ground = {QImage(pixels, QImage::Format_RGB32), x, y, scale};
            m_ground.image.setDevicePixelRatio(devicePixelRatioF());
            m_ground.image.fill(QColor::fromRgba(m_colours.background));
            QPainter on(&m_ground.image);
            on.setRenderHint(QPainter::Antialiasing);
            PainterStrokes strokes(on, m_view);
            DiskBackdrop::drawGround(strokes, m_view, m_colours);
        }
        painter.drawImage(QPointF(0, 0), m_ground.image);
    }

    /// Layers are drawn in memory and remembered with the marks above them.
    void updateLayers() {
        if (!std::exchange(m_layersStale, false))
            return;
        m_layers.restart();
        m_backdrop.drawLayers(m_layers, m_view, m_colours);
        if (m_layers.isEmpty())
            m_marks.setBeneath({});
        else
            m_marks.setBeneath([this](const auto& transform, const auto& target) {
                m_layers.draw(transform, target);
            });
    }

    /// The marks, and the layers beneath them.
    void drawInMemory(QPainter& painter) {
        const double ratio = devicePixelRatioF();
        const QSize pixels = (QSizeF(size()) * ratio).toSize();
        const auto [x, y] = m_view.toScreen({0, 0});
        const double scale = m_view.pixelsPerUnit() * ratio;
        const auto picture = m_marks.picture({pixels.width(),
                                              pixels.height(),
                                              {scale, -scale, x * ratio, y * ratio, ratio},
                                              SplatRaster::ByteOrder::Bgra});
        QImage image(reinterpret_cast<const uchar*>(picture.data()), pixels.width(),
                     pixels.height(), QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(ratio);
        painter.drawImage(QPointF(0, 0), image);
    }

    const DiskController& m_view;
    DiskCanvas::Overlay m_overlay;
    DiskColours m_colours = DiskColours::light();
    DiskBackdrop m_backdrop;
    MarkLayer m_marks;
    MarkSettler m_settler;
    StrokeRaster m_layers;
    bool m_layersStale = true;
    Ground m_ground;
    std::vector<std::pair<double, double>> m_lasso;
    std::vector<StrokePoint> m_scratch;
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
