#include "picture/DiskPictureFont.h"

#include "support/Text.h"

#include <cmath>
#include <pango/pangocairo.h>

namespace hmgrl::picture {

namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};

PangoWeight pangoWeight(Weight weight) {
    switch (weight) {
    case Weight::Regular:
        return PANGO_WEIGHT_NORMAL;
    case Weight::Medium:
        return PANGO_WEIGHT_MEDIUM;
    case Weight::Bold:
        return PANGO_WEIGHT_SEMIBOLD;
    }
    return PANGO_WEIGHT_NORMAL;
}

/// Letters keep their proportions at every scale.
void switchHintingOff(PangoContext* context) {
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
}

} // namespace

struct Font::Private {
    // A font map of its own: Pango's shared ones belong to a thread.
    std::unique_ptr<PangoFontMap, Unref> map{pango_cairo_font_map_new()};
    std::unique_ptr<PangoContext, Unref> context{pango_font_map_create_context(map.get())};
    std::unique_ptr<PangoLayout, Unref> layout;
};

Font::Font()
    : m(std::make_unique<Private>()) {
    switchHintingOff(m->context.get());
    pango_context_set_language(m->context.get(), pango_language_from_string("en"));
    m->layout.reset(pango_layout_new(m->context.get()));
    pango_layout_set_single_paragraph_mode(m->layout.get(), TRUE);
}

Font::~Font() = default;

PangoLayout* Font::layout(const std::string& utf8, double size, Weight weight) const {
    PangoFontDescription* description = pango_font_description_new();
    pango_font_description_set_family_static(description, families);
    pango_font_description_set_weight(description, pangoWeight(weight));
    pango_font_description_set_absolute_size(description, size * PANGO_SCALE);
    pango_layout_set_font_description(m->layout.get(), description);
    pango_font_description_free(description);
    pango_layout_set_text(m->layout.get(), utf8.data(), static_cast<int>(utf8.size()));
    return m->layout.get();
}

double Font::width(const std::string& utf8, double size, Weight weight) const {
    int width = 0;
    pango_layout_get_size(layout(utf8, size, weight), &width, nullptr);
    return static_cast<double>(width) / PANGO_SCALE;
}

std::string Font::elided(const std::string& utf8, double size, Weight weight, double most) const {
    if (width(utf8, size, weight) <= most)
        return utf8;
    std::u32string text = decodeUtf8(utf8);
    std::string cut;
    do {
        text.pop_back();
        while (!text.empty() && text.back() == U' ')
            text.pop_back();
        cut = encodeUtf8(text) + "…";
    } while (!text.empty() && width(cut, size, weight) > most);
    return cut;
}

std::string printable(const std::string& bytes) {
    std::string rest = bytes;
    std::string sound;
    while (const auto bad = firstInvalidUtf8(rest)) {
        sound += rest.substr(0, *bad) + "\xEF\xBF\xBD";
        rest.erase(0, *bad + 1);
    }
    sound += rest;
    std::u32string text = decodeUtf8(sound);
    for (char32_t& c : text)
        if (c < 0x20 || (c >= 0x7F && c < 0xA0))
            c = U' ';
        else if (c == 0xFFFE || c == 0xFFFF)
            c = 0xFFFD; // no XML document may hold these two
    return collapseSpace(encodeUtf8(text));
}

} // namespace hmgrl::picture
