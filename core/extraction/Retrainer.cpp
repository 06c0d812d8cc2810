#include "extraction/Retrainer.h"

#include "extraction/Checkpoint.h"
#include "extraction/ComputeThreads.h"
#include "extraction/ImageFeatures.h"
#include "extraction/RetrainData.h"
#include "extraction/SpaceBuilder.h"
#include "learning/Adam.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <torch/nn/functional.h>

namespace hmgrl {
namespace fs = std::filesystem;
namespace {

constexpr double worstDrop = 0.02; ///< on categories seen before, before a warning asks
constexpr int reportEvery = 10;

/// Removes a half-made candidate unless told that it is complete.
class FolderGuard {
public:
    explicit FolderGuard(fs::path folder)
        : m_folder(std::move(folder)) {}
    FolderGuard(const FolderGuard&) = delete;
    FolderGuard& operator=(const FolderGuard&) = delete;
    ~FolderGuard() {
        std::error_code ignored;
        if (!m_kept)
            fs::remove_all(m_folder, ignored);
    }
    void keep() { m_kept = true; }

private:
    fs::path m_folder;
    bool m_kept = false;
};

/// Retraining of one head: its maps and prototypes move, what feeds them stays.
class HeadRetrainer {
public:
    /// `categories` of the kind with the seen flags that the result will have.
    HeadRetrainer(Model& model, const RetrainSet& set, std::vector<Category> categories,
                  const RetrainOptions& options)
        : m_model(model)
        , m_set(set)
        , m_categories(std::move(categories))
        , m_options(options)
        , m_head(model.heads->of(set.kind)) {
        weighLabels();
        // Generated samples of the base model stand for what it knows of categories without labels;
        // those with labels have real ones.
        const torch::NoGradGuard guard;
        const auto unlabelled = categoriesWithoutLabels();
        if (options.generated > 0 && unlabelled.size(0) > 0) {
            const auto states = assignableOf(set.labels.states).index_select(0, unlabelled);
            const auto eps =
                torch::randn({states.size(0), options.generated, m_head->config().vaeLatent});
            m_replay = m_head->generate(states, eps).flatten(0, 1);
            m_replayTarget = unlabelled.repeat_interleave(options.generated);
            m_replayScores = scores(m_replay) + calibration(set.categories);
        }
    }

    [[nodiscard]] bool hasLabels() const { return m_set.trainRows.size(0) > 0; }

    /// The model knows of these labels from here on, no longer of those before them.
    void teach() {
        countLabels();
        teachWords();
        m_calibration = calibration(m_categories);
    }

    [[nodiscard]] std::vector<std::pair<std::string, torch::Tensor>> parameters() const {
        static const std::set<std::string> moving = {"norm",       "hidden",     "lift",
                                                     "label_norm", "label_lift", "ln1",
                                                     "ln2",        "related",    "log_tau"};
        std::vector<std::pair<std::string, torch::Tensor>> out;
        for (const auto& item : m_head->named_parameters()) {
            const bool moves = moving.count(item.key().substr(0, item.key().find('.'))) > 0;
            item.value().set_requires_grad(moves);
            if (moves)
                out.emplace_back(std::string(toString(m_set.kind)) + "." + item.key(),
                                 item.value());
        }
        return out;
    }

    /// Loss of one step; terms are noted by name.
    torch::Tensor loss(std::map<std::string, double>& terms) const {
        const std::string kind = toString(m_set.kind);
        const auto pick = torch::multinomial(m_weight, m_options.batchSize, true);
        const auto rows = m_set.trainRows.index_select(0, pick);
        const auto fused = m_set.fused.index_select(0, rows);
        auto found = scores(fused) + m_calibration;
        if (m_head->config().wordingInLoss)
            found = found + wordScores(rows);
        auto total =
            torch::nn::functional::cross_entropy(found, m_set.target.index_select(0, rows));
        terms["loss." + kind + ".labels"] = total.item<double>();
        if (m_replay.defined()) {
            // Replay keeps every category's own region, distillation its distances to the others.
            const auto now = scores(m_replay) + m_calibration;
            const auto replay = torch::nn::functional::cross_entropy(now, m_replayTarget);
            const auto distill =
                torch::kl_div(torch::log_softmax(now, 1), torch::softmax(m_replayScores, 1),
                              at::Reduction::Sum) /
                now.size(0);
            total = total + 0.25 * replay + distill;
            terms["loss." + kind + ".replay"] = replay.item<double>();
            terms["loss." + kind + ".distill"] = distill.item<double>();
        }
        if (m_set.pairs.defined()) {
            const auto at =
                torch::randint(m_set.pairs.size(0), {m_options.batchSize}, torch::kInt64);
            const auto related = torch::binary_cross_entropy_with_logits(
                m_head->related(m_set.pairs.index_select(0, at)),
                m_set.related.index_select(0, at));
            total = total + 0.25 * related;
            terms["loss." + kind + ".related"] = related.item<double>();
        }
        return total;
    }

