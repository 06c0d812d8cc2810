#include "picture/DiskPictureFont.h"

#include "support/Text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include <functional>
#include <map>
#include <opencv2/imgproc.hpp>
#include FT_FREETYPE_H
#include FT_GLYPH_H
#include FT_STROKER_H

namespace hmgrl::picture {

namespace {

template <typename T, void (*destroy)(T*)>
struct Destroy {
    void operator()(T* p) const { destroy(p); }
};
using PatternPtr = std::unique_ptr<FcPattern, Destroy<FcPattern, FcPatternDestroy>>;
using ConfigPtr = std::unique_ptr<FcConfig, Destroy<FcConfig, FcConfigDestroy>>;
using CharSetPtr = std::unique_ptr<FcCharSet, Destroy<FcCharSet, FcCharSetDestroy>>;

struct FontFile {
    std::string path;
    int index = 0;
};

/// The best scalable sans-serif file, with `needed` in it when that is not 0.
FontFile findFont(FcConfig* config, bool bold, char32_t needed) {
    const PatternPtr pattern(FcPatternCreate());
    FcPatternAddString(pattern.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>("sans-serif"));
    FcPatternAddInteger(pattern.get(), FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
    FcPatternAddBool(pattern.get(), FC_SCALABLE, FcTrue);
    const CharSetPtr charset(FcCharSetCreate());
    if (needed != 0) {
        FcCharSetAddChar(charset.get(), needed);
        FcPatternAddCharSet(pattern.get(), FC_CHARSET, charset.get());
    }
    FcConfigSubstitute(config, pattern.get(), FcMatchPattern);
    FcDefaultSubstitute(pattern.get());
    FcResult result = FcResultNoMatch;
    const PatternPtr match(FcFontMatch(config, pattern.get(), &result));
    FontFile file;
    FcChar8* path = nullptr;
    if (match && FcPatternGetString(match.get(), FC_FILE, 0, &path) == FcResultMatch)
        file.path = reinterpret_cast<const char*>(path);
    if (match)
        FcPatternGetInteger(match.get(), FC_INDEX, 0, &file.index);
    return file;
}

/// A canvas of coverage that grows no further: glyphs are joined by the larger value.
void stamp(TextMask& mask, std::vector<std::uint8_t>& target, const FT_BitmapGlyph glyph) {
    const FT_Bitmap& bitmap = glyph->bitmap;
    for (int y = 0; y < static_cast<int>(bitmap.rows); ++y)
        for (int x = 0; x < static_cast<int>(bitmap.width); ++x) {
            const int toX = glyph->left + x - mask.left;
            const int toY = -glyph->top + y - mask.top;
            if (toX < 0 || toY < 0 || toX >= mask.width || toY >= mask.height)
                continue;
            auto& value =
                target[static_cast<std::size_t>(toY) * static_cast<std::size_t>(mask.width) +
                       static_cast<std::size_t>(toX)];
            value = std::max(value, bitmap.buffer[y * bitmap.pitch + x]);
        }
}

TextMask emptyMask(int left, int top, int width, int height) {
    TextMask mask{left, top, std::max(0, width), std::max(0, height), {}, {}};
    mask.ink.assign(static_cast<std::size_t>(mask.width) * static_cast<std::size_t>(mask.height),
                    0);
    mask.halo = mask.ink;
    return mask;
}

double strokeFontScale(double size) {
    return size / 30;
}

TextMask renderStrokes(const std::string& text, double size, bool bold, double halo) {
    const int thickness = std::max(1, static_cast<int>(std::lround(size / (bold ? 9 : 14))));
    int below = 0;
    const cv::Size box =
        cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, strokeFontScale(size), thickness, &below);
    const int border = static_cast<int>(std::ceil(halo)) + thickness + 2;
    TextMask mask = emptyMask(-border, -box.height - border, box.width + 2 * border,
                              box.height + below + 2 * border);
    const auto draw = [&](std::vector<std::uint8_t>& to, int width) {
        cv::Mat image(mask.height, mask.width, CV_8U, to.data());
        cv::putText(image, text, {border, border + box.height}, cv::FONT_HERSHEY_SIMPLEX,
                    strokeFontScale(size), cv::Scalar(255), width, cv::LINE_AA);
    };
    draw(mask.ink, thickness);
    draw(mask.halo, thickness + static_cast<int>(std::lround(2 * halo)));
    return mask;
}

} // namespace

struct Font::Faces {
    Faces() {
        if (FT_Init_FreeType(&library) != 0)
            library = nullptr;
        config.reset(FcInitLoadConfigAndFonts());
        if (library != nullptr)
            FT_Stroker_New(library, &stroker);
    }
    ~Faces() {
        for (auto& [path, face] : open)
            if (face != nullptr)
                FT_Done_Face(face);
        if (stroker != nullptr)
            FT_Stroker_Done(stroker);
        if (library != nullptr)
            FT_Done_FreeType(library);
    }
    Faces(const Faces&) = delete;
    Faces& operator=(const Faces&) = delete;

    FT_Face load(const FontFile& file) {
        if (library == nullptr || file.path.empty())
            return nullptr;
        const auto [entry, isNew] = open.try_emplace({file.path, file.index}, nullptr);
        if (isNew && FT_New_Face(library, file.path.c_str(), file.index, &entry->second) != 0)
            entry->second = nullptr;
        return entry->second;
    }

