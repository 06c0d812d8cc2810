#include "picture/DiskPicture.h"

#include "picture/DiskBackdrop.h"
#include "picture/DiskPictureCanvas.h"
#include "picture/DiskPictureLabels.h"
#include "picture/DiskPictureLegend.h"
#include "picture/DiskPictureMarks.h"
#include "picture/DiskPictureStrokes.h"
#include "picture/RulerLine.h"
#include "picture/SplatSet.h"
#include "support/Error.h"

#include <algorithm>
#include <cmath>

namespace hmgrl {

namespace {

using picture::Anchor;
using picture::Canvas;
using picture::Frame;
using picture::Place;
using picture::Weight;

/// Smaller pictures are shrunk ones of this height: there is room for the letters.
constexpr double leastHeight = 640;
constexpr double titleHeight = 44;

DiskColours coloursOf(const PictureOptions& options) {
    if (options.dark)
        return DiskColours::darkTheme();
    DiskColours colours = DiskColours::light();
    colours.background = 0xFFFFFFFF; // paper
    return colours;
}

/// Of the disk, under the title.
Frame frameOf(const PictureOptions& options) {
    const double top = picture::printable(options.title).empty() ? 0 : titleHeight;
    const double height = std::max<double>(options.side, leastHeight) - top;
    return {0, top, std::round(height * options.aspect), height};
}

/// The view with a viewport of its own, nothing that follows a mouse and nothing on its way.
DiskController stillView(const DiskController& view, const Frame& frame) {
    DiskController copy = view;
    copy.onChange({});
    copy.setHover(-1);
    copy.setHoverArc(-1);
    copy.stepTransition(1);
    copy.setViewport(frame.width, frame.height);
    return copy;
}

/// The one composition behind all formats.
class Composition {
public:
    Composition(const DiskController& view, const PictureOptions& options,
                const picture::Font& font)
        : m_font(font)
        , m_colours(coloursOf(options))
        , m_title(picture::printable(options.title))
        , m_frame(frameOf(options))
        , m_view(stillView(view, m_frame)) {
        if (options.legend)
            m_legend.emplace(m_view, options.shown, options.words, m_colours, font);
    }

    void draw(Canvas& canvas, const picture::Sheet& sheet) {
        canvas.box({0, 0, sheet.width + 1, sheet.height + 1}, 0,
                   {m_colours.background, 0, 0}); // half pixels, too
        canvas.beginGroup("disk");
        canvas.clipTo(m_frame);
        drawBeneath(canvas);
        canvas.endGroup();
        canvas.beginGroup("points");
        canvas.clipTo(m_frame);
        drawPoints(canvas);
        canvas.endGroup();
        drawAbove(canvas);
        if (!isWhole())
            drawFrame(canvas);
        if (!m_title.empty())
            drawTitle(canvas, sheet.width);
        if (m_legend)
            m_legend->draw(canvas, m_frame);
    }

private:
    void drawBeneath(Canvas& canvas) const {
        picture::CanvasStrokes strokes(canvas, m_view, m_frame);
        DiskBackdrop().draw(strokes, m_view, m_colours);
    }

    void drawAbove(Canvas& canvas) const {
        const picture::Labels labels(m_view, m_frame.width, m_frame.height, m_font);
        canvas.beginGroup("labels");
        canvas.clipTo(m_frame);
        std::vector<StrokePoint> scratch;
        picture::CanvasStrokes strokes(canvas, m_view, m_frame);
        drawRuler(strokes, m_view, m_colours, scratch);
        labels.draw(canvas, {m_frame.x, m_frame.y}, m_colours);
        canvas.endGroup();
    }

    /// Whether the frame cuts nothing off the disk.
    [[nodiscard]] bool isWhole() const {
        const Place low = at({-1, -1});
        const Place high = at({1, 1});
        return m_frame.contains(low) && m_frame.contains(high);
    }

    [[nodiscard]] Place at(disk::Complex z) const {
        const auto [x, y] = m_view.toScreen(z);
        return {m_frame.x + x, m_frame.y + y};
    }

    void drawPoints(Canvas& canvas) const {
        SplatSet splats;
        splats.restyle(m_view, m_colours);
        const auto looks = splats.looks();
        const auto rows = splats.rows();
        for (std::size_t i = 0; i < looks.size(); ++i) {
            const disk::Complex z = m_view.viewPoints()[rows[i]];
            const double radius =
                static_cast<double>(SplatSet::radiusAt(looks[i], static_cast<float>(std::norm(z))));
            // Of several marks of a row the last one is the point, the others lie under it.
            const bool isPoint = i + 1 == rows.size() || rows[i + 1] != rows[i];
            if (m_frame.contains(at(z), radius))
                drawMark(canvas, at(z), radius, looks[i], isPoint ? "point" : "");
        }
    }

