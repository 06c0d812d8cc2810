#pragma once

#include <map>
#include <string>
#include <vector>

namespace hmgrl::test {

/// A reader of PDF files, enough to count and to read what stands on their pages: objects by the
/// table of cross references, packed streams, the text of fonts that have a map to Unicode.
class Pdf {
public:
    explicit Pdf(const std::string& bytes);

    /// What is wrong with header, end, cross references or streams; empty: nothing.
    [[nodiscard]] const std::string& fault() const { return m_fault; }
    [[nodiscard]] std::size_t pages() const;
    [[nodiscard]] double width() const { return mediaBox(2); } ///< points
    [[nodiscard]] double height() const { return mediaBox(3); }
    /// Fills and strokes of the content.
    [[nodiscard]] std::size_t paintOperators() const;
    /// What is shown, a line for each text object.
    [[nodiscard]] std::string text() const;

private:
    struct Object {
        std::string dictionary, stream;
    };
    using CodeMap = std::map<std::string, std::string>; ///< hexadecimal code to UTF-8

    void readReferences(const std::string& bytes);
    void readObject(const std::string& bytes, int number, std::size_t at);
    void unpack(const std::string& bytes, Object& object, std::size_t begin);
    [[nodiscard]] const Object* referred(const std::string& dictionary,
                                         const std::string& key) const;
    [[nodiscard]] std::vector<const Object*> contents() const;
    [[nodiscard]] CodeMap codesOf(const std::string& font) const;
    [[nodiscard]] double mediaBox(int corner) const;

    std::string m_fault;
    std::map<int, Object> m_objects;
};

} // namespace hmgrl::test