    FT_Face primary(bool bold) {
        if (!looked[bold]) {
            looked[bold] = true;
            if (config)
                main[bold] = load(findFont(config.get(), bold, 0));
            if (main[bold] == nullptr)
                main[bold] = load({std::string("/usr/share/fonts/truetype/dejavu/DejaVuSans") +
                                       (bold ? "-Bold.ttf" : ".ttf"),
                                   0});
        }
        return main[bold];
    }

    /// A face that has the character, or the primary one, which then shows its box for it.
    FT_Face faceFor(char32_t character, bool bold) {
        FT_Face face = primary(bold);
        if (face == nullptr || FT_Get_Char_Index(face, character) != 0 || !config)
            return face;
        const auto [entry, isNew] = fallback.try_emplace({character, bold}, face);
        if (isNew)
            if (FT_Face other = load(findFont(config.get(), bold, character));
                other != nullptr && FT_Get_Char_Index(other, character) != 0)
                entry->second = other;
        return entry->second;
    }

    /// Calls visit(face, glyph index, pen in 1/64 pixel) for each letter; returns the end of the
    /// pen.
    FT_Pos walk(const std::string& utf8, double size, bool bold,
                const std::function<void(FT_Face, FT_UInt, FT_Pos)>& visit) {
        FT_Pos pen = 0;
        FT_Face before = nullptr;
        FT_UInt beforeIndex = 0;
        for (char32_t character : decodeUtf8(utf8)) {
            FT_Face face = faceFor(character, bold);
            const FT_UInt index = FT_Get_Char_Index(face, character);
            FT_Set_Char_Size(face, 0, static_cast<FT_F26Dot6>(std::lround(size * 64)), 72, 72);
            FT_Vector kerning{0, 0};
            if (face == before && FT_HAS_KERNING(face))
                FT_Get_Kerning(face, beforeIndex, index, FT_KERNING_UNFITTED, &kerning);
            pen += kerning.x;
            if (FT_Load_Glyph(face, index, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0)
                continue;
            visit(face, index, pen);
            pen += face->glyph->linearHoriAdvance >> 10;
            before = face;
            beforeIndex = index;
        }
        return pen;
    }

    FT_Library library = nullptr;
    FT_Stroker stroker = nullptr;
    ConfigPtr config;
    std::map<std::pair<std::string, int>, FT_Face> open;
    std::map<std::pair<char32_t, bool>, FT_Face> fallback;
    std::array<FT_Face, 2> main{nullptr, nullptr};
    std::array<bool, 2> looked{false, false};
};

Font::Font()
    : m_faces(std::make_unique<Faces>()) {}

Font::~Font() = default;

double Font::width(const std::string& utf8, double size, bool bold) const {
    if (m_faces->primary(bold) == nullptr) {
        int below = 0;
        return cv::getTextSize(utf8, cv::FONT_HERSHEY_SIMPLEX, strokeFontScale(size), 1, &below)
            .width;
    }
    return static_cast<double>(m_faces->walk(utf8, size, bold, [](auto&&...) {})) / 64;
}

TextMask Font::render(const std::string& utf8, double size, bool bold, double halo) const {
    if (m_faces->primary(bold) == nullptr)
        return renderStrokes(utf8, size, bold, halo);
    const int border = static_cast<int>(std::ceil(halo + 0.3 * size)) + 2;
    TextMask mask = emptyMask(-border, -static_cast<int>(std::ceil(size * 1.2)) - border,
                              static_cast<int>(std::ceil(width(utf8, size, bold))) + 2 * border,
                              static_cast<int>(std::ceil(size * 1.7)) + 2 * border);
    FT_Stroker_Set(m_faces->stroker, static_cast<FT_Fixed>(std::lround(halo * 64)),
                   FT_STROKER_LINECAP_ROUND, FT_STROKER_LINEJOIN_ROUND, 0);
    const auto draw = [&](FT_GlyphSlot slot, FT_Vector origin, bool withBorder) {
        FT_Glyph glyph = nullptr;
        if (FT_Get_Glyph(slot, &glyph) != 0)
            return;
        if (withBorder && glyph->format == FT_GLYPH_FORMAT_OUTLINE)
            FT_Glyph_StrokeBorder(&glyph, m_faces->stroker, 0, 1);
        if (FT_Glyph_To_Bitmap(&glyph, FT_RENDER_MODE_NORMAL, &origin, 1) == 0)
            stamp(mask, withBorder ? mask.halo : mask.ink, reinterpret_cast<FT_BitmapGlyph>(glyph));
        FT_Done_Glyph(glyph);
    };
    m_faces->walk(utf8, size, bold, [&](FT_Face face, FT_UInt, FT_Pos pen) {
        draw(face->glyph, {pen, 0}, false);
        if (halo > 0)
            draw(face->glyph, {pen, 0}, true);
    });
    return mask;
}

std::string Font::elided(const std::string& utf8, double size, bool bold, double most) const {
    if (width(utf8, size, bold) <= most)
        return utf8;
    std::u32string text = decodeUtf8(utf8);
    std::string cut;
    do {
        text.pop_back();
        while (!text.empty() && text.back() == U' ')
            text.pop_back();
        cut = encodeUtf8(text) + "…";
    } while (!text.empty() && width(cut, size, bold) > most);
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
