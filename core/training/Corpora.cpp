#include "training/Corpora.h"

#include "interchange/Importer.h"
#include "support/Files.h"
#include "support/Text.h"

#include <algorithm>
#include <functional>
#include <sstream>

namespace hmgrl {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

using Labels =
    std::map<std::string, std::pair<std::string, std::string>>; // id -> name, description

/// What the readers of one corpus fill.
struct Builder {
    const SourceConfig& source;
    Corpus corpus;
    Labels labels;

    /// Category name of a label, "" when its type is not learned.
    std::string category(const std::string& label) const {
        if (source.drop.count(label))
            return {};
        const auto renamed = source.rename.find(label);
        if (renamed != source.rename.end())
            return renamed->second;
        const auto described = labels.find(label);
        return described != labels.end() ? described->second.first : label;
    }
    Document& add(const JoinedTokens& joined) {
        Document document;
        document.key = source.name + "-" + std::to_string(corpus.documents.size());
        document.text = joined.text;
        corpus.documents.push_back(std::move(document));
        return corpus.documents.back();
    }
};

/// Index of a mention over tokens [first, last), added when new; -1 when out of range.
int mentionOver(Document& document, const JoinedTokens& joined, int first, int last,
                const std::string& type) {
    if (first < 0 || last <= first || last > static_cast<int>(joined.spans.size()))
        return -1;
    const Span span{joined.spans[static_cast<std::size_t>(first)].begin,
                    joined.spans[static_cast<std::size_t>(last - 1)].end};
    for (std::size_t i = 0; i < document.mentions.size(); ++i)
        if (document.mentions[i].span == span)
            return static_cast<int>(i);
    Mention mention;
    mention.span = span;
    mention.type = type;
    document.mentions.push_back(mention);
    return static_cast<int>(document.mentions.size()) - 1;
}

void relate(Document& document, int head, int tail, const std::string& type) {
    if (head < 0 || tail < 0 || head == tail || type.empty())
        return;
    Relation relation;
    relation.head = head;
    relation.tail = tail;
    relation.type = type;
    document.relations.push_back(relation);
}

void forEachLine(const fs::path& path, const std::function<void(const std::string&, int)>& visit) {
    std::istringstream in(readFile(path));
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        visit(line, number);
    }
}

/// Calls visit(json) for every non-empty line; a bad line becomes an issue.
void forEachJsonLine(const fs::path& path, Issues& issues,
                     const std::function<void(const json&)>& visit) {
    forEachLine(path, [&](const std::string& line, int number) {
        if (line.empty())
            return;
        try {
            visit(json::parse(line));
        } catch (const std::exception& fault) {
            issues.push_back({path.string(), "line " + std::to_string(number), fault.what()});
        }
    });
}

void readConll(Builder& builder, const fs::path& path, Issues& issues) {
    std::vector<std::string> tokens, tags;
    const auto flush = [&] {
        if (tokens.empty())
            return;
        const JoinedTokens joined = joinTokens(tokens);
        Document& document = builder.add(joined);
        for (std::size_t i = 0; i < tags.size(); ++i) {
            const bool starts = tags[i].rfind("B-", 0) == 0 ||
                                (tags[i].rfind("I-", 0) == 0 && (i == 0 || tags[i - 1] == "O"));
            if (!starts)
                continue;
            std::size_t last = i + 1;
            while (last < tags.size() && tags[last].rfind("I-", 0) == 0)
                ++last;
            mentionOver(document, joined, static_cast<int>(i), static_cast<int>(last),
                        builder.category(tags[i].substr(2)));
        }
        tokens.clear();
        tags.clear();
    };
    forEachLine(path, [&](const std::string& line, int number) {
        const auto gap = line.find_last_of("\t ");
        if (collapseSpace(line).empty() || line.rfind("-DOCSTART-", 0) == 0)
            return flush();
        if (gap == std::string::npos || gap == 0 || firstInvalidUtf8(line)) {
            issues.push_back(
                {path.string(), "line " + std::to_string(number), "expected token and tag"});
            return;
        }
        tokens.push_back(line.substr(0, line.find_first_of("\t ")));
        tags.push_back(line.substr(gap + 1));
    });
    flush();
}

