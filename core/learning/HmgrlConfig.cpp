#include "learning/HmgrlConfig.h"

namespace hmgrl {

void HmgrlConfig::applyMode(const std::string& name, int textWidth, int anchors) {
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
    textLength = 128;
    labelLength = anchors == 1 ? 5 : 16;
    hyperbolic = true;
    dropout = 0.1;
    beta = weightVib = weightVae = weightNce = 1;
    weightUnseen = weightAlign = anchors == 1 ? 10 : 1;
    weightTree = freeBits = 0;
}

} // namespace hmgrl