    /// Held-out rows whose best category is the right one, calibrated as the program predicts: by
    /// the seen flags of before, or those that the result will have.
    [[nodiscard]] std::vector<bool> heldOutRight(bool isResult) const {
        const torch::NoGradGuard guard;
        std::vector<bool> out;
        if (m_set.heldRows.size(0) == 0)
            return out;
        m_head->eval();
        const auto part = buildPart(m_model, m_set.kind, isResult ? m_categories : m_set.categories,
                                    m_set.labels);
        const CategorySpace space(m_set.kind == CategoryKind::Entity ? part : CategorySpace::Part{},
                                  m_set.kind == CategoryKind::Relation ? part
                                                                       : CategorySpace::Part{});
        const auto latents =
            torch::cat({m_head->latent(m_set.fused.index_select(0, m_set.heldRows)),
                        m_set.wording.index_select(0, m_set.heldRows)},
                       1);
        const auto width = static_cast<std::size_t>(latents.size(1));
        for (std::int64_t i = 0; i < latents.size(0); ++i) {
            const std::span<const float> row(latents.data_ptr<float>() + i * latents.size(1),
                                             width);
            const auto best = space.rank(m_set.kind, row, 1);
            const auto truth = m_set.heldNames[static_cast<std::size_t>(i)];
            out.push_back(!best.empty() && best.front().category == truth);
        }
        return out;
    }

    [[nodiscard]] const RetrainSet& set() const { return m_set; }

private:
    /// How many labels made categories seen that training had no examples of.
    void countLabels() {
        auto& learned = m_model.config.learned(m_set.kind);
        const auto count = torch::bincount(m_set.target.index_select(0, m_set.trainRows), {},
                                           m_set.assignable.size(0));
        for (std::int64_t i = 0; i < count.size(0); ++i) {
            const auto row = m_set.assignable[i].item<std::int64_t>();
            const Category& before = m_set.categories[static_cast<std::size_t>(row)];
            if (count[i].item<std::int64_t>() > 0 && (!before.seen || learned.count(before.name)))
                learned[before.name] = count[i].item<std::int64_t>();
        }
    }

    /// The words of these labels replace those of labels before them.
    void teachWords() {
        if (!m_head->config().wordingExamples)
            return;
        Examples& examples = m_model.examples.of(m_set.kind);
        examples.taught.clear();
        const auto categories = m_set.assignable.index_select(0, m_set.target);
        for (std::int64_t i = 0; i < m_set.trainRows.size(0); ++i) {
            const auto row = m_set.trainRows[i].item<std::int64_t>();
            const auto category = categories[row].item<std::int64_t>();
            Examples::add(examples.taught, m_categories[static_cast<std::size_t>(category)].name,
                          m_set.wording[row]);
        }
    }

    /// What calibration adds to each score. Labels and generated samples teach calibrated
    /// predictions: a category that becomes seen loses its lead, which its scores must make up for.
    [[nodiscard]] torch::Tensor calibration(const std::vector<Category>& categories) const {
        const auto rows = m_set.assignable.accessor<std::int64_t, 1>();
        const double gamma = m_model.config.calibration(m_set.kind).gamma;
        auto out = torch::zeros({rows.size(0)});
        for (std::int64_t c = 0; c < rows.size(0); ++c) {
            const Category& category = categories[static_cast<std::size_t>(rows[c])];
            if (category.seen)
                out[c] = -gamma * (1 - m_model.config.leadShare(category));
        }
        return out;
    }

