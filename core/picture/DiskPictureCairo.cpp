#include "picture/DiskPictureCanvas.h"

#include "support/Error.h"

#include <cmath>
#include <numbers>
#include <pango/pangocairo.h>

#include <cairo-pdf.h>

namespace hmgrl::picture {

namespace {

cairo_status_t append(void* to, const unsigned char* bytes, unsigned count) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
}

struct Channels {
    explicit Channels(Argb c)
        : red((c >> 16 & 0xFF) / 255.0)
        , green((c >> 8 & 0xFF) / 255.0)
        , blue((c & 0xFF) / 255.0)
        , alpha((c >> 24) / 255.0) {}
    double red, green, blue, alpha;
};

bool isVisible(Argb colour) {
    return colour >> 24 != 0;
}

/// Pictures and pages of Cairo; the surface is the format.
class CairoCanvas : public Canvas {
public:
    CairoCanvas(cairo_surface_t* surface, double scale, const Font& font)
        : m_surface(surface)
        , m_cairo(cairo_create(surface))
        , m_font(font) {
        cairo_scale(m_cairo, scale, scale);
        cairo_set_line_join(m_cairo, CAIRO_LINE_JOIN_ROUND);
        cairo_set_fill_rule(m_cairo, CAIRO_FILL_RULE_EVEN_ODD);
    }
    ~CairoCanvas() override {
        cairo_destroy(m_cairo);
        cairo_surface_destroy(m_surface);
    }
    CairoCanvas(const CairoCanvas&) = delete;
    CairoCanvas& operator=(const CairoCanvas&) = delete;

    void beginGroup(const char* /*name*/) override { cairo_save(m_cairo); }
    void endGroup() override { cairo_restore(m_cairo); }
    void clipTo(const Frame& frame) override {
        cairo_rectangle(m_cairo, frame.x, frame.y, frame.width, frame.height);
        cairo_clip(m_cairo);
    }
    void box(const Frame& frame, double rounding, const Paint& with) override {
        constexpr double quarter = std::numbers::pi / 2;
        const double right = frame.x + frame.width - rounding;
        const double bottom = frame.y + frame.height - rounding;
        cairo_arc(m_cairo, right, frame.y + rounding, rounding, -quarter, 0);
        cairo_arc(m_cairo, right, bottom, rounding, 0, quarter);
        cairo_arc(m_cairo, frame.x + rounding, bottom, rounding, quarter, 2 * quarter);
        cairo_arc(m_cairo, frame.x + rounding, frame.y + rounding, rounding, 2 * quarter,
                  3 * quarter);
        cairo_close_path(m_cairo);
        paint(with);
    }
    void rings(Place centre, std::span<const Stop> stops) override {
        const double inner = stops.front().radius;
        const double outer = stops.back().radius;
        cairo_pattern_t* shade =
            cairo_pattern_create_radial(centre.x, centre.y, inner, centre.x, centre.y, outer);
        for (const Stop& stop : stops) {
            const Channels c(stop.colour);
            cairo_pattern_add_color_stop_rgba(shade, (stop.radius - inner) / (outer - inner), c.red,
                                              c.green, c.blue, c.alpha);
        }
        outline(centre, outer);
        if (inner > 0)
            outline(centre, inner);
        cairo_set_source(m_cairo, shade);
        cairo_fill(m_cairo);
        cairo_pattern_destroy(shade);
    }
    void circle(Place centre, double radius, const Paint& with, const char* /*name*/) override {
        outline(centre, radius);
        paint(with);
    }
    void polygon(std::span<const Place> corners, const Paint& with, const char* /*name*/) override {
        trace(corners);
        cairo_close_path(m_cairo);
        paint(with);
    }
    void line(std::span<const Place> points, Argb ink, double width) override {
        trace(points);
        paint({0, ink, width});
    }
    void text(Place baseline, const std::string& utf8, const TextStyle& style) override {
        PangoLayout* layout = m_font.layout(utf8, style.size, style.weight);
        int width = 0;
        pango_layout_get_size(layout, &width, nullptr);
        const double share = style.anchor == Anchor::Begin    ? 0
                             : style.anchor == Anchor::Middle ? 0.5
                                                              : 1;
        const double x = baseline.x - share * width / PANGO_SCALE;
        PangoLayoutLine* first = pango_layout_get_line_readonly(layout, 0);
        cairo_move_to(m_cairo, x, baseline.y);
        if (isVisible(style.halo)) {
            pango_cairo_layout_line_path(m_cairo, first);
            paint({0, style.halo, 2 * style.haloWidth});
            cairo_move_to(m_cairo, x, baseline.y);
        }
        setSource(style.ink);
        pango_cairo_show_layout_line(m_cairo, first);
        cairo_new_path(m_cairo);
    }

protected:
    /// @throws Error when anything failed since the canvas was made
    void check(cairo_status_t status) const {
        if (status == CAIRO_STATUS_SUCCESS)
            status = cairo_status(m_cairo);
        if (status == CAIRO_STATUS_SUCCESS)
            status = cairo_surface_status(m_surface);
        if (status != CAIRO_STATUS_SUCCESS)
            throw Error({}, "disk picture", cairo_status_to_string(status));
    }

