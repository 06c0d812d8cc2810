#include "experiment/Samples.h"

#include "extraction/TinyModel.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

Protocol twoSamples() {
    Protocol out;
    out.documents = {test::tinyDocument("a", "the king of paris"),
                     test::tinyDocument("b", "a river near the nile and the city")};
    out.samples = {{0, {{4, 8}}, 0}, {1, {{2, 7}}, 0}};
    return out;
}

/// What a head reads with the frozen layer run once or every time must be the same, padding
/// included where it is counted.
TEST(Samples, StatesOfTheFrozenLayersAreThoseOfTheWholeEncoder) {
    const test::TemporaryFolder folder;
    const Model model = test::tinyModel(folder);
    const ImageFeatures images(model, "off");
    const torch::NoGradGuard guard;
    for (const int padTo : {0, 24}) {
        Issues issues;
        const SampleOptions options{padTo > 0, padTo, false, true, 64};
        const SampleSet plain = encodeSamples(twoSamples(), model, images, options, issues, {}, {});
        SampleSet kept = plain;
        TextEncoder text = model.text;
        keepLowerStates(kept, text, {}, {});
        const std::vector<int> both{0, 1};
        const HeadInput expected = inputOf(plain, text, both);
        const HeadInput found = inputOf(kept, text, both);
        const auto counted = padTo > 0 ? torch::ones_like(expected.tokenMask) : expected.tokenMask;
        EXPECT_EQ(found.tokens.sizes(), expected.tokens.sizes());
        EXPECT_LT(
            ((found.tokens - expected.tokens) * counted.unsqueeze(-1)).abs().max().item<float>(),
            1e-5)
            << "padded to " << padTo;
        EXPECT_LT((found.anchors - expected.anchors).abs().max().item<float>(), 1e-5);
    }
}

} // namespace
} // namespace hmgrl
