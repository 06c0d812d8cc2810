#include "experiment/Report.h"

#include "experiment/CurvePlot.h"
#include "support/Files.h"

#include <cmath>
#include <cstdio>
#include <map>

namespace hmgrl {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

/// The figures of the table: key in the report, JSON pointer into a run, heading, percent.
struct Figure {
    const char* key;
    const char* pointer;
    const char* heading;
    bool percent;
};
constexpr Figure figures[] = {
    {"seen_accuracy", "/test/seen/accuracy", "seen acc", true},
    {"unseen_accuracy", "/test/unseen/accuracy", "unseen acc", true},
    {"harmonic_accuracy", "/test/harmonic_accuracy", "H acc", true},
    {"seen_f1", "/test/seen/weighted_f1", "seen F1", true},
    {"unseen_f1", "/test/unseen/weighted_f1", "unseen F1", true},
    {"harmonic_f1", "/test/harmonic_f1", "H F1", true},
    {"seen_macro", "/test/seen/macro_accuracy", "seen macro", true},
    {"unseen_macro", "/test/unseen/macro_accuracy", "unseen macro", true},
    {"ausuc", "/test/ausuc", "AUSUC", false},
    {"harmonic_gamma_0", "/test/harmonic_gamma_0", "H at γ 0", true},
    {"gamma", "/gamma", "γ", false},
    {"validation_harmonic", "/validation/harmonic_accuracy", "H val", true},
    {"curvature", "/geometry/curvature", "curvature", false},
    {"median_radius", "/geometry/radius_quantiles/2", "median radius", false},
    {"delta_latents", "/geometry/delta_latents/relative", "δ latents", false},
    {"delta_prototypes", "/geometry/delta_prototypes/relative", "δ prototypes", false},
    {"children_farther", "/geometry/tree/farther", "children farther out", true},
    {"children_in_cone", "/geometry/tree/in_cone", "children in cone", true},
    {"seconds", "/seconds", "seconds", false},
    {"peak_mb", "/peak_mb", "peak MB", false},
};

json rowOf(const VariantRuns& row) {
    json out = {{"name", row.variant.name}, {"title", row.variant.title}};
    for (const Figure& figure : figures) {
        std::vector<double> values;
        for (const json& run : row.runs) {
            const json::json_pointer pointer(figure.pointer);
            if (run.contains(pointer) && run.at(pointer).is_number())
                values.push_back(run.at(pointer).get<double>());
        }
        if (!values.empty())
            out[figure.key] = spreadOf(values);
    }
    return out;
}

std::string number(double value, int digits) {
    char text[48];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

std::string cell(const json& row, const Figure& figure) {
    const auto found = row.find(figure.key);
    if (found == row.end())
        return "–";
    const double scale = figure.percent ? 100 : 1;
    const double mean = found->at("mean").get<double>() * scale;
    const int digits = figure.percent ? 1 : mean >= 100 ? 0 : 3;
    std::string out = number(mean, digits);
    if (found->at("n").get<int>() > 1)
        out += " ± " + number(found->at("sd").get<double>() * scale, digits);
    return out;
}

std::string tableOf(const json& rows, std::size_t first, std::size_t last) {
    std::string out = "| |", line = "|---|";
    for (std::size_t f = first; f < last; ++f) {
        out.append(" ").append(figures[f].heading).append(" |");
        line += "---|";
    }
    out += "\n" + line + "\n";
    for (const json& row : rows) {
        out.append("| ").append(row.at("title").get<std::string>()).append(" |");
        for (std::size_t f = first; f < last; ++f)
            out.append(" ").append(cell(row, figures[f])).append(" |");
        out += "\n";
    }
    return out;
}

std::string percentMean(const std::vector<double>& values) {
    return number(100 * spreadOf(values).at("mean").get<double>(), 1);
}

/// Recall of every category, the mean over the runs of one row.
std::string perCategory(const VariantRuns& row) {
    struct Entry {
        bool seen = false;
        int support = 0;
        std::vector<double> recall, precision;
    };
    std::map<std::pair<bool, std::string>, Entry> entries;
    for (const json& run : row.runs)
        for (const json& item : run.at("test").at("categories")) {
            const bool seen = item.at("seen").get<bool>();
            Entry& entry = entries[{!seen, item.at("name").get<std::string>()}];
            entry.seen = seen;
            entry.support = item.at("support").get<int>();
            entry.recall.push_back(item.at("recall").get<double>());
            entry.precision.push_back(item.at("precision").get<double>());
        }
    std::string out = "| category | | samples | recall | precision |\n|---|---|---|---|---|\n";
    for (const auto& [key, entry] : entries)
        out.append("| ")
            .append(key.second)
            .append(entry.seen ? " | seen | " : " | unseen | ")
            .append(std::to_string(entry.support))
            .append(" | ")
            .append(percentMean(entry.recall))
            .append(" | ")
            .append(percentMean(entry.precision))
            .append(" |\n");
    return out;
}

std::string namesIn(const Protocol& protocol, CategoryGroup group) {
    std::string out;
    for (const int c : protocol.categoriesIn(group))
        out.append(out.empty() ? "" : ", ")
            .append(protocol.categories[static_cast<std::size_t>(c)].name);
    return out;
}

json partsOf(const Protocol& protocol) {
    return {{"train", protocol.train.size()},
            {"validation_seen", protocol.validationSeen.size()},
            {"test_seen", protocol.testSeen.size()},
            {"validation_unseen", protocol.validationUnseen.size()},
            {"test_unseen", protocol.testUnseen.size()}};
}

std::string markdown(const Protocol& protocol, const json& report,
                     const std::vector<VariantRuns>& table) {
    std::string out = "# Experiment: " + protocol.name + ", " + toString(protocol.kind) + "\n\n";
    const json parts = partsOf(protocol);
    out += "Samples:";
    for (const auto& item : parts.items())
        out.append(" ").append(item.key()).append(" ").append(item.value().dump()).append(",");
    out.back() = '.';
    out += "\n\nSeen: " + namesIn(protocol, CategoryGroup::Seen) +
           ".\nUnseen in validation: " + namesIn(protocol, CategoryGroup::ValidationUnseen) +
           ".\nUnseen in test: " + namesIn(protocol, CategoryGroup::TestUnseen) + ".\n\n" +
           "The names and descriptions of unseen categories are known in training "
           "(class-transductive), their examples are not. γ and the step whose weights are kept "
           "are chosen on validation. Percentages; mean ± standard deviation over the seeds.\n\n";
    out += tableOf(report.at("rows"), 0, 6) + "\n" + tableOf(report.at("rows"), 6, 12) + "\n" +
           tableOf(report.at("rows"), 12, std::size(figures)) + "\n";
    out += "![Seen against unseen accuracy as γ sweeps](curve.svg)\n";
    for (const VariantRuns& row : table)
        out.append("\n## ").append(row.variant.title).append("\n\n").append(perCategory(row));
    return out;
}

} // namespace

json spreadOf(const std::vector<double>& values) {
    const double n = static_cast<double>(values.size());
    double mean = 0, square = 0;
    for (const double v : values)
        mean += v / n;
    for (const double v : values)
        square += (v - mean) * (v - mean);
    return {{"mean", mean},
            {"sd", values.size() > 1 ? std::sqrt(square / (n - 1)) : 0.0},
            {"n", values.size()}};
}

json writeReport(const Protocol& protocol, const json& config,
                 const std::vector<VariantRuns>& table, const fs::path& out) {
    json report = {{"protocol", protocol.name},
                   {"kind", toString(protocol.kind)},
                   {"samples", partsOf(protocol)},
                   {"note", config.value("note", "")},
                   {"rows", json::array()}};
    std::vector<Curve> curves;
    for (const VariantRuns& row : table) {
        report["rows"].push_back(rowOf(row));
        Curve curve{row.variant.title, {}};
        for (const json& point : row.runs.front().at("curve"))
            curve.points.emplace_back(point[0].get<double>(), point[1].get<double>());
        curves.push_back(std::move(curve));
    }
    writeFileAtomically(out / "report.json", report.dump(1) + "\n");
    writeFileAtomically(out / "report.md", markdown(protocol, report, table));
    writeFileAtomically(out / "curve.svg", curvePlot(curves));
    return report;
}

} // namespace hmgrl
