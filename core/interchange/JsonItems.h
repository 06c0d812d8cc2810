#pragma once

#include <functional>
#include <string_view>

namespace hmgrl {

/// Calls visit(text of one item, its number from 1) for each item of a JSON list of objects or
/// lists, of values that follow each other (JSON lines), or for the one value there is. The text is
/// split by brackets alone, so an item that is broken inside doesn't cost the others. A list
/// without its end is told by a last, empty item.
void forEachJsonItem(std::string_view text,
                     const std::function<void(std::string_view, long long)>& visit);

} // namespace hmgrl
