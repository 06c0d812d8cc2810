#include "explore/DiskColouring.h"

#include "bridge/TextOffsets.h"
#include "data/Palette.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace hmgrl {
namespace {

constexpr std::uint32_t prototypeGrey = 0x8A94A3;
constexpr std::uint32_t ghostGrey = 0x9C8FB0; ///< imagined by the generator
constexpr std::uint32_t quietGrey = 0xB3BAC6; ///< samples of which there is nothing to say

// Hues of the palette that eyes of every kind tell apart.
std::uint32_t blue() {
    return paletteColour(0);
}
std::uint32_t rust() {
    return paletteColour(1);
}
std::uint32_t green() {
    return paletteColour(2);
}
std::uint32_t gold() {
    return paletteColour(3);
}

#define T(text) QT_TRANSLATE_NOOP("hmgrl::DiskColouring", text)

QString say(const char* text) {
    return QCoreApplication::translate("hmgrl::DiskColouring", text);
}

struct Meaning {
    const char* name;
    std::uint32_t colour;
};

/// Legends are filled entry by entry; rows that are no samples come last.
class LegendMaker {
public:
    LegendMaker(DiskScene& scene, const DiskData& disk, const char* title,
                const std::vector<Meaning>& meanings)
        : m_scene(scene)
        , m_disk(disk) {
        m_legend.title = say(title);
        for (const Meaning& meaning : meanings)
            m_legend.entries.push_back({say(meaning.name), meaning.colour, 0});
    }

    template <typename EntryOf>
    DiskLegend colour(EntryOf entryOf) {
        const std::size_t samples = m_disk.samples.size();
        const std::size_t prototypes = samples + m_disk.prototypes.size();
        const std::size_t last = add(say(T("prototypes")), prototypeGrey);
        const std::size_t generated =
            m_scene.size() > prototypes ? add(say(T("generated")), ghostGrey) : last;
        m_scene.marker.clear();
        m_legend.entryOfRow.resize(m_scene.size());
        for (std::size_t row = 0; row < m_scene.size(); ++row)
            put(row, row < samples      ? static_cast<std::size_t>(entryOf(row))
                     : row < prototypes ? last
                                        : generated);
        return std::move(m_legend);
    }

private:
    std::size_t add(const QString& name, std::uint32_t colour) {
        m_legend.entries.push_back({name, colour, 0});
        return m_legend.entries.size() - 1;
    }
    void put(std::size_t row, std::size_t entry) {
        m_legend.entryOfRow[row] = static_cast<std::uint32_t>(entry);
        m_scene.colour[row] = m_legend.entries[entry].colour;
        ++m_legend.entries[entry].count;
    }