    cairo_surface_t* m_surface;
    cairo_t* m_cairo;

private:
    void outline(Place centre, double radius) {
        cairo_new_sub_path(m_cairo);
        cairo_arc(m_cairo, centre.x, centre.y, radius, 0, 2 * std::numbers::pi);
        cairo_close_path(m_cairo);
    }
    void trace(std::span<const Place> points) {
        for (const Place& p : points)
            cairo_line_to(m_cairo, p.x, p.y); // the first one moves
    }
    void setSource(Argb colour) {
        const Channels c(colour);
        cairo_set_source_rgba(m_cairo, c.red, c.green, c.blue, c.alpha);
    }
    void paint(const Paint& with) {
        if (isVisible(with.fill)) {
            setSource(with.fill);
            cairo_fill_preserve(m_cairo);
        }
        if (isVisible(with.stroke)) {
            setSource(with.stroke);
            cairo_set_line_width(m_cairo, with.strokeWidth);
            cairo_stroke_preserve(m_cairo);
        }
        cairo_new_path(m_cairo);
    }

    const Font& m_font;
};

class PngCanvas : public CairoCanvas {
public:
    PngCanvas(const Sheet& sheet, const Font& font)
        : CairoCanvas(
              cairo_image_surface_create(CAIRO_FORMAT_RGB24,
                                         static_cast<int>(std::lround(sheet.width * sheet.scale)),
                                         static_cast<int>(std::lround(sheet.height * sheet.scale))),
              sheet.scale, font) {}
    std::string finish() override {
        std::string bytes;
        check(CAIRO_STATUS_SUCCESS);
        check(cairo_surface_write_to_png_stream(m_surface, append, &bytes));
        return bytes;
    }
};

/// A page is measured in points of 1/72 inch.
class PdfCanvas : public CairoCanvas {
public:
    static constexpr double pointsAPixel = 0.75;
    PdfCanvas(std::unique_ptr<std::string> bytes, const Sheet& sheet, const Font& font)
        : CairoCanvas(cairo_pdf_surface_create_for_stream(
                          append, bytes.get(), sheet.width * sheet.scale * pointsAPixel,
                          sheet.height * sheet.scale * pointsAPixel),
                      sheet.scale * pointsAPixel, font)
        , m_bytes(std::move(bytes)) {
        cairo_pdf_surface_restrict_to_version(m_surface, CAIRO_PDF_VERSION_1_5);
        cairo_pdf_surface_set_metadata(m_surface, CAIRO_PDF_METADATA_TITLE, sheet.title.c_str());
        cairo_pdf_surface_set_metadata(m_surface, CAIRO_PDF_METADATA_CREATOR, "HMGRL Studio");
    }
    ~PdfCanvas() override { cairo_surface_finish(m_surface); } // while the bytes are there
    std::string finish() override {
        cairo_show_page(m_cairo);
        check(CAIRO_STATUS_SUCCESS);
        cairo_surface_finish(m_surface);
        check(CAIRO_STATUS_SUCCESS);
        return std::move(*m_bytes);
    }

private:
    std::unique_ptr<std::string> m_bytes;
};

} // namespace

std::unique_ptr<Canvas> pngCanvas(const Sheet& sheet, const Font& font) {
    return std::make_unique<PngCanvas>(sheet, font);
}

std::unique_ptr<Canvas> pdfCanvas(const Sheet& sheet, const Font& font) {
    return std::make_unique<PdfCanvas>(std::make_unique<std::string>(), sheet, font);
}

} // namespace hmgrl::picture
