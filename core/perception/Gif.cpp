#include "perception/ImageHeader.h"
#include "support/Error.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <gif_lib.h>
#include <memory>
#include <utility>
#include <vector>

namespace hmgrl {
namespace {

struct Closer {
    void operator()(GifFileType* gif) const { DGifCloseFile(gif, nullptr); }
};
using Gif = std::unique_ptr<GifFileType, Closer>;

int readBytes(GifFileType* gif, GifByteType* out, int count) {
    auto& rest = *static_cast<std::string_view*>(gif->UserData);
    const auto n = std::min(rest.size(), static_cast<std::size_t>(std::max(count, 0)));
    std::memcpy(out, rest.data(), n);
    rest.remove_prefix(n);
    return static_cast<int>(n);
}

/// Reads one extension; returns the transparent colour it sets, or `transparent` as it was.
int readExtension(GifFileType* gif, int transparent, bool& good) {
    int code = 0;
    GifByteType* block = nullptr;
    good = DGifGetExtension(gif, &code, &block) == GIF_OK;
    GraphicsControlBlock control{};
    while (good && block != nullptr) {
        if (code == GRAPHICS_EXT_FUNC_CODE &&
            DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK)
            transparent = control.TransparentColor;
        good = DGifGetExtensionNext(gif, &block) == GIF_OK;
    }
    return transparent;
}

/// Goes to the first frame; false when there is none.
bool findFrame(GifFileType* gif, int& transparent) {
    GifRecordType type = UNDEFINED_RECORD_TYPE;
    bool good = true;
    while (good && DGifGetRecordType(gif, &type) == GIF_OK && type != TERMINATE_RECORD_TYPE) {
        if (type == IMAGE_DESC_RECORD_TYPE)
            return DGifGetImageDesc(gif) == GIF_OK;
        if (type == EXTENSION_RECORD_TYPE)
            transparent = readExtension(gif, transparent, good);
    }
    return false;
}

/// The picture's row for each row of the file, in the order of interlacing.
std::vector<int> rowOrder(int height, bool interlaced) {
    std::vector<int> rows;
    const auto pass = [&](int first, int step) {
        for (int y = first; y < height; y += step)
            rows.push_back(y);
    };
    if (!interlaced) {
        pass(0, 1);
        return rows;
    }
    pass(0, 8);
    pass(4, 8);
    pass(2, 4);
    pass(1, 2);
    return rows;
}

void paintRow(const std::vector<GifPixelType>& row, const ColorMapObject& colours, int transparent,
              int left, int y, Image& image) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        const int x = left + static_cast<int>(i);
        if (row[i] == transparent || row[i] >= colours.ColorCount || x >= image.width)
            continue;
        const GifColorType& c = colours.Colors[row[i]];
        auto* out = image.rgb.data() + 3 * (static_cast<std::size_t>(y) * image.width + x);
        out[0] = c.Red;
        out[1] = c.Green;
        out[2] = c.Blue;
    }
}

} // namespace

Image decodeGif(std::string_view bytes, const std::string& name) {
    std::string_view rest = bytes;
    const Gif gif(DGifOpen(&rest, readBytes, nullptr));
    int transparent = NO_TRANSPARENT_COLOR;
    if (!gif || !findFrame(gif.get(), transparent))
        throw Error(name, {}, "expected a GIF picture, found a damaged or truncated one");
    const GifImageDesc& frame = gif->Image;
    const ColorMapObject* colours = frame.ColorMap ? frame.ColorMap : gif->SColorMap;
    if (!colours || frame.Width <= 0 || frame.Height <= 0 || frame.Left < 0 || frame.Top < 0)
        throw Error(name, {}, "expected a GIF frame with size and colours");
    Image image{gif->SWidth, gif->SHeight, {}};
    image.rgb.assign(3 * static_cast<std::size_t>(image.width) * image.height, 255);
    std::vector<GifPixelType> row(static_cast<std::size_t>(frame.Width));
    for (const int y : rowOrder(frame.Height, frame.Interlace)) {
        if (DGifGetLine(gif.get(), row.data(), frame.Width) != GIF_OK)
            throw Error(name, {}, "expected a whole GIF picture, found a truncated one");
        if (frame.Top + y < image.height)
            paintRow(row, *colours, transparent, frame.Left, frame.Top + y, image);
    }
    return image;
}

} // namespace hmgrl
