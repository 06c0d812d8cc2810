#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace hmgrl {

/// One bad input among others: where it stands and what is wrong with it. Importers and the engine
/// collect these and go on; the program lists them and exits with 1.
struct Issue {
    std::string file;   ///< path or URL as the user gave it
    std::string place;  ///< "line 12", "tensor text.embeddings", "" when the whole file is meant
    std::string reason; ///< what was expected and what was found, one sentence

    /// "file: place: reason", leaving out what is empty.
    [[nodiscard]] std::string text() const;

    friend bool operator==(const Issue&, const Issue&) = default;
};

using Issues = std::vector<Issue>;

/// The one exception type of the core: something asked for cannot be done. what() is Issue::text().
class Error : public std::runtime_error {
public:
    explicit Error(const std::string& reason);
    Error(std::string file, std::string place, std::string reason);

    [[nodiscard]] const Issue& issue() const { return m_issue; }

private:
    Issue m_issue;
};

/// Thrown by long work when its CancelToken was raised; never shown as an error.
class Cancelled : public std::runtime_error {
public:
    Cancelled()
        : std::runtime_error("cancelled") {}
};

} // namespace hmgrl
