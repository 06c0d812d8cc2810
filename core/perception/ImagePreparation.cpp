#include "perception/ImagePreparation.h"

#include "perception/ConfigReader.h"
#include "support/Error.h"

#include <cmath>

namespace hmgrl {
namespace {

using Json = nlohmann::json;

// The codes of the Python imaging library, which the layout uses.
constexpr int nearestCode = 0;
constexpr int bilinearCode = 2;

/// "size": a number, or an object with height and width.
int sideOf(const Json& size, const std::string& file) {
    const auto isSide = [](const Json& value) {
        return value.is_number_integer() && value.get<std::int64_t>() >= 1 &&
               value.get<std::int64_t>() <= 2'048;
    };
    if (isSide(size))
        return size.get<int>();
    if (size.is_object() && size.size() == 2 && size.contains("height") && size.contains("width") &&
        isSide(size["height"]) && size["height"] == size["width"])
        return size["height"].get<int>();
    throw Error(file, "size", "expected the side of a square, 1 to 2048, found " + shown(size));
}

Resample resampleOf(const Json& code, const std::string& file) {
    if (code == nearestCode)
        return Resample::Nearest;
    if (code == bilinearCode)
        return Resample::Bilinear;
    throw Error(file, "resample", "expected 0 (nearest) or 2 (bilinear), found " + shown(code));
}

std::array<double, 3> channelsOf(const Json& json, const char* key, double least,
                                 const std::string& file) {
    const Json& list = json.at(key);
    std::array<double, 3> out{};
    bool fits = list.is_array() && list.size() == out.size();
    for (std::size_t i = 0; fits && i < out.size(); ++i) {
        fits = list[i].is_number();
        out[i] = fits ? list[i].get<double>() : 0;
        fits = fits && out[i] >= least && out[i] <= 10;
    }
    if (!fits)
        throw Error(file, key, "expected three numbers up to 10, found " + shown(list));
    return out;
}

void checkRescaling(const Json& json, const std::string& file) {
    if (!json.contains("rescale_factor"))
        return;
    const Json& factor = json["rescale_factor"];
    if (!factor.is_number() || std::abs(factor.get<double>() * 255 - 1) > 1e-6)
        throw Error(file, "rescale_factor", "expected 1/255, found " + shown(factor));
}

} // namespace

ImagePreparation ImagePreparation::fromJson(const Json& json, int side, const std::string& file) {
    const ConfigReader reader(json, file);
    for (const char* step : {"do_resize", "do_rescale", "do_normalize"})
        reader.expectFlag(step, true);
    reader.expectFlag("do_center_crop", false);
    checkRescaling(json, file);
    ImagePreparation out;
    out.side = side;
    if (json.contains("size") && sideOf(json["size"], file) != side)
        throw Error(file, "size",
                    "expected " + std::to_string(side) + ", the image_size of the encoder, found " +
                        shown(json["size"]));
    if (json.contains("resample"))
        out.resample = resampleOf(json["resample"], file);
    if (json.contains("image_mean"))
        out.mean = channelsOf(json, "image_mean", -10, file);
    if (json.contains("image_std"))
        out.deviation = channelsOf(json, "image_std", 1e-6, file);
    return out;
}

Json ImagePreparation::toJson() const {
    return {{"size", side},
            {"resample", resample == Resample::Nearest ? nearestCode : bilinearCode},
            {"image_mean", mean},
            {"image_std", deviation}};
}

} // namespace hmgrl
