#include "picture/DiskPicture.h"

#include "data/Category.h"
#include "picture/DiskPictureCanvas.h"
#include "picture/DiskPictureLabels.h"
#include "support/Error.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace hmgrl {

namespace {

using disk::Complex;
using picture::Anchor;
using picture::Canvas;
using picture::Ink;
using picture::Place;

struct Theme {
    std::uint32_t page, inner, outer, rim, grid, edge, text, muted, accent;
    double gridAlpha;
};

constexpr Theme light{0xFFFFFF, 0xFFFFFF, 0xEEF2F8, 0xAAB6C6, 0x5B7394,
                      0x6B7A90, 0x1D2733, 0x6A7685, 0x0B63CE, 0.13};
constexpr Theme dark{0x0E1116, 0x1C222C, 0x141920, 0x46546A, 0x9DB2D0,
                     0x8496B0, 0xE9EEF5, 0x93A0B2, 0x6CB2FF, 0.10};

bool isPrototype(PointKind kind) {
    return kind == PointKind::EntityPrototype || kind == PointKind::RelationPrototype;
}

/// Between two colours, t from 0 to 1.
std::uint32_t mixed(std::uint32_t a, std::uint32_t b, double t) {
    std::uint32_t out = 0;
    for (int shift : {0, 8, 16}) {
        const double x = (a >> shift) & 0xFF;
        const double y = (b >> shift) & 0xFF;
        out |= static_cast<std::uint32_t>(std::lround(x + t * (y - x))) << shift;
    }
    return out;
}

/// Möbius maps take circles to circles, so three points tell the image of one.
picture::Circle circleThrough(Place a, Place b, Place c) {
    const Complex p(b.x - a.x, b.y - a.y);
    const Complex q(c.x - a.x, c.y - a.y);
    const double area = 2 * (std::conj(p) * q).imag();
    if (std::abs(area) < 1e-9)
        return {a, 0, {}, {}, 0};
    const Complex centre = Complex(0, 1) * (q * std::norm(p) - p * std::norm(q)) / -area;
    return {{a.x + centre.real(), a.y + centre.imag()}, std::abs(centre), {}, {}, 0};
}

std::string withThousands(std::size_t count) {
    const std::string digits = std::to_string(count);
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0)
            text += ',';
        text += digits[i];
    }
    return text;
}

/// The one composition behind both formats.
class Composition {
public:
    Composition(const DiskController& view, const PictureOptions& options,
                const picture::Font& font)
        : m_view(view)
        , m_scene(view.scene())
        , m_options(options)
        , m_font(font)
        , m_theme(options.dark ? dark : light)
        , m_unit(options.side / 1200.0)
        , m_title(picture::printable(options.title))
        , m_hasParent(m_scene.size(), false)
        , m_count(m_scene.categoryNames.size(), 0) {
        const double band = m_title.empty() ? 0 : 64 * m_unit;
        m_frame = {0, band, static_cast<double>(options.side), options.side - band};
        m_radius = 0.465 * std::min(m_frame.width, m_frame.height);
        for (const auto& edge : m_scene.treeEdges)
            m_hasParent[edge.second] = true;
        for (std::size_t i = 0; i < m_scene.size(); ++i)
            if (isPrototype(m_scene.kind[i]))
                ++m_prototypes;
            else if (m_scene.kind[i] != PointKind::Generated)
                ++m_count[m_scene.category[i]];
        m_legendWidth = options.legend ? 300 * m_unit : 0;
    }

    [[nodiscard]] int width() const {
        return options().side + static_cast<int>(std::lround(m_legendWidth));
    }

    void draw(Canvas& canvas) {
        canvas.background(m_theme.page);
        canvas.beginGroup("disk");
        canvas.clipTo(m_frame);
        drawGround(canvas);
        drawEdges(canvas);
        canvas.endGroup();
        drawPoints(canvas);
        if (m_options.labels)
            drawLabels(canvas);
        if (!m_title.empty())
            drawTitle(canvas);
        if (m_options.legend)
            drawLegend(canvas);
    }

private:
    [[nodiscard]] const PictureOptions& options() const { return m_options; }

    [[nodiscard]] Place at(Complex z) const {
        const Complex offset = (z - m_view.pan()) * (m_radius * m_view.zoom());
        return {m_frame.x + m_frame.width / 2 + offset.real(),
                m_frame.y + m_frame.height / 2 - offset.imag()};
    }

    [[nodiscard]] std::vector<Place> at(const std::vector<Complex>& points) const {
        std::vector<Place> places;
        for (Complex z : points)
            places.push_back(at(z));
        return places;
    }