void readWfbg(Builder& builder, const fs::path& path, Issues& issues) {
    forEachJsonLine(path, issues, [&](const json& in) {
        const JoinedTokens joined = joinTokens(in.at("tokens").get<std::vector<std::string>>());
        Document& document = builder.add(joined);
        for (const json& mention : in.at("mentions")) {
            // The deepest path is the finest type.
            std::string finest;
            for (const json& label : mention.at("labels"))
                if (std::count(label.get_ref<const std::string&>().begin(),
                               label.get_ref<const std::string&>().end(),
                               '/') > std::count(finest.begin(), finest.end(), '/'))
                    finest = label.get<std::string>();
            mentionOver(document, joined, mention.at("start").get<int>(),
                        mention.at("end").get<int>(),
                        builder.category(finest.empty() ? finest : finest.substr(1)));
        }
    });
}

void readFewRel(Builder& builder, const fs::path& path, Issues&) {
    const json all = json::parse(readFile(path));
    for (const auto& relation : all.items())
        for (const json& in : relation.value()) {
            const JoinedTokens joined = joinTokens(in.at("tokens").get<std::vector<std::string>>());
            Document& document = builder.add(joined);
            const auto over = [&](const json& side) {
                const json& positions = side.at(2).at(0);
                return mentionOver(document, joined, positions.front().get<int>(),
                                   positions.back().get<int>() + 1, {});
            };
            const int head = over(in.at("h"));
            const int tail = over(in.at("t"));
            relate(document, head, tail, builder.category(relation.key()));
        }
}

void readFewRelLines(Builder& builder, const fs::path& path, Issues& issues) {
    const auto indices = [](const std::string& text) {
        std::istringstream in(text);
        std::vector<int> out;
        for (int i = 0; in >> i;)
            out.push_back(i);
        return out;
    };
    forEachJsonLine(path, issues, [&](const json& in) {
        std::istringstream words(in.at("text").get<std::string>());
        std::vector<std::string> tokens;
        for (std::string word; words >> word;)
            tokens.push_back(word);
        const JoinedTokens joined = joinTokens(tokens);
        Document& document = builder.add(joined);
        const auto over = [&](const char* key) {
            const auto at = indices(in.at(key).get<std::string>());
            return at.empty() ? -1 : mentionOver(document, joined, at.front(), at.back() + 1, {});
        };
        const int head = over("head_idx");
        const int tail = over("tail_idx");
        relate(document, head, tail, builder.category(in.at("relation").get<std::string>()));
    });
}

void readCrossRe(Builder& builder, const fs::path& path, Issues& issues) {
    forEachJsonLine(path, issues, [&](const json& in) {
        const JoinedTokens joined = joinTokens(in.at("sentence").get<std::vector<std::string>>());
        Document& document = builder.add(joined);
        for (const json& mention : in.at("ner"))
            mentionOver(document, joined, mention.at(0).get<int>(), mention.at(1).get<int>() + 1,
                        {});
        for (const json& relation : in.at("relations")) {
            const int head = mentionOver(document, joined, relation.at(0).get<int>(),
                                         relation.at(1).get<int>() + 1, {});
            const int tail = mentionOver(document, joined, relation.at(2).get<int>(),
                                         relation.at(3).get<int>() + 1, {});
            relate(document, head, tail, builder.category(relation.at(4).get<std::string>()));
        }
    });
}

/// Sentences of a document with the relations whose two entities it names.
void readReDocRed(Builder& builder, const fs::path& path, Issues&) {
    for (const json& in : json::parse(readFile(path))) {
        const auto& sentences = in.at("sents");
        for (std::size_t s = 0; s < sentences.size(); ++s) {
            const JoinedTokens joined = joinTokens(sentences[s].get<std::vector<std::string>>());
            Document document;
            std::map<std::size_t, int> mentionOf; // entity -> its first mention here
            const auto& entities = in.at("vertexSet");
            for (std::size_t e = 0; e < entities.size(); ++e)
                for (const json& mention : entities[e])
                    if (mention.at("sent_id").get<std::size_t>() == s) {
                        const int index =
                            mentionOver(document, joined, mention.at("pos").at(0).get<int>(),
                                        mention.at("pos").at(1).get<int>(), {});
                        if (index >= 0)
                            mentionOf.emplace(e, index);
                    }
            for (const json& label : in.at("labels")) {
                const auto head = mentionOf.find(label.at("h").get<std::size_t>());
                const auto tail = mentionOf.find(label.at("t").get<std::size_t>());
                if (head != mentionOf.end() && tail != mentionOf.end())
                    relate(document, head->second, tail->second,
                           builder.category(label.at("r").get<std::string>()));
            }
            if (document.relations.empty())
                continue;
            Document& added = builder.add(joined);
            added.mentions = std::move(document.mentions);
            added.relations = std::move(document.relations);
        }
    }
}

