#include "interchange/Formats.h"
#include "interchange/ImageRefs.h"
#include "interchange/ImageStore.h"
#include "interchange/JsonItems.h"
#include "interchange/JsonText.h"
#include "interchange/Lines.h"
#include "interchange/Urls.h"
#include "support/Files.h"
#include "support/Text.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <set>

namespace hmgrl {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

constexpr std::uint64_t maxWholeFile = 1ULL << 30; ///< the file is held in memory
using NameList = std::initializer_list<const char*>;

/// A mention as an item gives it; what is missing is found in the text.
struct RawMention {
    std::string name;
    std::vector<std::string> types;
    std::optional<Span> span;
    bool inTokens = false;
    std::string left;
    std::string link;
};

/// One item of either layout in the same terms.
struct RawItem {
    std::string id;
    std::string text;
    std::vector<Span> tokens; ///< when the text came as words
    std::string image;
    std::string topic;
    std::string url;
    std::vector<RawMention> mentions;
    json extra = json::object();
};

/// First field among `names` that is there, marked as known.
const json* pick(const json& object, NameList names, std::set<std::string>& known) {
    for (const char* name : names) {
        const auto found = object.find(name);
        if (found != object.end() && !found->is_null()) {
            known.insert(name);
            return &*found;
        }
    }
    return nullptr;
}

std::string textOf(const json& value, const char* what) {
    return value.is_null() ? std::string() : textField(json{{what, value}}, what);
}

/// A name that some sets write as a number.
std::string nameOf(const json& value, const char* what) {
    return value.is_number_integer() ? value.dump() : textOf(value, what);
}

/// Text, or a list of words joined by blanks; `tokens` gets where the words stand.
std::string joined(const json& value, const char* what, std::vector<Span>* tokens = nullptr) {
    if (!value.is_array())
        return textOf(value, what);
    std::string text;
    int at = 0;
    bool first = true;
    for (const json& item : value) {
        const std::string word = textOf(item, what);
        const int length = codePointCount(word);
        text += (first ? "" : " ") + word;
        if (tokens)
            tokens->push_back({at, at + length});
        at += length + 1;
        first = false;
    }
    return text;
}

std::vector<std::string> typesOf(const json& value) {
    std::vector<std::string> out;
    for (const json& item : value.is_array() ? value : json::array({value}))
        if (const std::string type = nameOf(item, "type"); !type.empty())
            out.push_back(type);
    return out;
}

/// [mention, type, begin, end, link]
RawMention mentionFromList(const json& list) {
    if (!list.is_array() || list.empty() || !list[0].is_string())
        throw Error("expected [mention, type, begin, end, link] or an object");
    RawMention out;
    out.name = textOf(list[0], "mention");
    if (list.size() > 1)
        out.types = typesOf(list[1]);
    if (list.size() > 3 && !list[2].is_null())
        out.span = Span{integer(list[2], "begin"), integer(list[3], "end")};
    if (list.size() > 4)
        out.link = textOf(list[4], "link");
    return out;
}

RawMention mentionFromObject(const json& object, std::set<std::string>& known) {
    RawMention out;
    if (const json* name = pick(object, {"mention", "mention_span", "name", "text", "word"}, known))
        out.name = joined(*name, "mention");
    if (const json* type =
            pick(object, {"type", "types", "label", "labels", "entity_type", "y_str"}, known))
        out.types = typesOf(*type);
    if (const json* link =
            pick(object, {"entity_url", "link", "wiki", "wikipedia", "entity"}, known))
        out.link = textOf(*link, "link");
    if (const json* left = pick(object, {"left", "left_context", "left_context_token"}, known))
        out.left = joined(*left, "left");
    const json* begin = pick(object, {"begin", "start"}, known);
    const json* end = pick(object, {"end"}, known);
    if (begin && end)
        out.span = Span{integer(*begin, "begin"), integer(*end, "end")};
    const json* position = pick(object, {"pos"}, known);
    if (position && position->is_array() && position->size() == 2)
        out.span = Span{integer((*position)[0], "pos"), integer((*position)[1], "pos")};
    return out;
}

std::string joinContext(const std::string& left, const std::string& mention,
                        const std::string& right) {
    std::string out = left;
    for (const std::string* part : {&mention, &right})
        if (!part->empty())
            out += (out.empty() || out.back() == ' ' || part->front() == ' ' ? "" : " ") + *part;
    return out;
}

void readMentionList(RawItem& item, const json& list, bool tokenOffsets, Issues& faults) {
    if (!list.is_array())
        throw Error("expected a list of mentions, found " + kindOf(list));
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string what = "mention " + std::to_string(i);
        try {
            std::set<std::string> known = {"mention_id", "id"};
            item.mentions.push_back(list[i].is_object() ? mentionFromObject(list[i], known)
                                                        : mentionFromList(list[i]));
            item.mentions.back().inTokens = tokenOffsets;
            if (list[i].is_object())
                for (const auto& field : list[i].items())
                    if (!known.contains(field.key()))
                        faults.push_back(
                            {{}, {}, what + ": unknown field \"" + field.key() + "\" is not kept"});
        } catch (const Error& error) {
            faults.push_back({{}, {}, what + " left out: " + error.issue().reason});
        }
    }
}