    /// The disk, its rim, and a grid that moves with the layout: circles about the layout's centre
    /// at whole hyperbolic radii and geodesics through it.
    void drawGround(Canvas& canvas) const {
        const double radius = m_radius * m_view.zoom();
        canvas.shadedDisk(at(Complex(0)), radius, m_theme.inner, m_theme.outer);
        const Ink ink{m_theme.grid, m_theme.gridAlpha};
        constexpr double pi = std::numbers::pi;
        for (int r = 1; r <= 5; ++r) {
            const auto on = [&](double angle) {
                return at(disk::toCartesian(m_view.focus().apply(DiskPoint{double(r), angle})));
            };
            picture::Circle ring = circleThrough(on(0), on(2 * pi / 3), on(4 * pi / 3));
            ring.stroke = ink;
            ring.strokeWidth = m_unit;
            canvas.circle(ring);
        }
        for (int k = 0; k < 12; ++k) {
            const DiskPoint from = m_view.focus().apply(DiskPoint{1, k * pi / 6});
            const DiskPoint to = m_view.focus().apply(DiskPoint{9, k * pi / 6});
            canvas.line(at(disk::geodesic(from, to)), ink, m_unit);
        }
        canvas.circle({at(Complex(0)), radius, {}, {m_theme.rim, 0.25}, 6 * m_unit});
        canvas.circle({at(Complex(0)), radius, {}, {m_theme.rim, 1}, 1.5 * m_unit});
    }

    void drawEdges(Canvas& canvas) const {
        for (const auto& [parent, child] : m_scene.treeEdges) {
            const DiskPoint from = m_view.focus().apply(m_scene.points[parent]);
            const DiskPoint to = m_view.focus().apply(m_scene.points[child]);
            const bool active = m_view.isActive(parent) && m_view.isActive(child);
            const Ink ink{mixed(m_theme.edge, m_scene.colour[child], 0.45), active ? 0.75 : 0.2};
            canvas.line(at(disk::geodesic(from, to)), ink, 1.5 * m_unit);
        }
    }

    /// Smaller towards the rim, as the plane itself is, but never to a speck.
    [[nodiscard]] double shrink(std::size_t row) const {
        return 0.5 + 0.5 * std::sqrt(std::max(0.0, 1 - std::norm(m_view.viewPoints()[row])));
    }

    [[nodiscard]] double sampleRadius(std::size_t row) const {
        const double crowd = std::max(1.0, static_cast<double>(m_scene.size()) / 500);
        return m_unit * std::max(1.7, 6.4 - 1.6 * std::log10(crowd)) * shrink(row);
    }

    [[nodiscard]] double prototypeRadius(std::size_t row) const {
        return m_unit * (m_hasParent[row] ? 8.5 : 11) * shrink(row);
    }

    [[nodiscard]] double radiusOf(std::size_t row) const {
        return isPrototype(m_scene.kind[row]) ? prototypeRadius(row) : sampleRadius(row);
    }

    [[nodiscard]] bool visible(std::size_t row) const {
        return m_frame.contains(at(m_view.viewPoints()[row]), radiusOf(row));
    }

    void drawPoints(Canvas& canvas) const {
        std::vector<std::size_t> samples, chosen, prototypes;
        for (std::size_t row = 0; row < m_scene.size(); ++row)
            if (visible(row))
                (isPrototype(m_scene.kind[row]) ? prototypes
                 : m_view.selected()[row]       ? chosen
                                                : samples)
                    .push_back(row);
        canvas.beginGroup("points");
        canvas.clipTo(m_frame);
        for (const auto* rows : {&samples, &chosen})
            for (std::size_t row : *rows)
                drawSample(canvas, row);
        for (std::size_t row : prototypes)
            drawPrototype(canvas, row);
        canvas.endGroup();
    }

    void drawSample(Canvas& canvas, std::size_t row) const {
        const std::uint32_t colour = m_scene.colour[row];
        picture::Circle dot{at(m_view.viewPoints()[row]),
                            sampleRadius(row),
                            {colour, 0.62},
                            {mixed(colour, options().dark ? 0xFFFFFF : 0x000000, 0.28), 0.55},
                            0.6 * m_unit};
        if (!m_view.isActive(row)) {
            dot.fill = {m_theme.muted, 0.16};
            dot.stroke = {};
        } else if (m_view.selected()[row]) {
            dot.radius += 1.2 * m_unit;
            dot.fill.alpha = 1;
            dot.stroke = {m_theme.accent, 1};
            dot.strokeWidth = 2 * m_unit;
        } else if (m_scene.kind[row] == PointKind::Generated) {
            dot.stroke = {colour, 0.7}; // a ghost: outline only
            dot.fill.alpha = 0.08;
        }
        canvas.circle(dot, "point");
    }

