#include "learning/HmgrlConfig.h"

namespace hmgrl {

void HmgrlConfig::applyMode(const std::string& name, int textWidth) {
    if (name != "lorentz" && name != "reference")
        throw Error({}, "mode", "expected \"lorentz\" or \"reference\", found \"" + name + "\"");
    mode = name;
    if (name == "lorentz")
        return;
    latentWidth = vibWidth = vaeLatent = textWidth;
    vaeHidden = 2 * textWidth;
    hiddenWidth = 0;
    queryAttention = distanceScore = distributionAlign = false;
    markers = true;
    hyperbolic = true;
    beta = weightVib = weightVae = weightNce = 1;
    weightUnseen = weightAlign = 10;
    weightTree = freeBits = 0;
}

} // namespace hmgrl
