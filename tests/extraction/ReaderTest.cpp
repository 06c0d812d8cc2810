#include "extraction/Reader.h"
#include "extraction/TinyModel.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

/// Modes: lorentz takes means over a label's tokens, the reference over a fixed length.
class LowerLabelTest : public ::testing::TestWithParam<const char*> {};

TEST_P(LowerLabelTest, GivesTheLabelStatesAndTheirGradients) {
    const test::TemporaryFolder folder;
    const Model model = test::tinyModel(folder, GetParam());
    TextEncoder text = model.text;
    text->trainTopLayers(1);
    const Reader reader(model);
    const HmgrlConfig& config = model.config.entity;
    const auto lower = reader.lowerLabels(model.config.categories, config);
    // Chosen ones in another order, as a step chooses them: lengths differ.
    const std::vector<std::size_t> chosen = {6, 1, 4};
    std::vector<std::string> texts;
    std::vector<const LowerLabel*> kept;
    for (const std::size_t c : chosen) {
        texts.push_back(labelText(model.config.categories[c]));
        kept.push_back(&lower[c]);
        EXPECT_FALSE(lower[c].states.requires_grad());
    }
    const auto gradient = [&](const torch::Tensor& states) {
        text->zero_grad();
        states.square().sum().backward();
        std::vector<torch::Tensor> parts;
        for (const auto& parameter : text->parameters())
            if (parameter.requires_grad())
                parts.push_back(parameter.grad().flatten().clone());
        return torch::cat(parts);
    };
    const auto whole = reader.labelStates(texts, config);
    const auto fromLower = reader.labelStates(kept, config);
    EXPECT_TRUE(torch::allclose(whole, fromLower, 1e-5, 1e-6));
    EXPECT_TRUE(torch::allclose(gradient(whole), gradient(fromLower), 1e-4, 1e-5));
}

INSTANTIATE_TEST_SUITE_P(Modes, LowerLabelTest, ::testing::Values("lorentz", "reference"));

} // namespace
} // namespace hmgrl