/// [sentence, image, topic, [mention...]] or [sentence, image, mention, link, left, right, type]
RawItem itemFromList(const json& list, Issues& faults) {
    RawItem item;
    const auto at = [&](std::size_t i) { return i < list.size() ? list[i] : json(); };
    item.text = textOf(at(0), "sentence");
    item.image = textOf(at(1), "image");
    if (list.size() <= 3 || list[3].is_array()) {
        item.topic = textOf(at(2), "topic");
        if (list.size() > 3)
            readMentionList(item, list[3], false, faults);
        if (list.size() > 4)
            item.extra["more"] = json(list.begin() + 4, list.end());
        return item;
    }
    RawMention mention;
    mention.name = textOf(at(2), "mention");
    mention.link = textOf(at(3), "link");
    if (at(4).is_number() && at(5).is_number()) {
        mention.span = Span{integer(at(4), "begin"), integer(at(5), "end")};
    } else {
        mention.left = joined(at(4), "left");
        if (item.text.empty())
            item.text = joinContext(mention.left, mention.name, joined(at(5), "right"));
    }
    mention.types = typesOf(at(6));
    item.mentions.push_back(std::move(mention));
    if (list.size() > 7)
        item.extra["more"] = json(list.begin() + 7, list.end());
    return item;
}

RawItem itemFromObject(const json& object, Issues& faults) {
    RawItem item;
    std::set<std::string> known;
    const auto take = [&](NameList names, const char* what) {
        const json* found = pick(object, names, known);
        return found ? textOf(*found, what) : std::string();
    };
    const json* words = pick(object, {"tokens", "token", "words"}, known);
    if (words)
        item.text = joined(*words, "tokens", &item.tokens);
    if (item.text.empty())
        item.text = take({"sentence", "text", "caption", "context"}, "sentence");
    if (const json* id = pick(object, {"id", "annot_id"}, known))
        item.id = nameOf(*id, "id");
    item.image =
        take({"image", "image_url", "image_path", "img", "img_id", "img_path", "imgPath"}, "image");
    item.topic = take({"topic"}, "topic");
    item.url = take({"url"}, "url");
    if (const json* list = pick(object, {"mentions", "entities", "annotations"}, known)) {
        readMentionList(item, *list, !item.tokens.empty(), faults);
    } else if (object.contains("mention") || object.contains("mention_span")) {
        item.mentions.push_back(mentionFromObject(object, known));
        const json* right = pick(object, {"right", "right_context", "right_context_token"}, known);
        RawMention& mention = item.mentions.back();
        mention.inTokens = !item.tokens.empty();
        if (item.text.empty())
            item.text = joinContext(mention.left, mention.name,
                                    right ? joined(*right, "right") : std::string());
    }
    for (const auto& field : object.items())
        if (!known.contains(field.key()))
            item.extra[field.key()] = field.value();
    return item;
}

/// The most specific of an item's types: the longest path, the first among equals.
std::string mostSpecific(const std::vector<std::string>& types) {
    const auto steps = [](const std::string& type) {
        return std::count(type.begin(), type.end(), '/');
    };
    const auto best =
        std::max_element(types.begin(), types.end(),
                         [&](const auto& a, const auto& b) { return steps(a) < steps(b); });
    return best == types.end() ? std::string() : *best;
}

bool isPathOf(const std::string& type, const std::string& deeper) {
    return deeper == type || deeper.starts_with(type + "/");
}

/// Finds where a mention stands, from its offsets, the words before it, or its only occurrence.
class Locator {
public:
    explicit Locator(const RawItem& item)
        : m_item(item)
        , m_points(decodeUtf8(item.text)) {}