    static void drawMark(Canvas& canvas, Place place, double radius, const SplatSet::Look& look,
                         const char* name) {
        const double ring = static_cast<double>(look.ringWidth());
        const picture::Paint paint{toRgbaBytes(look.fill), ring > 0 ? toRgbaBytes(look.ring) : 0,
                                   ring};
        // The ring lies around the radius.
        picture::drawMark(canvas, look.marker, place, radius + ring / 2, paint, name);
    }

    /// Around what is cut off, inside the sheet.
    void drawFrame(Canvas& canvas) const {
        constexpr double line = 1;
        canvas.box({m_frame.x + line / 2, m_frame.y + line / 2, m_frame.width - line,
                    m_frame.height - line},
                   0, {0, m_colours.panelBorder, line});
    }

    void drawTitle(Canvas& canvas, double width) const {
        constexpr double left = 22, size = 20;
        canvas.beginGroup("title");
        canvas.text({left, 34}, m_font.elided(m_title, size, Weight::Bold, width - 2 * left),
                    {size, Weight::Bold, Anchor::Begin, m_colours.text, 0, 0});
        canvas.endGroup();
    }

    const picture::Font& m_font;
    DiskColours m_colours;
    std::string m_title;
    Frame m_frame; ///< of the disk
    DiskController m_view;
    std::optional<picture::LegendColumn> m_legend;
};

template <typename Value>
void expect(const char* option, Value found, Value least, Value most) {
    if (!(found >= least && found <= most)) // not a number is neither
        throw Error({}, "disk picture",
                    std::string(option) + ": expected " + std::to_string(least) + " to " +
                        std::to_string(most) + ", found " + std::to_string(found));
}

/// @throws Error when an option is out of range
picture::Sheet sheetOf(const PictureOptions& options, double scale) {
    constexpr double mostPixels = 16000;
    expect("side", options.side, 200, 4000);
    expect("scale", options.scale, 0.25, 8.0);
    expect("aspect", options.aspect, 0.25, 4.0);
    const Frame frame = frameOf(options);
    const double legend = options.legend ? picture::LegendColumn::width : 0;
    const double height = frame.y + frame.height;
    const std::string title = picture::printable(options.title);
    picture::Sheet sheet{frame.width + legend, height, scale * options.side / height,
                         title.empty() ? "Poincaré disk" : title};
    expect("scale: pixels of a side", std::max(sheet.width, sheet.height) * sheet.scale, 1.0,
           mostPixels);
    return sheet;
}

using MakeCanvas = std::unique_ptr<Canvas> (*)(const picture::Sheet&, const picture::Font&);

std::string drawn(const DiskController& view, const PictureOptions& options, double scale,
                  MakeCanvas make) {
    const picture::Sheet sheet = sheetOf(options, scale);
    const picture::Font font;
    Composition composition(view, options, font);
    const auto canvas = make(sheet, font);
    composition.draw(*canvas, sheet);
    return canvas->finish();
}

} // namespace

std::string diskSvg(const DiskController& view, const PictureOptions& options) {
    return drawn(view, options, 1, [](const picture::Sheet& sheet, const picture::Font&) {
        return picture::svgCanvas(sheet);
    });
}

std::string diskPdf(const DiskController& view, const PictureOptions& options) {
    return drawn(view, options, 1, picture::pdfCanvas);
}

std::string diskPng(const DiskController& view, const PictureOptions& options) {
    return drawn(view, options, options.scale, picture::pngCanvas);
}

std::pair<int, int> pictureSize(const PictureOptions& options) {
    const picture::Sheet sheet = sheetOf(options, options.scale);
    return {static_cast<int>(std::lround(sheet.width * sheet.scale)),
            static_cast<int>(std::lround(sheet.height * sheet.scale))};
}

std::string diskPicture(const std::string& fileName, const DiskController& view,
                        const PictureOptions& options) {
    std::string name = fileName;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (name.ends_with(".svg"))
        return diskSvg(view, options);
    if (name.ends_with(".pdf"))
        return diskPdf(view, options);
    if (name.ends_with(".png"))
        return diskPng(view, options);
    throw Error(fileName, {}, "expected a name ending in .svg, .pdf or .png");
}

} // namespace hmgrl
