#pragma once

#include "disk/DiskLegend.h"
#include "workflow/DiskData.h"

#include <QString>
#include <QStringList>
#include <optional>

namespace hmgrl {

/// What the points' colours say.
enum class ColourBy {
    Category,
    Parent,       ///< the category's parent; roots are their own
    Agreement,    ///< the model's best candidate against the accepted label
    Confidence,   ///< score of the best candidate
    Uncertainty,  ///< see uncertaintyOf()
    Disagreement, ///< another best candidate than the type, or a small margin to the second
    Seen,
    Status,
    Distortion ///< of the layout, point by point; needs a DiskQuality
};
/// What the points' sizes say.
enum class SizeBy { None, Confidence, Uncertainty };

/// As the user chooses them, in the order of the enumerations.
[[nodiscard]] QStringList colourNames();
[[nodiscard]] QStringList sizeNames();
/// A sentence each: what exactly is shown.
[[nodiscard]] QString explanation(ColourBy by);

/// The score of the model's best candidate; 0 without any.
[[nodiscard]] double confidenceOf(const SampleRow& sample);
/// Entropy of the candidates' scores, what is missing to 1 counted as one more category; divided by
/// its largest value: 0 certain, 1 undecided. 0 without candidates.
[[nodiscard]] double uncertaintyOf(const SampleRow& sample);
/// Best score less second best; 1 with less than two candidates.
[[nodiscard]] double marginOf(const SampleRow& sample);

/// Colours the scene's points by `by`; marks become circles. Returns what the colours mean, nothing
/// for categories: the disk makes that legend itself and marks stay. `quality` may be null.
[[nodiscard]] std::optional<DiskLegend> colourScene(DiskScene& scene, const DiskData& disk,
                                                    ColourBy by,
                                                    const DiskQuality* quality = nullptr);
/// Fills DiskScene::scale.
void sizeScene(DiskScene& scene, const DiskData& disk, SizeBy by);

} // namespace hmgrl
