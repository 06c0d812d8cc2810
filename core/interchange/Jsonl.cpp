#include "interchange/Jsonl.h"

#include "interchange/Formats.h"
#include "interchange/ImageRefs.h"
#include "interchange/JsonText.h"
#include "interchange/Lines.h"
#include "support/Text.h"

#include <cmath>
#include <optional>
#include <set>

namespace hmgrl {
namespace fs = std::filesystem;
using nlohmann::json;
using nlohmann::ordered_json;
namespace {

using Names = std::set<std::string>;

double scoreField(const json& object, const char* name, double fallback, double max) {
    const auto found = object.find(name);
    if (found == object.end() || found->is_null())
        return fallback;
    const double value = found->is_number() ? found->get<double>() : std::nan("");
    if (!(value >= 0 && value <= max))
        throw Error("expected a number " + std::string(max == 1 ? "from 0 to 1" : "from 0") +
                    " in \"" + name + "\", found " + found->dump(-1, ' ', true));
    return value;
}

std::vector<Candidate> readCandidates(const json& object) {
    std::vector<Candidate> out;
    const auto found = object.find("candidates");
    if (found == object.end() || found->is_null())
        return out;
    if (!found->is_array())
        throw Error("expected a list in \"candidates\", found " + kindOf(*found));
    for (const json& item : *found) {
        if (!item.is_object())
            throw Error("expected objects in \"candidates\", found " + kindOf(item));
        out.push_back({textField(item, "category"), scoreField(item, "score", 0, 1),
                       scoreField(item, "distance", 0, HUGE_VAL)});
        if (out.back().category.empty())
            throw Error("expected a \"category\" in each of \"candidates\"");
    }
    return out;
}

Status readStatus(const json& object) {
    const std::string status = textField(object, "status");
    return status.empty() ? Status::Accepted : statusFromString(status);
}

/// Reads the lists of one document object and reports what it leaves out.
class Reader {
public:
    Reader(const json& object, Issues& issues, Issue where)
        : m_json(object)
        , m_issues(issues)
        , m_where(std::move(where)) {}

    void readMentions(Document& document) {
        const int length = codePointCount(document.text);
        forEachIn("mentions", [&](const json& item, const std::string& what) {
            m_index.emplace_back();
            document.mentions.push_back(readMention(item, length));
            m_index.back() = static_cast<int>(document.mentions.size()) - 1;
            reportUnknown(item, {"begin", "end", "type", "score", "status", "candidates"}, what);
        });
    }

    void readRelations(Document& document) {
        forEachIn("relations", [&](const json& item, const std::string& what) {
            document.relations.push_back(readRelation(item));
            reportUnknown(item, {"head", "tail", "type", "score", "status", "candidates"}, what);
        });
    }

    void report(const std::string& reason) {
        m_issues.push_back({m_where.file, m_where.place, reason});
    }

private:
    template <typename Visit>
    void forEachIn(const char* name, Visit&& visit) {
        const auto list = m_json.find(name);
        if (list == m_json.end() || list->is_null())
            return;
        if (!list->is_array())
            throw Error(m_where.file, m_where.place,
                        "expected a list in \"" + std::string(name) + "\", found " + kindOf(*list));
        const std::string one(name, std::string(name).size() - 1);
        for (std::size_t i = 0; i < list->size(); ++i) {
            const std::string what = one + " " + std::to_string(i);
            try {
                if (!(*list)[i].is_object())
                    throw Error("expected an object, found " + kindOf((*list)[i]));
                visit((*list)[i], what);
            } catch (const Error& error) {
                report(what + " left out: " + error.issue().reason);
            }
        }
    }

    static Mention readMention(const json& item, int length) {
        Mention mention;
        mention.span = {integerField(item, "begin"), integerField(item, "end")};
        const auto [begin, end] = mention.span;
        if (begin < 0 || end > length || begin >= end)
            throw Error("expected 0 <= begin < end <= " + std::to_string(length) + ", found " +
                        std::to_string(begin) + ".." + std::to_string(end));
        mention.type = textField(item, "type");
        mention.score = scoreField(item, "score", 1, 1);
        mention.status = readStatus(item);
        mention.candidates = readCandidates(item);
        return mention;
    }

    /// Index among the mentions that were kept, from the index in the file.
    [[nodiscard]] int keptMention(const json& item, const char* name) const {
        const int index = integerField(item, name);
        if (index < 0 || index >= static_cast<int>(m_index.size()))
            throw Error("expected \"" + std::string(name) + "\" below " +
                        std::to_string(m_index.size()) + ", found " + std::to_string(index));
        const auto& kept = m_index[static_cast<std::size_t>(index)];
        if (!kept)
            throw Error("its " + std::string(name) + ", mention " + std::to_string(index) +
                        ", was left out");
        return *kept;
    }

    [[nodiscard]] Relation readRelation(const json& item) const {
        Relation relation;
        relation.head = keptMention(item, "head");
        relation.tail = keptMention(item, "tail");
        if (relation.head == relation.tail)
            throw Error("expected two different mentions, found " + std::to_string(relation.head) +
                        " as head and as tail");
        relation.type = textField(item, "type");
        relation.score = scoreField(item, "score", 1, 1);
        relation.status = readStatus(item);
        relation.candidates = readCandidates(item);
        return relation;
    }

    void reportUnknown(const json& item, const Names& known, const std::string& what) {
        for (const auto& field : item.items())
            if (!known.contains(field.key()))
                report(what + ": unknown field \"" + field.key() + "\" is not kept");
    }