    /// Indices into `assignable`.
    [[nodiscard]] torch::Tensor categoriesWithoutLabels() const {
        auto labels = torch::zeros({m_set.assignable.size(0)}, torch::kInt64);
        if (hasLabels())
            labels = torch::bincount(m_set.target.index_select(0, m_set.trainRows), {},
                                     m_set.assignable.size(0));
        return (labels == 0).nonzero().squeeze(1);
    }

    /// The many labels of a category are drawn less often than their share.
    void weighLabels() {
        if (!hasLabels())
            return;
        const auto target = m_set.target.index_select(0, m_set.trainRows);
        m_weight = torch::bincount(target).to(torch::kFloat32).index_select(0, target).rsqrt();
    }

    /// Scores against the assignable categories, which targets index.
    [[nodiscard]] torch::Tensor scores(const torch::Tensor& fused) const {
        HmgrlHead head = m_head;
        const auto protos = head->prototypes(assignableOf(m_set.labels.states));
        return head->scores(head->latent(fused), protos);
    }

    /// What the words of labels add to their scores. They are among the examples, see teachWords():
    /// each is read as if it were not.
    [[nodiscard]] torch::Tensor wordScores(const torch::Tensor& rows) const {
        const auto words = m_set.wording.index_select(0, rows);
        const auto labels = assignableOf(m_set.labels.wording);
        const HmgrlConfig& config = m_head->config();
        if (!config.wordingExamples)
            return config.weightWording * torch::matmul(words, labels.transpose(0, 1));
        const auto all = m_model.examples.of(m_set.kind).of(m_set.categories, m_set.labels.wording);
        return config.weightWording *
               gaussianScoresWithoutSelf(
                   words, m_set.target.index_select(0, rows), labels,
                   {assignableOf(all.sums), assignableOf(all.counts), all.shift});
    }

    [[nodiscard]] torch::Tensor assignableOf(const torch::Tensor& rowsOfCategories) const {
        return rowsOfCategories.index_select(0, m_set.assignable);
    }

