#include "interchange/JsonItems.h"

#include <algorithm>

namespace hmgrl {
namespace {

constexpr std::string_view blanks = " \t\r\n";

/// End of the value that begins at `from`: behind its closing bracket, or before the next
/// separator.
std::size_t endOfValue(std::string_view text, std::size_t from) {
    int depth = 0;
    bool inString = false;
    for (std::size_t i = from; i < text.size(); ++i) {
        const char c = text[i];
        if (inString && c == '\\')
            ++i;
        else if (c == '"')
            inString = !inString;
        else if (inString)
            continue;
        else if (c == '[' || c == '{')
            ++depth;
        else if ((c == ']' || c == '}') && --depth <= 0)
            return depth < 0 ? i : i + 1;
        else if (depth == 0 && (c == ',' || blanks.find(c) != std::string_view::npos))
            return i;
    }
    return text.size();
}

/// Behind the opening bracket of a list whose items are objects or lists.
std::size_t beginOfItems(std::string_view text, std::size_t from) {
    if (text[from] != '[')
        return from;
    const auto inner = text.find_first_not_of(blanks, from + 1);
    const bool items = inner != std::string_view::npos &&
                       (text[inner] == '[' || text[inner] == '{' || text[inner] == ']');
    return items ? from + 1 : from;
}

} // namespace

void forEachJsonItem(std::string_view text,
                     const std::function<void(std::string_view, long long)>& visit) {
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return;
    auto at = beginOfItems(text, first);
    const bool inList = at != first;
    long long number = 0;
    while ((at = text.find_first_not_of(inList ? " \t\r\n," : blanks, at)) !=
           std::string_view::npos) {
        if (inList && text[at] == ']') {
            at = text.find_first_not_of(blanks, at + 1);
            if (at != std::string_view::npos)
                visit(text.substr(at), number + 1);
            return;
        }
        const std::size_t end = std::max(endOfValue(text, at), at + 1);
        visit(text.substr(at, end - at), ++number);
        at = end;
    }
    if (inList)
        visit({}, number + 1);
}

} // namespace hmgrl