    /// `doubt` gets a sentence when the offsets aren't the item's own. @throws Error when nowhere
    [[nodiscard]] Span find(const RawMention& mention, std::string& doubt) const {
        const std::u32string name = decodeUtf8(mention.name);
        if (mention.span) {
            const Span span = mention.inTokens ? tokenSpan(*mention.span) : checked(*mention.span);
            if (name.empty() ||
                m_points.substr(index(span.begin), index(span.end - span.begin)) == name)
                return span;
            doubt = "at " + std::to_string(span.begin) + ".." + std::to_string(span.end) +
                    " stands \"" + substring(m_item.text, span.begin, span.end) + "\"";
        }
        if (name.empty())
            throw Error("expected a mention's text or its offsets, found neither");
        return search(mention, name, doubt);
    }

private:
    static std::size_t index(int offset) { return static_cast<std::size_t>(offset); }

    [[nodiscard]] Span checked(Span span) const {
        const int length = static_cast<int>(m_points.size());
        if (span.begin < 0 || span.end > length || span.begin >= span.end)
            throw Error("expected 0 <= begin < end <= " + std::to_string(length) + ", found " +
                        std::to_string(span.begin) + ".." + std::to_string(span.end));
        return span;
    }

    [[nodiscard]] Span tokenSpan(Span words) const {
        const int count = static_cast<int>(m_item.tokens.size());
        if (words.begin < 0 || words.end > count || words.begin >= words.end)
            throw Error("expected 0 <= begin < end <= " + std::to_string(count) + " words, found " +
                        std::to_string(words.begin) + ".." + std::to_string(words.end));
        return checked(
            {m_item.tokens[index(words.begin)].begin, m_item.tokens[index(words.end - 1)].end});
    }

    [[nodiscard]] Span search(const RawMention& mention, const std::u32string& name,
                              std::string& doubt) const {
        const std::u32string left = decodeUtf8(mention.left);
        std::size_t from = 0;
        const bool afterLeft = !left.empty() && m_points.starts_with(left);
        if (afterLeft)
            from = left.size();
        const auto at = m_points.find(name, from);
        if (at == std::u32string::npos)
            throw Error("\"" + mention.name + "\" isn't in the text" +
                        (doubt.empty() ? "" : ", " + doubt));
        const bool again = !afterLeft && m_points.find(name, at + 1) != std::u32string::npos;
        if (!doubt.empty() && again)
            throw Error("\"" + mention.name + "\" stands more than once, " + doubt);
        if (!doubt.empty())
            doubt += "; \"" + mention.name + "\" was taken where it does stand";
        else if (again)
            doubt = "\"" + mention.name + "\" stands more than once; the first was taken";
        return {static_cast<int>(at), static_cast<int>(at + name.size())};
    }

    const RawItem& m_item;
    std::u32string m_points;
};

/// WikiDiverse's lists and the objects of multimodal entity typing sets; the differences between
/// the sets lie in itemFromList and itemFromObject alone.
class MetReader {
public:
    MetReader(const std::string& source, const ImportOptions& options, Issues& issues,
              const CancelToken& cancel)
        : m_source(source)
        , m_options(options)
        , m_issues(issues)
        , m_fetcher(options, cancel)
        , m_store(options, m_fetcher) {}

    [[nodiscard]] Document read(std::string_view text, long long number) {
        const std::string place = "item " + std::to_string(number);
        if (text.empty())
            throw Error("expected ']' after the last item, found the end of the file");
        const json value = parseJson(text);
        if (!value.is_array() && !value.is_object())
            throw Error("expected an object or a list, found " + kindOf(value));
        Issues faults;
        RawItem item =
            value.is_array() ? itemFromList(value, faults) : itemFromObject(value, faults);
        if (item.text.empty() && item.image.empty())
            throw Error("expected a sentence or an image, found neither");
        for (const Issue& fault : faults)
            m_issues.push_back({m_source, place, fault.reason});
        Document document;
        document.key = item.id.empty() ? lineKey(m_source, number) : item.id;
        document.text = item.text;
        document.topic = item.topic;
        document.url = item.url;
        placeMentions(document, item, place);
        document.extra = item.extra.empty() ? std::string() : item.extra.dump();
        takeImage(document, item.image, place);
        return document;
    }

