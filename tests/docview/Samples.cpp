#include "docview/Samples.h"

#include "support/Text.h"

#include <stdexcept>

namespace hmgrl::test {

std::vector<Category> categories() {
    std::vector<Category> out;
    const auto add = [&](CategoryKind kind, const char* name, const char* parent, bool seen,
                         const char* description) {
        out.push_back({kind, name, description, parent, seen, paletteColour(out.size())});
    };
    using enum CategoryKind;
    add(Entity, "person", "", true, "A human being, named");
    add(Entity, "location", "", true, "A place on Earth");
    add(Entity, "organization", "", true, "A group of people acting together under a name");
    add(Entity, "event", "", true, "Something that happened at a time and place");
    add(Entity, "work", "", true, "A work of art, science or craft");
    add(Entity, "building", "", true, "A built structure");
    add(Entity, "location/city", "location", true, "A large settlement");
    add(Entity, "location/country", "location", true, "A state");
    add(Entity, "person/scientist", "person", false, "A person who does research");
    add(Entity, "person/military_leader", "person", false, "A commander of armed forces");
    add(Entity, "work/invention", "work", false, "A machine or method thought up by somebody");
    add(Entity, "animal", "", false, "A living animal or a species");
    add(Relation, "located_in", "", true, "The head lies in the tail");
    add(Relation, "works_with", "", true, "Two people work together");
    add(Relation, "designed_by", "", true, "The head was designed by the tail");
    add(Relation, "member_of", "", true, "The head belongs to the tail");
    add(Relation, "born_in", "", false, "The head was born in the tail");
    add(Relation, "depicts", "", false, "The head shows the tail");
    return out;
}

Span spanOf(const std::string& text, const std::string& words, int nth) {
    std::size_t at = text.find(words);
    while (nth-- > 0 && at != std::string::npos)
        at = text.find(words, at + 1);
    if (at == std::string::npos)
        throw std::invalid_argument("\"" + words + "\" is not in the text");
    const int begin = codePointCount(std::string_view(text).substr(0, at));
    return {begin, begin + codePointCount(words)};
}

DocumentBuilder::DocumentBuilder(std::string text) {
    m_content.document.id = 1;
    m_content.document.key = "sample-1";
    m_content.document.text = std::move(text);
}

DocumentBuilder& DocumentBuilder::mention(const std::string& words, const std::string& type,
                                          Status status, double score, int nth) {
    Mention m;
    m.id = static_cast<std::int64_t>(m_content.document.mentions.size()) + 1;
    m.span = spanOf(m_content.document.text, words, nth);
    m.type = type;
    m.status = status;
    m.score = score;
    m.candidates = {{type, score, 1.2},
                    {"organization", (1 - score) * 0.6, 2.1},
                    {"event", (1 - score) * 0.2, 2.9}};
    m_content.document.mentions.push_back(m);
    return *this;
}

DocumentBuilder& DocumentBuilder::relation(int head, int tail, const std::string& type,
                                           Status status, double score) {
    Relation r;
    r.id = static_cast<std::int64_t>(m_content.document.relations.size()) + 101;
    r.head = head;
    r.tail = tail;
    r.type = type;
    r.status = status;
    r.score = score;
    m_content.document.relations.push_back(r);
    return *this;
}

DocumentContent lovelace() {
    DocumentBuilder builder(
        "Ada Lovelace worked with Charles Babbage on the Analytical Engine in London.");
    return builder.mention("Ada Lovelace", "person/scientist")
        .mention("Charles Babbage", "person/scientist", Status::Suggested, 0.91)
        .mention("Analytical Engine", "work/invention", Status::Suggested, 0.64)
        .mention("London", "location/city")
        .relation(0, 1, "works_with")
        .relation(2, 1, "designed_by", Status::Suggested, 0.71)
        .build();
}

DocumentContent wrapped() {
    DocumentBuilder builder("The Eiffel Tower seen from the Trocadéro in Paris, the capital of "
                            "France, on the opening day of the "
                            "World's Fair of 1889. The engineer Gustave Eiffel, born in Dijon, had "
                            "it built by his company, "
                            "Compagnie des Établissements Eiffel, after drawings by Maurice "
                            "Koechlin and Émile Nouguier. Thomas "
                            "Edison climbed the tower that summer and signed the guest book, which "
                            "the Musée d'Orsay keeps.");
    DocumentContent content =
        builder.mention("Eiffel Tower", "building")
            .mention("Trocadéro", "location")
            .mention("Paris", "location/city")
            .mention("France", "location/country")
            .mention("World's Fair of 1889", "event", Status::Suggested, 0.83)
            .mention("Gustave Eiffel", "person")
            .mention("Dijon", "location/city")
            .mention("Compagnie des Établissements Eiffel", "organization", Status::Suggested, 0.77)
            .mention("Maurice Koechlin", "person/scientist", Status::Suggested, 0.58)
            .mention("Émile Nouguier", "person/scientist", Status::Suggested, 0.55)
            .mention("Thomas Edison", "person")
            .mention("Musée d'Orsay", "building", Status::Suggested, 0.47)
            .relation(0, 2, "located_in")
            .relation(2, 3, "located_in")
            .relation(1, 2, "located_in")
            .relation(5, 6, "born_in")
            .relation(0, 8, "designed_by", Status::Suggested, 0.66)
            .relation(0, 5, "designed_by")
            .relation(5, 7, "member_of", Status::Suggested, 0.81)
            .build();
    content.document.topic = "architecture";
    content.document.url = "https://example.org/eiffel?lang=en";
    content.extracted = content.truncated = true;
    return content;
}

DocumentContent nested() {
    DocumentBuilder builder(
        "The University of California, Berkeley Library and the Bank of England Museum in "
        "the City of London lent works to the New York Public Library.");
    return builder.mention("University of California, Berkeley Library", "building")
        .mention("University of California, Berkeley", "organization")
        .mention("California", "location")
        .mention("Berkeley", "location/city", Status::Suggested, 0.72)
        .mention("Bank of England Museum", "building", Status::Suggested, 0.69)
        .mention("Bank of England", "organization")
        .mention("England", "location/country")
        .mention("City of London", "location/city")
        .mention("London", "location/city", Status::Rejected)
        .mention("New York Public Library", "organization")
        .mention("New York", "location/city", Status::Suggested, 0.93)
        .relation(4, 7, "located_in")
        .relation(1, 3, "located_in", Status::Suggested, 0.6)
        .build();
}

DocumentContent manyScripts() {
    DocumentBuilder builder("👩‍🔬 Marie Curie 🇵🇱 met Jose\u0301 in Zu\u0308rich. "
                            "ولد نجيب محفوظ في القاهرة عام 1911 وعاش في مصر. "
                            "שמעון פרס נולד בווישנייבה. 東京タワーは日本にある。");
    return builder.mention("Marie Curie", "person/scientist")
        .mention("Jose\u0301", "person", Status::Suggested, 0.5)
        .mention("Zu\u0308rich", "location/city")
        .mention("نجيب محفوظ", "person")
        .mention("القاهرة", "location/city")
        .mention("שמעון פרס", "person", Status::Suggested, 0.88)
        .mention("東京タワー", "building")
        .mention("日本", "location/country")
        .relation(3, 4, "born_in")
        .relation(6, 7, "located_in")
        .build();
}

} // namespace hmgrl::test