    Model& m_model;
    const RetrainSet& m_set;
    std::vector<Category> m_categories;
    const RetrainOptions& m_options;
    mutable HmgrlHead m_head;
    torch::Tensor m_calibration; ///< of the result, one an assignable category
    torch::Tensor m_weight;      ///< one a training row
    torch::Tensor m_replay, m_replayTarget, m_replayScores;
};

double share(const std::vector<bool>& right, const std::vector<std::size_t>& rows) {
    double sum = 0;
    for (const std::size_t row : rows)
        sum += right[row];
    return rows.empty() ? 0 : sum / static_cast<double>(rows.size());
}

/// Before and after for all, seen, unseen and every category with held-out labels.
void addFigures(RetrainReport& report, const RetrainSet& set, const std::vector<bool>& before,
                const std::vector<bool>& after) {
    std::map<std::string, std::vector<std::size_t>> groups;
    std::map<std::string, bool> seen;
    for (const Category& category : set.categories)
        seen[category.name] = category.seen;
    for (std::size_t i = 0; i < set.heldNames.size(); ++i) {
        groups["all"].push_back(i);
        groups[seen[set.heldNames[i]] ? "seen" : "unseen"].push_back(i);
    }
    std::vector<std::string> order = {"all", "seen", "unseen"};
    for (std::size_t i = 0; i < set.heldNames.size(); ++i) {
        if (!groups.count(set.heldNames[i]))
            order.push_back(set.heldNames[i]);
        groups[set.heldNames[i]].push_back(i);
    }
    for (const std::string& name : order) {
        const auto rows = groups.find(name);
        if (rows == groups.end())
            continue;
        report.figures.push_back({name, set.kind, rows->second.size(), share(before, rows->second),
                                  share(after, rows->second)});
        const RetrainFigure& figure = report.figures.back();
        if (name == "seen" && figure.after < figure.before - worstDrop) {
            report.dropsOldCategories = true;
            char text[160];
            std::snprintf(
                text, sizeof text,
                "%s categories that were known before drop from %.1f %% to %.1f %% on %zu "
                "held-out labels",
                toString(set.kind), figure.before * 100, figure.after * 100, figure.labels);
            report.warnings.emplace_back(text);
        }
    }
    if (set.heldNames.size() < 10)
        report.warnings.push_back(std::string("only ") + std::to_string(set.heldNames.size()) +
                                  " held-out " + toString(set.kind) +
                                  " labels: the figures are rough");
}

} // namespace

nlohmann::json RetrainReport::toJson() const {
    nlohmann::json list = nlohmann::json::array();
    for (const RetrainFigure& figure : figures)
        list.push_back({{"group", figure.group},
                        {"kind", toString(figure.kind)},
                        {"labels", figure.labels},
                        {"before", figure.before},
                        {"after", figure.after}});
    return {{"checkpoint", checkpoint.string()},
            {"model", modelHash},
            {"figures", list},
            {"warnings", warnings},
            {"drops_old_categories", dropsOldCategories},
            {"seconds", seconds}};
}

RetrainReport retrain(const fs::path& base, std::span<const Document> documents,
                      std::span<const Category> categories, const RetrainOptions& options,
                      const fs::path& out, const CancelToken& cancel,
                      const ProgressSink& progress) {
    const auto start = std::chrono::steady_clock::now();
    validateOptions(options, "retrain");
    if (fs::exists(out))
        throw Error(out.string(), {}, "expected no folder here yet");
    FolderGuard guard(out);
    Model model = loadCheckpoint(base);
    setComputeThreads(1); // small products: more threads only wait for each other
    torch::manual_seed(options.seed);
    model.config.categories.assign(categories.begin(), categories.end());

    const RetrainData data =
        readRetrainData(model, documents, categories, options, cancel, progress);
    std::vector<HeadRetrainer> heads;
    for (Category& category : model.config.categories)
        category.seen = category.seen || data.learned.count({category.kind, category.name}) > 0;
    for (const RetrainSet* set : {&data.entities, &data.relations}) {
        std::vector<Category> after;
        std::copy_if(model.config.categories.begin(), model.config.categories.end(),
                     std::back_inserter(after),
                     [&](const Category& c) { return c.kind == set->kind; });
        heads.emplace_back(model, *set, std::move(after), options);
    }
    if (!heads[0].hasLabels() && !heads[1].hasLabels())
        throw Error("retrain: expected accepted labels of known categories, found none");
    std::vector<std::vector<bool>> before;
    for (const HeadRetrainer& head : heads)
        before.push_back(head.heldOutRight(false));
    for (HeadRetrainer& head : heads)
        head.teach();

    for (auto& parameter : model.heads->parameters())
        parameter.set_requires_grad(false);
    Adam::Group group{{}, options.learningRate, 0.01};
    for (const HeadRetrainer& head : heads)
        if (head.hasLabels())
            for (auto& parameter : head.parameters())
                group.parameters.push_back(parameter);
    Adam::Options adamOptions;
    adamOptions.clipNorm = 1;
    Adam adam({group}, adamOptions);
    for (int step = 0; step < options.steps; ++step) {
        cancel.throwIfCancelled();
        model.heads->train();
        Progress report{"Retraining", step + 1.0, static_cast<double>(options.steps), {}};
        auto total = torch::zeros({});
        for (const HeadRetrainer& head : heads)
            if (head.hasLabels())
                total = total + head.loss(report.values);
        if (!std::isfinite(total.item<double>()))
            throw Error({}, "step " + std::to_string(step),
                        "the loss is not finite: lower the rate");
        adam.zeroGradients();
        total.backward();
        adam.step(1.0 - 0.9 * step / options.steps);
        if (progress && (step % reportEvery == 0 || step + 1 == options.steps)) {
            for (const HeadRetrainer& head : heads) {
                const auto right = head.heldOutRight(true);
                if (!right.empty())
                    report.values[std::string("metric.") + toString(head.set().kind)] =
                        static_cast<double>(std::count(right.begin(), right.end(), true)) /
                        static_cast<double>(right.size());
            }
            progress(report);
        }
    }
    cancel.throwIfCancelled();
    model.heads->eval();
    RetrainReport report;
    for (std::size_t i = 0; i < heads.size(); ++i)
        addFigures(report, heads[i].set(), before[i], heads[i].heldOutRight(true));
    saveCheckpoint(model, out,
                   "# Model card\n\nRetrained from checkpoint " + model.hash +
                       " on an analyst's labels (" + std::to_string(data.labelCount) +
                       " used); the encoders are unchanged. Figures: " +
                       report.toJson()["figures"].dump() + "\n",
                   base);
    report.checkpoint = out;
    report.modelHash = checkpointHash(out);
    report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    guard.keep();
    return report;
}

} // namespace hmgrl