/// Formats that the program imports anyway.
void readImported(Builder& builder, const fs::path& path, Issues& issues) {
    importFrom(
        path.string(), builder.source.format, {},
        [&](Document document) {
            for (Mention& mention : document.mentions)
                mention.type = builder.category(mention.type);
            for (Relation& relation : document.relations)
                relation.type = builder.category(relation.type);
            std::erase_if(document.relations, [](const Relation& r) { return r.type.empty(); });
            builder.corpus.documents.push_back(std::move(document));
        },
        issues);
}

using Read = void (*)(Builder&, const fs::path&, Issues&);

const std::map<std::string, Read>& readers() {
    static const std::map<std::string, Read> table = {
        {"conll", readConll},     {"wfbg", readWfbg},
        {"fewrel", readFewRel},   {"fewrel-lines", readFewRelLines},
        {"crossre", readCrossRe}, {"redocred", readReDocRed},
        {"jsonl", readImported},  {"mnre", readImported}};
    return table;
}

/// Wikidata property lists: an array of {property, propertyLabel, propertyDescription}.
Labels readLabels(const fs::path& path) {
    Labels out;
    for (const json& item : json::parse(readFile(path))) {
        const auto uri = item.at("property").get<std::string>();
        out[uri.substr(uri.rfind('/') + 1)] = {item.at("propertyLabel").get<std::string>(),
                                               item.value("propertyDescription", "")};
    }
    return out;
}

void collectLabelSets(Builder& builder) {
    std::map<std::string, std::string> described;
    for (const auto& [id, label] : builder.labels)
        described.emplace(label.first, label.second);
    std::set<std::string> entities, relations;
    for (const Document& document : builder.corpus.documents) {
        for (const Mention& mention : document.mentions)
            entities.insert(mention.type);
        for (const Relation& relation : document.relations)
            relations.insert(relation.type);
    }
    const auto fill = [&](CategoryKind kind, std::set<std::string>& names,
                          std::vector<Category>& out) {
        names.erase("");
        for (const std::string& name : names) {
            const auto found = described.find(name);
            out.push_back({kind, name, found == described.end() ? "" : found->second, "", true, 0});
        }
    };
    fill(CategoryKind::Entity, entities, builder.corpus.entities);
    fill(CategoryKind::Relation, relations, builder.corpus.relations);
}

/// Blanks stand before a token unless it closes, and after it unless it opens.
bool glues(const std::string& left, const std::string& right) {
    static const std::set<std::string> closing = {",", ".", ";", ":",  "!",   "?",
                                                  ")", "]", "%", "'s", "n't", "’s"};
    static const std::set<std::string> opening = {"(", "[", "$", "#"};
    return closing.count(right) || opening.count(left);
}

} // namespace

JoinedTokens joinTokens(const std::vector<std::string>& tokens) {
    JoinedTokens out;
    int at = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (i > 0 && !glues(tokens[i - 1], tokens[i])) {
            out.text += ' ';
            ++at;
        }
        const int length = codePointCount(tokens[i]);
        out.text += tokens[i];
        out.spans.push_back({at, at + length});
        at += length;
    }
    return out;
}

Corpus readCorpus(const SourceConfig& source, const fs::path& dataFolder, Issues& issues) {
    const auto reader = readers().find(source.format);
    if (reader == readers().end())
        throw Error({}, "source " + source.name, "unknown format \"" + source.format + "\"");
    Builder builder{source, {}, {}};
    builder.corpus.source = source;
    if (!source.labels.empty())
        builder.labels = readLabels(dataFolder / source.labels);
    for (const std::string& path : source.paths) {
        try {
            reader->second(builder, dataFolder / path, issues);
        } catch (const json::exception& fault) {
            throw Error((dataFolder / path).string(), {}, fault.what());
        }
    }
    collectLabelSets(builder);
    return std::move(builder.corpus);
}

} // namespace hmgrl
