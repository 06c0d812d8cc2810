#include "explore/DiskColouring.h"

#include "bridge/TextOffsets.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <set>

namespace hmgrl {
namespace {

constexpr std::uint32_t prototypeGrey = 0x8A94A3;

QString say(const char* text) {
    return QCoreApplication::translate("hmgrl::DiskColouring", text);
}

/// Entries in order, the last one for prototypes.
DiskLegend legendOf(const char* title,
                    const std::vector<std::pair<const char*, std::uint32_t>>& entries) {
    DiskLegend legend;
    legend.title = say(title);
    for (const auto& [name, colour] : entries)
        legend.entries.push_back({say(name), colour, 0});
    legend.entries.push_back(
        {say(QT_TRANSLATE_NOOP("hmgrl::DiskColouring", "prototypes")), prototypeGrey, 0});
    return legend;
}

template <typename EntryOf>
DiskLegend colourBy(DiskScene& scene, const DiskData& disk, DiskLegend legend, EntryOf entryOf) {
    legend.entryOfRow.resize(scene.size());
    for (std::size_t row = 0; row < scene.size(); ++row) {
        const std::size_t entry =
            row < disk.samples.size() ? entryOf(disk.samples[row]) : legend.entries.size() - 1;
        legend.entryOfRow[row] = static_cast<std::uint32_t>(entry);
        scene.colour[row] = legend.entries[entry].colour;
        legend.entries[entry].count += row < disk.samples.size() ? 1 : 0;
    }
    return legend;
}

DiskLegend byConfidence(DiskScene& scene, const DiskData& disk) {
    // A scale of one hue, read the same on light and on dark and by colour-blind eyes.
    const auto legend = legendOf(QT_TRANSLATE_NOOP("hmgrl::DiskColouring", "Confidence"),
                                 {{"below 20 %", 0xD9822B},
                                  {"20 to 40 %", 0xC9A227},
                                  {"40 to 60 %", 0x7FA650},
                                  {"60 to 80 %", 0x2F9C95},
                                  {"80 % and more", 0x2C6FBB}});
    return colourBy(scene, disk, legend, [](const SampleRow& sample) {
        const double score = sample.candidates.empty() ? 0 : sample.candidates.front().score;
        return static_cast<std::size_t>(std::clamp(static_cast<int>(score * 5), 0, 4));
    });
}

DiskLegend bySeen(DiskScene& scene, const DiskData& disk) {
    std::set<std::string> seen;
    for (const Category& category : disk.prototypes)
        if (category.seen)
            seen.insert(category.name);
    const auto legend = legendOf(QT_TRANSLATE_NOOP("hmgrl::DiskColouring", "Seen in training"),
                                 {{"seen", 0x4C6FD8}, {"unseen", 0xE08A1E}});
    return colourBy(scene, disk, legend, [seen](const SampleRow& sample) {
        return static_cast<std::size_t>(seen.contains(sample.type) ? 0 : 1);
    });
}

DiskLegend byStatus(DiskScene& scene, const DiskData& disk) {
    const auto legend =
        legendOf(QT_TRANSLATE_NOOP("hmgrl::DiskColouring", "Status"),
                 {{"suggested", 0x6C7FD8}, {"accepted", 0x2E9E6B}, {"rejected", 0xC4505C}});
    return colourBy(scene, disk, legend, [](const SampleRow& sample) {
        return static_cast<std::size_t>(sample.status);
    });
}

} // namespace

std::optional<DiskLegend> colourScene(DiskScene& scene, const DiskData& disk, ColourBy by) {
    switch (by) {
    case ColourBy::Category:
        return std::nullopt;
    case ColourBy::Confidence:
        return byConfidence(scene, disk);
    case ColourBy::Seen:
        return bySeen(scene, disk);
    case ColourBy::Status:
        return byStatus(scene, disk);
    }
    return std::nullopt;
}

} // namespace hmgrl