    void finish() {
        if (m_notLoaded > 0)
            m_issues.push_back({m_source,
                                {},
                                std::to_string(m_notLoaded) +
                                    " images are web addresses and were not loaded; name "
                                    "an image folder or a folder for downloads"});
    }

private:
    void placeMentions(Document& document, RawItem& item, const std::string& place) {
        const Locator locator(item);
        json links = json::array();
        json types = json::array();
        bool anyLink = false;
        bool manyTypes = false;
        for (std::size_t i = 0; i < item.mentions.size(); ++i) {
            const RawMention& raw = item.mentions[i];
            const std::string what = "mention " + std::to_string(i);
            Mention mention;
            std::string doubt;
            try {
                mention.span = locator.find(raw, doubt);
            } catch (const Error& error) {
                m_issues.push_back({m_source, place, what + " left out: " + error.issue().reason});
                continue;
            }
            if (!doubt.empty())
                m_issues.push_back({m_source, place, what + ": " + doubt});
            mention.type = mostSpecific(raw.types);
            document.mentions.push_back(mention);
            links.push_back(raw.link);
            types.push_back(raw.types);
            anyLink = anyLink || !raw.link.empty();
            for (const std::string& type : raw.types)
                manyTypes = manyTypes || !isPathOf(type, mention.type);
        }
        if (anyLink)
            item.extra["mention_links"] = std::move(links);
        if (manyTypes)
            item.extra["mention_types"] = std::move(types);
    }

    void takeImage(Document& document, const std::string& image, const std::string& place) {
        if (!isWebAddress(image)) {
            const fs::path& named = m_options.imageFolder;
            attachImage(document, image, named.empty() ? folderOf(m_source) : named, m_source,
                        place, m_issues);
            return;
        }
        document.imageRef = image;
        if (!m_options.imageFolder.empty()) {
            const std::string path = localPathOf(image);
            attachImage(document, path.substr(path.rfind('/') + 1), m_options.imageFolder, m_source,
                        place, m_issues);
            document.imageRef = image;
        } else if (m_store.hasFolder()) {
            download(document, place);
        } else {
            ++m_notLoaded;
        }
    }

    void download(Document& document, const std::string& place) {
        try {
            document.imagePath = m_store.fetch(document.imageRef).value_or(std::string());
            if (document.imagePath.empty())
                throw Error("expected an image, found a tracking pixel");
        } catch (const Error& error) {
            m_issues.push_back(
                {m_source, place,
                 "image not loaded: " + document.imageRef + ": " + error.issue().reason});
        }
    }

    const std::string& m_source;
    const ImportOptions& m_options;
    Issues& m_issues;
    Fetcher m_fetcher;
    ImageStore m_store;
    int m_notLoaded = 0;
};

class MetImporter : public Importer {
public:
    [[nodiscard]] std::string name() const override { return "met"; }
    [[nodiscard]] std::string description() const override {
        return "MET and WikiDiverse JSON: sentence, image and mentions with their types";
    }

    [[nodiscard]] double recognise(const std::string& source,
                                   std::string_view head) const override {
        const auto first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
        if (first == std::string_view::npos)
            return 0;
        const bool byName = lowerExtension(source) == ".json";
        if (head[first] == '[')
            return byName ? 0.8 : 0.5;
        if (head[first] != '{')
            return 0;
        for (const char* field :
             {"\"sentence\"", "\"tokens\"", "\"mention\"", "\"left_context_token\""})
            if (head.find(field) != std::string_view::npos)
                return byName ? 0.8 : 0.55;
        return 0;
    }

    void import(const std::string& source, const ImportOptions& options, const DocumentSink& sink,
                Issues& issues, const CancelToken& cancel,
                const ProgressSink& progress) const override {
        std::string text = readFile(source, std::min(options.maxFileBytes, maxWholeFile));
        if (text.starts_with("\xEF\xBB\xBF"))
            text.erase(0, 3);
        MetReader reader(source, options, issues, cancel);
        forEachJsonItem(text, [&](std::string_view item, long long number) {
            cancel.throwIfCancelled();
            try {
                sink(reader.read(item, number));
            } catch (const Error& error) {
                addIssue(error, source, "item " + std::to_string(number), issues);
            }
            if (progress && number % 64 == 0)
                progress({"Importing",
                          static_cast<double>(item.data() - text.data()),
                          static_cast<double>(text.size()),
                          {}});
        });
        reader.finish();
    }
};

} // namespace

std::unique_ptr<Importer> makeMetImporter() {
    return std::make_unique<MetImporter>();
}

} // namespace hmgrl
