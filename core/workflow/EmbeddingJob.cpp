#include "workflow/EmbeddingJob.h"

#include "geometry/Disk.h"
#include "interchange/Embeddings.h"
#include "support/Text.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

namespace hmgrl {

namespace {

struct SampleText {
    std::string label;
    std::size_t document = 0; ///< index into Texts::documents
};

/// What the samples of a disk say, one a row.
struct Texts {
    std::vector<SampleText> samples;
    struct Source {
        std::string key, text;
    };
    std::vector<Source> documents;
};

std::string mentionText(const Document& document, const Mention& mention) {
    return substring(document.text, mention.span.begin, mention.span.end);
}

std::string labelOf(const Document& document, CategoryKind kind, std::int64_t id) {
    if (kind == CategoryKind::Entity) {
        for (const Mention& mention : document.mentions)
            if (mention.id == id)
                return mentionText(document, mention);
        return {};
    }
    for (const Relation& relation : document.relations)
        if (relation.id == id)
            return mentionText(document,
                               document.mentions[static_cast<std::size_t>(relation.head)]) +
                   " → " +
                   mentionText(document,
                               document.mentions[static_cast<std::size_t>(relation.tail)]);
    return {};
}

Texts readTexts(const ProjectLink& project, const DiskData& disk, const CancelToken& cancel,
                const ProgressSink& progress) {
    std::map<std::int64_t, std::vector<std::size_t>> rows; // by document
    for (std::size_t row = 0; row < disk.samples.size(); ++row)
        rows[disk.samples[row].document].push_back(row);
    Texts texts;
    texts.samples.resize(disk.samples.size());
    constexpr std::size_t aTime = 50; // documents read in one turn of the project thread
    for (auto next = rows.begin(); next != rows.end();) {
        cancel.throwIfCancelled();
        if (progress)
            progress({"Reading texts",
                      static_cast<double>(texts.documents.size()),
                      static_cast<double>(rows.size()),
                      {}});
        project.call([&](Project& p) {
            for (std::size_t i = 0; i < aTime && next != rows.end(); ++i, ++next) {
                const Document document =
                    p.summary(next->first) ? p.document(next->first) : Document{}; // just deleted
                for (const std::size_t row : next->second)
                    texts.samples[row] = {labelOf(document, disk.kind, disk.samples[row].id),
                                          texts.documents.size()};
                texts.documents.push_back({document.key, document.text});
            }
        });
    }
    return texts;
}

std::vector<std::string> columns() {
    return {"label",  "row",        "category", "parent",   "seen",
            "status", "confidence", "id",       "document", "text"};
}

std::string percent(double share) {
    char text[16];
    std::snprintf(text, sizeof text, "%d %%", static_cast<int>(share * 100 + 0.5));
    return text;
}

class Metadata {
public:
    Metadata(const DiskData& disk, const Texts& texts)
        : m_disk(disk)
        , m_texts(texts) {
        for (const Category& category : disk.prototypes)
            m_categories.emplace(category.name, &category);
    }

    [[nodiscard]] std::vector<std::string> row(std::size_t row) const {
        const std::string& name = m_disk.points.category[row];
        const auto found = m_categories.find(name);
        const Category* category = found == m_categories.end() ? nullptr : found->second;
        const std::string parent = category == nullptr ? "" : category->parent;
        const std::string seen = category == nullptr ? "" : category->seen ? "seen" : "unseen";
        if (row >= m_disk.samples.size())
            return {displayName(name), "prototype", name, parent, seen, "", "", "", "", ""};
        const SampleRow& sample = m_disk.samples[row];
        const SampleText& text = m_texts.samples[row];
        const Texts::Source& source = m_texts.documents[text.document];
        return {text.label,
                "sample",
                name,
                parent,
                seen,
                toString(sample.status),
                sample.candidates.empty() ? "" : percent(sample.candidates.front().score),
                std::to_string(sample.id),
                source.key,
                source.text};
    }

private:
    const DiskData& m_disk;
    const Texts& m_texts;
    std::map<std::string, const Category*> m_categories;
};

} // namespace

void exportEmbeddings(const ProjectLink& project, const DiskData& disk,
                      const std::filesystem::path& folder, const CancelToken& cancel,
                      const ProgressSink& progress) {
    if (!disk.isPlaced())
        throw Error({}, "embeddings", "the disk has no layout yet");
    const Texts texts = readTexts(project, disk, cancel, progress);
    const Metadata metadata(disk, texts);
    std::vector<std::array<double, 2>> places;
    for (const DiskPoint& point : disk.where) {
        const auto z = hmgrl::disk::toCartesian(point);
        places.push_back({z.real(), z.imag()});
    }
    EmbeddingTable table;
    table.name = toString(disk.kind);
    table.width = disk.points.width;
    table.latents = disk.points.space;
    table.disk = places;
    table.columns = columns();
    table.metadata = [&](std::size_t row) { return metadata.row(row); };
    writeEmbeddings(table, folder, cancel, progress);
}

} // namespace hmgrl
