#pragma once

#include <string>
#include <vector>

namespace hmgrl::test {

/// What a program left behind.
struct Ran {
    int code = -1; ///< exit code, -1 when it did not end by itself
    std::string out, error;
};

/// Runs build/.../bin/NAME with arguments and standard input, and waits. `interruptAfter` sends
/// Ctrl-C after so many milliseconds (0: never).
[[nodiscard]] Ran run(const std::string& name, const std::vector<std::string>& arguments,
                      const std::string& input = {}, int interruptAfter = 0);

} // namespace hmgrl::test
