#include "interchange/Formats.h"
#include "interchange/ImageRefs.h"
#include "interchange/JsonText.h"
#include "interchange/Lines.h"
#include "interchange/PythonLiteral.h"
#include "support/Text.h"

#include <set>

namespace hmgrl {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

/// Tokens joined by blanks, and where each begins and ends in code points.
struct Sentence {
    std::string text;
    std::vector<Span> tokens;
};

Sentence joinTokens(const json& line) {
    const auto tokens = line.find("token");
    if (tokens == line.end() || !tokens->is_array() || tokens->empty())
        throw Error("expected a list of words in 'token'");
    Sentence out;
    int at = 0;
    for (const json& item : *tokens) {
        if (!item.is_string())
            throw Error("expected words in 'token', found " + kindOf(item));
        const auto& word = item.get_ref<const std::string&>();
        if (word.find('\0') != std::string::npos)
            throw Error("expected words in 'token', found a NUL");
        const int length = codePointCount(word);
        out.tokens.push_back({at, at + length});
        out.text += (out.tokens.size() > 1 ? " " : "") + word;
        at += length + 1;
    }
    return out;
}

/// The mention at 'h' or 't'.
Mention readArgument(const json& line, const char* name, const Sentence& sentence) {
    const auto argument = line.find(name);
    if (argument == line.end() || !argument->is_object())
        throw Error("expected a dict with 'name' and 'pos' in '" + std::string(name) + "'");
    const auto position = argument->find("pos");
    if (position == argument->end() || !position->is_array() || position->size() != 2)
        throw Error("expected two numbers in 'pos' of '" + std::string(name) + "'");
    const int begin = integer((*position)[0], "pos");
    const int end = integer((*position)[1], "pos");
    const int count = static_cast<int>(sentence.tokens.size());
    if (begin < 0 || end > count || begin >= end)
        throw Error("expected 0 <= begin < end <= " + std::to_string(count) + " in 'pos' of '" +
                    name + "', found " + std::to_string(begin) + ".." + std::to_string(end));
    Mention mention;
    mention.span = {sentence.tokens[static_cast<std::size_t>(begin)].begin,
                    sentence.tokens[static_cast<std::size_t>(end) - 1].end};
    if (mention.span.begin >= mention.span.end)
        throw Error("the words of '" + std::string(name) + "' are empty");
    return mention;
}

/// The name is given twice, as text and by its words; the words count.
void compareName(const json& line, const char* name, const Document& document,
                 const Mention& mention, const Issue& where, Issues& issues) {
    const std::string given = textField(line[name], "name");
    const std::string words = substring(document.text, mention.span.begin, mention.span.end);
    if (!given.empty() && given != words)
        issues.push_back({where.file, where.place,
                          "'name' of '" + std::string(name) + "' is \"" + given +
                              "\", its words are \"" + words + "\"; the words are taken"});
}

std::string unknownFields(const json& line) {
    static const std::set<std::string> known = {"token", "h", "t", "img_id", "relation"};
    json extra = json::object();
    for (const auto& field : line.items())
        if (!known.contains(field.key()))
            extra[field.key()] = field.value();
    return extra.empty() ? std::string() : extra.dump();
}

/// The lines name pictures that come apart from them, so only a folder that was given must hold
/// them.
void findImage(Document& document, const std::string& image, const ImportOptions& options,
               const Issue& where, Issues& issues) {
    if (!options.imageFolder.empty()) {
        attachImage(document, image, options.imageFolder, where.file, where.place, issues);
        return;
    }
    Issues ignored;
    attachImage(document, image, folderOf(where.file), where.file, where.place, ignored);
}

Document readLine(const std::string& line, const ImportOptions& options, const Issue& where,
                  Issues& issues) {
    const json fields = parsePythonLiteral(line);
    if (!fields.is_object())
        throw Error("expected a dict, found " + kindOf(fields));
    const Sentence sentence = joinTokens(fields);
    Document document;
    document.text = sentence.text;
    document.extra = unknownFields(fields);
    for (const char* name : {"h", "t"}) {
        document.mentions.push_back(readArgument(fields, name, sentence));
        compareName(fields, name, document, document.mentions.back(), where, issues);
    }
    const std::string type = textField(fields, "relation");
    if (!type.empty() && type != "None") {
        Relation relation;
        relation.head = 0;
        relation.tail = 1;
        relation.type = type;
        document.relations.push_back(relation);
    }
    findImage(document, textField(fields, "img_id"), options, where, issues);
    return document;
}

/// One document a line: "token", "h" and "t" ("name", "pos" in words), "img_id", "relation". The
/// first mention is the head, the second the tail; the relation "None" is no relation.
class MnreImporter : public Importer {
public:
    [[nodiscard]] std::string name() const override { return "mnre"; }
    [[nodiscard]] std::string description() const override {
        return "MNRE lines: Python literals with token, h, t, img_id, relation";
    }

    [[nodiscard]] double recognise(const std::string&, std::string_view head) const override {
        const auto first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
        if (first == std::string_view::npos || head[first] != '{')
            return 0;
        return head.find("'token'") != std::string_view::npos ? 0.95 : 0;
    }

    void import(const std::string& source, const ImportOptions& options, const DocumentSink& sink,
                Issues& issues, const CancelToken& cancel,
                const ProgressSink& progress) const override {
        forEachLine(source, options, issues, cancel, progress,
                    [&](const std::string& line, long long number) {
                        const Issue where{source, linePlace(number), {}};
                        Document document = readLine(line, options, where, issues);
                        document.key = lineKey(source, number);
                        sink(std::move(document));
                    });
    }
};

} // namespace

std::unique_ptr<Importer> makeMnreImporter() {
    return std::make_unique<MnreImporter>();
}

} // namespace hmgrl