    /// A ring in the colour of the page sets the mark off from the samples below it.
    void drawPrototype(Canvas& canvas, std::size_t row) const {
        const bool active = m_view.isActive(row);
        const std::uint32_t colour = active ? m_scene.colour[row] : m_theme.muted;
        const Place place = at(m_view.viewPoints()[row]);
        const double radius = prototypeRadius(row);
        const double alpha = active ? 1 : 0.35;
        const bool selected = m_view.selected()[row];
        canvas.circle({place, radius + 2.6 * m_unit, {m_theme.inner, 0.92 * alpha}, {}, 0});
        canvas.circle(
            {place,
             radius,
             {colour, alpha},
             {selected ? m_theme.accent : mixed(colour, options().dark ? 0xFFFFFF : 0, 0.45),
              alpha},
             (selected ? 3 : 1.5) * m_unit},
            "point");
        canvas.circle({place, 0.36 * radius, {m_theme.inner, 0.95 * alpha}, {}, 0});
    }

    [[nodiscard]] std::vector<picture::Label> labels() const {
        std::vector<std::size_t> rows;
        for (std::size_t row = 0; row < m_scene.size(); ++row)
            if (isPrototype(m_scene.kind[row]) && !m_scene.labels[row].empty() && visible(row))
                rows.push_back(row);
        std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
            if (m_hasParent[a] != m_hasParent[b])
                return !m_hasParent[a];
            return m_count[m_scene.category[a]] > m_count[m_scene.category[b]];
        });
        std::vector<picture::Label> all;
        for (std::size_t row : rows) {
            const Complex z = m_view.viewPoints()[row];
            // The samples of a prototype lie farther out than it does, so its name stands inwards.
            const Complex inward = std::abs(z) > 0.05 ? -z / std::abs(z) : Complex(0, 1);
            picture::Label label;
            label.text = picture::printable(m_scene.labels[row]);
            label.mark = at(z);
            label.markRadius = prototypeRadius(row) + 2 * m_unit;
            label.bold = !m_hasParent[row];
            label.size = m_unit * (label.bold ? 19 : 16) * (0.6 + 0.4 * shrink(row));
            label.away = {inward.real(), -inward.imag()};
            all.push_back(label);
        }
        return all;
    }

    void drawLabels(Canvas& canvas) const {
        const double border = 6 * m_unit;
        std::vector<picture::Label> all = labels();
        picture::placeLabels(all,
                             {m_frame.x + border, m_frame.y + border, m_frame.width - 2 * border,
                              m_frame.height - 2 * border},
                             m_font);
        canvas.beginGroup("labels");
        canvas.clipTo(m_frame);
        for (const picture::Label& label : all)
            if (label.placed && label.leader)
                canvas.line(std::vector<Place>{label.mark, label.centre}, {m_theme.muted, 0.7},
                            m_unit);
        for (const picture::Label& label : all)
            if (label.placed) {
                const picture::TextStyle style{label.size,           label.bold,
                                               Anchor::Middle,       {m_theme.text, 1},
                                               {m_theme.inner, 0.9}, 2.6 * m_unit};
                canvas.text({label.centre.x, label.centre.y + 0.35 * label.size}, label.text,
                            style);
            }
        canvas.endGroup();
    }

    void drawTitle(Canvas& canvas) const {
        picture::TextStyle style;
        style.size = 28 * m_unit;
        style.bold = true;
        style.ink = {m_theme.text, 1};
        const double left = 30 * m_unit;
        canvas.beginGroup("title");
        canvas.text({left, 50 * m_unit},
                    m_font.elided(m_title, style.size, true, width() - 2 * left), style);
        canvas.endGroup();
    }

    struct Entry {
        std::string name;
        std::uint32_t colour = 0;
        std::size_t count = 0;
    };

    /// Categories by their number of samples; one without any is left out.
    [[nodiscard]] std::vector<Entry> legendEntries() const {
        std::vector<Entry> entries(m_count.size());
        for (std::size_t row = m_scene.size(); row-- > 0;)
            entries[m_scene.category[row]].colour = m_scene.colour[row];
        for (std::size_t row = 0; row < m_scene.size(); ++row)
            if (isPrototype(m_scene.kind[row]))
                entries[m_scene.category[row]].colour = m_scene.colour[row];
        for (std::size_t c = 0; c < entries.size(); ++c) {
            const std::string name = picture::printable(displayName(m_scene.categoryNames[c]));
            entries[c].name = name.empty() ? "(no category)" : name;
            entries[c].count = m_count[c];
        }
        std::erase_if(entries, [](const Entry& entry) { return entry.count == 0; });
        std::stable_sort(entries.begin(), entries.end(),
                         [](const Entry& a, const Entry& b) { return a.count > b.count; });
        return entries;
    }

    void drawLegend(Canvas& canvas) const {
        constexpr std::size_t most = 24;
        const std::vector<Entry> entries = legendEntries();
        const std::size_t shown = entries.size() > most ? most - 1 : entries.size();
        const double left = options().side + 14 * m_unit;
        const double right = width() - 36 * m_unit;
        const double step = 31 * m_unit;
        double y = m_frame.y + m_frame.height / 2 - 0.5 * step * static_cast<double>(shown + 2);
        picture::TextStyle style;
        style.size = 15 * m_unit;
        style.ink = {m_theme.muted, 1};
        canvas.beginGroup("legend");
        canvas.text({left, y}, summary(), style);
        style.size = 17 * m_unit;
        y += 1.25 * step;
        for (std::size_t i = 0; i < shown; ++i, y += step)
            drawEntry(canvas, entries[i], left, right, y, style);
        if (shown < entries.size()) {
            std::size_t rest = 0;
            for (std::size_t i = shown; i < entries.size(); ++i)
                rest += entries[i].count;
            style.ink = {m_theme.muted, 1};
            drawEntry(
                canvas,
                {"and " + withThousands(entries.size() - shown) + " more", m_theme.muted, rest},
                left, right, y, style);
        }
        canvas.endGroup();
    }

    [[nodiscard]] std::string summary() const {
        std::size_t samples = 0;
        for (std::size_t count : m_count)
            samples += count;
        return withThousands(samples) + (samples == 1 ? " sample · " : " samples · ") +
               withThousands(m_prototypes) + (m_prototypes == 1 ? " prototype" : " prototypes");
    }

    void drawEntry(Canvas& canvas, const Entry& entry, double left, double right, double y,
                   picture::TextStyle style) const {
        const std::string count = withThousands(entry.count);
        const double countWidth = m_font.width(count, style.size, false);
        canvas.circle({{left + 7 * m_unit, y - 0.35 * style.size},
                       6.5 * m_unit,
                       {entry.colour, 0.9},
                       {mixed(entry.colour, options().dark ? 0xFFFFFF : 0, 0.3), 0.8},
                       m_unit});
        style.ink = {m_theme.text, 1};
        const double begin = left + 26 * m_unit;
        canvas.text(
            {begin, y},
            m_font.elided(entry.name, style.size, false, right - countWidth - 14 * m_unit - begin),
            style);
        style.ink = {m_theme.muted, 1};
        style.anchor = Anchor::End;
        canvas.text({right, y}, count, style);
    }

    const DiskController& m_view;
    const DiskScene& m_scene;
    const PictureOptions& m_options;
    const picture::Font& m_font;
    const Theme& m_theme;
    double m_unit;
    std::string m_title;
    std::vector<bool> m_hasParent;
    std::vector<std::size_t> m_count; ///< samples of each category, generated ones left out
    std::size_t m_prototypes = 0;
    picture::Frame m_frame;
    double m_radius = 0;
    double m_legendWidth = 0;
};

void checkOptions(const PictureOptions& options) {
    if (options.side < 200 || options.side > 8000)
        throw Error({}, "disk picture",
                    "side: expected 200 to 8000 pixels, found " + std::to_string(options.side));
}

} // namespace

std::string diskSvg(const DiskController& view, const PictureOptions& options) {
    checkOptions(options);
    const picture::Font font;
    Composition composition(view, options, font);
    const std::string title = picture::printable(options.title);
    const auto canvas = picture::svgCanvas(composition.width(), options.side,
                                           title.empty() ? "Poincaré disk" : title);
    composition.draw(*canvas);
    return canvas->finish();
}

std::string diskPng(const DiskController& view, const PictureOptions& options) {
    checkOptions(options);
    const picture::Font font;
    Composition composition(view, options, font);
    const auto canvas = picture::rasterCanvas(composition.width(), options.side, font);
    composition.draw(*canvas);
    return canvas->finish();
}

} // namespace hmgrl