    const json& m_json;
    Issues& m_issues;
    Issue m_where;
    std::vector<std::optional<int>> m_index; ///< place in the file -> place in the document
};

const Names& documentFields() {
    static const Names names = {"id", "text", "image", "url", "topic", "mentions", "relations"};
    return names;
}

std::string unknownFields(const json& object) {
    json extra = json::object();
    for (const auto& field : object.items())
        if (!documentFields().contains(field.key()))
            extra[field.key()] = field.value();
    return extra.empty() ? std::string() : extra.dump();
}

std::string readKey(const json& object) {
    const auto found = object.find("id");
    if (found != object.end() && found->is_number_integer())
        return found->dump();
    return textField(object, "id");
}

void writeJudgement(ordered_json& out, const std::string& type, double score, Status status,
                    const std::vector<Candidate>& candidates) {
    if (!type.empty())
        out["type"] = type;
    if (score != 1)
        out["score"] = score;
    if (status != Status::Accepted)
        out["status"] = toString(status);
    if (candidates.empty())
        return;
    ordered_json list = ordered_json::array();
    for (const Candidate& candidate : candidates) {
        ordered_json item = {{"category", candidate.category}, {"score", candidate.score}};
        if (candidate.distance != 0)
            item["distance"] = candidate.distance;
        list.push_back(std::move(item));
    }
    out["candidates"] = std::move(list);
}

void writeMentions(ordered_json& out, const Document& document) {
    for (const Mention& mention : document.mentions) {
        ordered_json item = {{"begin", mention.span.begin}, {"end", mention.span.end}};
        writeJudgement(item, mention.type, mention.score, mention.status, mention.candidates);
        out["mentions"].push_back(std::move(item));
    }
}

void writeRelations(ordered_json& out, const Document& document) {
    for (const Relation& relation : document.relations) {
        ordered_json item = {{"head", relation.head}, {"tail", relation.tail}};
        writeJudgement(item, relation.type, relation.score, relation.status, relation.candidates);
        out["relations"].push_back(std::move(item));
    }
}

/// Fields of another format may be called as ours are; they get a prefix rather than be lost.
void writeExtra(ordered_json& out, const Document& document) {
    const json extra = document.extra.empty() ? json::object() : parseJson(document.extra);
    for (const auto& field : extra.items()) {
        std::string name = field.key();
        while (documentFields().contains(name) || out.contains(name))
            name.insert(0, "extra.");
        out[name] = field.value();
    }
}

class JsonlImporter : public Importer {
public:
    [[nodiscard]] std::string name() const override { return "jsonl"; }
    [[nodiscard]] std::string description() const override {
        return "JSON lines: id, text, image, mentions, relations";
    }

    [[nodiscard]] double recognise(const std::string& source,
                                   std::string_view head) const override {
        const std::string extension = lowerExtension(source);
        const bool byName = extension == ".jsonl" || extension == ".ndjson";
        const auto first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
        if (first == std::string_view::npos)
            return byName ? 0.5 : 0;
        if (head[first] != '{' || head.find('"') == std::string_view::npos)
            return byName ? 0.2 : 0;
        const bool ours = head.find("\"text\"") != std::string_view::npos ||
                          head.find("\"image\"") != std::string_view::npos;
        return ours ? (byName ? 0.9 : 0.6) : 0.3;
    }

    void import(const std::string& source, const ImportOptions& options, const DocumentSink& sink,
                Issues& issues, const CancelToken& cancel,
                const ProgressSink& progress) const override {
        const fs::path folder =
            options.imageFolder.empty() ? folderOf(source) : options.imageFolder;
        forEachLine(source, options, issues, cancel, progress,
                    [&](const std::string& line, long long number) {
                        Document document = documentFromJson(parseJson(line), folder, source,
                                                             linePlace(number), issues);
                        if (document.key.empty())
                            document.key = lineKey(source, number);
                        sink(std::move(document));
                    });
    }
};

} // namespace

Document documentFromJson(const json& object, const fs::path& folder, const std::string& file,
                          const std::string& place, Issues& issues) {
    Reader reader(object, issues, {file, place, {}});
    try {
        if (!object.is_object())
            throw Error("expected an object, found " + kindOf(object));
        Document document;
        document.key = readKey(object);
        document.text = textField(object, "text");
        document.url = textField(object, "url");
        document.topic = textField(object, "topic");
        document.extra = unknownFields(object);
        const std::string image = textField(object, "image");
        if (document.text.empty() && image.empty())
            throw Error("expected \"text\" or \"image\", found neither");
        reader.readMentions(document);
        reader.readRelations(document);
        attachImage(document, image, folder, file, place, issues);
        return document;
    } catch (const Error& error) {
        throw Error(file, place, error.issue().reason);
    }
}

std::string documentToJsonLine(const Document& document) {
    ordered_json out;
    out["id"] = document.key;
    out["text"] = document.text;
    for (const auto& [name, value] :
         {std::pair{"image", &document.imageRef}, std::pair{"url", &document.url},
          std::pair{"topic", &document.topic}})
        if (!value->empty())
            out[name] = *value;
    writeMentions(out, document);
    writeRelations(out, document);
    writeExtra(out, document);
    return out.dump();
}

std::unique_ptr<Importer> makeJsonlImporter() {
    return std::make_unique<JsonlImporter>();
}

} // namespace hmgrl