    DiskScene& m_scene;
    const DiskData& m_disk;
    DiskLegend m_legend;
};

/// Bins of a continuous scale, `first` of them below the first limit.
std::vector<Meaning> scaleOf(const std::vector<const char*>& names) {
    std::vector<Meaning> bins;
    for (std::size_t i = 0; i < names.size(); ++i)
        bins.push_back({names[i], scaleColour(static_cast<double>(i) /
                                              static_cast<double>(names.size() - 1))});
    return bins;
}

int fifth(double share) {
    return std::clamp(static_cast<int>(share * 5), 0, 4);
}

DiskLegend byShare(DiskScene& scene, const DiskData& disk, const char* title,
                   double (*value)(const SampleRow&)) {
    const auto bins = scaleOf(
        {T("below 20 %"), T("20 to 40 %"), T("40 to 60 %"), T("60 to 80 %"), T("80 % and more")});
    return LegendMaker(scene, disk, title, bins).colour([&](std::size_t row) {
        return fifth(value(disk.samples[row]));
    });
}

DiskLegend byAgreement(DiskScene& scene, const DiskData& disk) {
    LegendMaker maker(
        scene, disk, T("Model against label"),
        {{T("agrees"), blue()}, {T("differs"), rust()}, {T("not labelled"), quietGrey}});
    return maker.colour([&](std::size_t row) {
        const SampleRow& sample = disk.samples[row];
        if (sample.status != Status::Accepted || sample.type.empty() || sample.candidates.empty())
            return 2;
        return sample.candidates.front().category == sample.type ? 0 : 1;
    });
}

DiskLegend byDisagreement(DiskScene& scene, const DiskData& disk) {
    LegendMaker maker(scene, disk, T("Best against type"),
                      {{T("another type is best"), rust()},
                       {T("2nd within 10 points"), gold()},
                       {T("2nd within 30 points"), paletteColour(2)},
                       {T("clear"), blue()},
                       {T("no candidates"), quietGrey}});
    return maker.colour([&](std::size_t row) {
        const SampleRow& sample = disk.samples[row];
        if (sample.candidates.empty())
            return 4;
        if (!sample.type.empty() && sample.candidates.front().category != sample.type)
            return 0;
        const double margin = marginOf(sample);
        return margin < 0.1 ? 1 : margin < 0.3 ? 2 : 3;
    });
}

DiskLegend bySeen(DiskScene& scene, const DiskData& disk) {
    std::set<std::string> seen;
    for (const Category& category : disk.prototypes)
        if (category.seen)
            seen.insert(category.name);
    LegendMaker maker(scene, disk, T("Seen in training"),
                      {{T("seen"), blue()}, {T("unseen"), rust()}});
    return maker.colour(
        [&](std::size_t row) { return seen.contains(disk.samples[row].type) ? 0 : 1; });
}

DiskLegend byStatus(DiskScene& scene, const DiskData& disk) {
    LegendMaker maker(
        scene, disk, T("Status"),
        {{T("suggested"), blue()}, {T("accepted"), green()}, {T("rejected"), rust()}});
    return maker.colour(
        [&](std::size_t row) { return static_cast<int>(disk.samples[row].status); });
}

DiskLegend byDistortion(DiskScene& scene, const DiskData& disk, const DiskQuality* quality) {
    if (!quality || quality->distortion.point.size() != disk.points.size())
        return LegendMaker(scene, disk, T("Distortion of the layout"),
                           {{T("not measured yet"), quietGrey}})
            .colour([](std::size_t) { return 0; });
    const auto bins = scaleOf(
        {T("below 0.1"), T("0.1 to 0.2"), T("0.2 to 0.3"), T("0.3 to 0.5"), T("0.5 and more")});
    return LegendMaker(scene, disk, T("Distortion of the layout"), bins)
        .colour([&](std::size_t row) {
            static constexpr double limits[] = {0.1, 0.2, 0.3, 0.5};
            const double value = quality->distortion.point[row];
            return std::upper_bound(std::begin(limits), std::end(limits), value) -
                   std::begin(limits);
        });
}

/// The parent of each category, itself for roots; an index into the prototypes.
std::vector<std::size_t> parentsOf(const std::vector<Category>& categories) {
    std::map<std::string, std::size_t> byName;
    for (std::size_t i = 0; i < categories.size(); ++i)
        byName.emplace(categories[i].name, i);
    std::vector<std::size_t> parents;
    for (std::size_t i = 0; i < categories.size(); ++i) {
        const auto found = byName.find(categories[i].parent);
        parents.push_back(found == byName.end() ? i : found->second);
    }
    return parents;
}

/// Every row belongs to the parent of its category, prototypes as well; the largest first.
DiskLegend byParent(DiskScene& scene, const DiskData& disk) {
    const auto parents = parentsOf(disk.prototypes);
    const std::size_t untyped = disk.prototypes.size();
    const auto groupOf = [&](std::size_t row) {
        const std::size_t category = scene.category[row];
        return category < parents.size() ? parents[category] : untyped;
    };
    std::vector<int> count(untyped + 1, 0);
    std::vector<bool> present(untyped + 1, false);
    for (std::size_t row = 0; row < scene.size(); ++row) {
        present[groupOf(row)] = true;
        count[groupOf(row)] += row < disk.samples.size() ? 1 : 0;
    }
    std::vector<std::size_t> order(untyped + 1);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return count[a] > count[b]; });
    DiskLegend legend;
    legend.title = say(T("Parent categories"));
    std::vector<std::uint32_t> place(untyped + 1, 0);
    for (const std::size_t group : order)
        if (present[group]) {
            place[group] = static_cast<std::uint32_t>(legend.entries.size());
            legend.entries.push_back(
                {group < untyped ? toQString(disk.prototypes[group].name) : say(T("untyped")),
                 group < untyped ? disk.prototypes[group].colour : quietGrey, count[group]});
        }
    for (std::size_t row = 0; row < scene.size(); ++row) {
        legend.entryOfRow.push_back(place[groupOf(row)]);
        scene.colour[row] = legend.entries[legend.entryOfRow.back()].colour;
    }
    scene.marker.clear();
    return legend;
}

} // namespace

