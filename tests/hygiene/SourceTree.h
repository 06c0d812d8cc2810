#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace hmgrl::hygiene {

/// One #include line.
struct Include {
    std::string name; ///< what stands between the brackets or quotes
    bool system = false;
};

/// The include lines of a source text, in order; those in comments don't count.
[[nodiscard]] std::vector<Include> includesOf(const std::string& text);

/// The rooms that hmgrl_room(NAME DEPENDS ...) names in a CMake file.
[[nodiscard]] std::set<std::string> dependsOf(const std::string& cmake);

/// The C++ files below a root, by their path relative to it, and what each includes.
class SourceTree {
public:
    struct File {
        std::size_t lines = 0;
        std::vector<Include> includes;
    };

    /// Reads every .h and .cpp of the given folders.
    SourceTree(std::filesystem::path root, const std::vector<std::string>& folders);

    [[nodiscard]] const std::map<std::string, File>& files() const { return m_files; }

    /// The files below `folder` that include a system header starting with one of `prefixes`, each
    /// as "file includes <header>". With `through`, headers of this tree are followed, and the line
    /// names the header of the tree that brings it in.
    [[nodiscard]] std::vector<std::string> offenders(const std::string& folder,
                                                     const std::vector<std::string>& prefixes,
                                                     bool through = false) const;

private:
    [[nodiscard]] std::vector<std::string> reachedFrom(const std::string& path) const;
    [[nodiscard]] std::string resolve(const std::string& name) const;

    std::map<std::string, File> m_files;
};

} // namespace hmgrl::hygiene