QStringList colourNames() {
    return {say(T("category")),       say(T("parent category")), say(T("predicted vs accepted")),
            say(T("confidence")),     say(T("uncertainty")),     say(T("disagreement")),
            say(T("seen or unseen")), say(T("status")),          say(T("distortion"))};
}

QStringList sizeNames() {
    return {say(T("same size")), say(T("confidence")), say(T("uncertainty"))};
}

QString explanation(ColourBy by) {
    switch (by) {
    case ColourBy::Category:
        return say(T("The category each point carries now; siblings share a hue."));
    case ColourBy::Parent:
        return say(T("The parent of each point's category."));
    case ColourBy::Agreement:
        return say(T("Whether the model's best candidate is the accepted label."));
    case ColourBy::Confidence:
        return say(T("The calibrated score of the model's best candidate."));
    case ColourBy::Uncertainty:
        return say(T("The entropy of the candidates' scores: 100 % means undecided."));
    case ColourBy::Disagreement:
        return say(T("Where the best candidate is another than the present type, or the second is "
                     "close behind."));
    case ColourBy::Seen:
        return say(T("Whether the model was trained with examples of the category."));
    case ColourBy::Status:
        return say(T("Suggested by the model, or accepted or rejected by you."));
    case ColourBy::Distortion:
        return say(T("How far drawn distances from a point are from being proportional to its "
                     "latent distances: 0 is faithful."));
    }
    return {};
}

#undef T

double confidenceOf(const SampleRow& sample) {
    return sample.candidates.empty() ? 0 : sample.candidates.front().score;
}

double uncertaintyOf(const SampleRow& sample) {
    if (sample.candidates.empty())
        return 0;
    const auto term = [](double p) { return p > 0 ? -p * std::log(p) : 0; };
    double sum = 0, entropy = 0;
    for (const Candidate& candidate : sample.candidates) {
        sum += candidate.score;
        entropy += term(candidate.score);
    }
    entropy += term(1 - sum);
    const double most = std::log(static_cast<double>(sample.candidates.size() + 1));
    return std::clamp(entropy / most, 0.0, 1.0);
}

double marginOf(const SampleRow& sample) {
    return sample.candidates.size() < 2 ? 1
                                        : sample.candidates[0].score - sample.candidates[1].score;
}

std::optional<DiskLegend> colourScene(DiskScene& scene, const DiskData& disk, ColourBy by,
                                      const DiskQuality* quality) {
    switch (by) {
    case ColourBy::Category:
        break;
    case ColourBy::Parent:
        return byParent(scene, disk);
    case ColourBy::Agreement:
        return byAgreement(scene, disk);
    case ColourBy::Confidence:
        return byShare(scene, disk, QT_TRANSLATE_NOOP("hmgrl::DiskColouring", "Confidence"),
                       &confidenceOf);
    case ColourBy::Uncertainty:
        return byShare(scene, disk,
                       QT_TRANSLATE_NOOP("hmgrl::DiskColouring", "Uncertainty (entropy)"),
                       &uncertaintyOf);
    case ColourBy::Disagreement:
        return byDisagreement(scene, disk);
    case ColourBy::Seen:
        return bySeen(scene, disk);
    case ColourBy::Status:
        return byStatus(scene, disk);
    case ColourBy::Distortion:
        return byDistortion(scene, disk, quality);
    }
    return std::nullopt;
}

void sizeScene(DiskScene& scene, const DiskData& disk, SizeBy by) {
    scene.scale.clear();
    if (by == SizeBy::None)
        return;
    scene.scale.assign(scene.size(), 1.0F);
    for (std::size_t row = 0; row < disk.samples.size(); ++row) {
        const SampleRow& sample = disk.samples[row];
        const double value =
            by == SizeBy::Confidence ? confidenceOf(sample) : uncertaintyOf(sample);
        scene.scale[row] = static_cast<float>(0.6 + 1.2 * value); // area grows from 1 to 9
    }
}

} // namespace hmgrl
