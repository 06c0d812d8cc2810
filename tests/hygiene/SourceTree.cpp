#include "hygiene/SourceTree.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace hmgrl::hygiene {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool isSource(const fs::path& path) {
    return path.extension() == ".h" || path.extension() == ".cpp";
}

bool startsWithAny(const std::string& name, const std::vector<std::string>& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const std::string& prefix) { return name.starts_with(prefix); });
}

} // namespace

std::vector<Include> includesOf(const std::string& text) {
    static const std::regex line(R"re(^\s*#\s*include\s*(?:<([^>]+)>|"([^"]+)"))re");
    std::vector<Include> out;
    std::istringstream in(text);
    for (std::string each; std::getline(in, each);) {
        std::smatch match;
        // A regular expression on every line of the tree would take seconds.
        if (each.find("include") == std::string::npos || !std::regex_search(each, match, line))
            continue;
        const bool system = match[1].matched;
        out.push_back({match[system ? 1 : 2].str(), system});
    }
    return out;
}

std::set<std::string> dependsOf(const std::string& cmake) {
    static const std::regex call(R"(hmgrl_room\(\s*\w+([^)]*)\))");
    std::set<std::string> out;
    std::smatch match;
    if (!std::regex_search(cmake, match, call))
        return out;
    std::istringstream words(match[1].str());
    bool listed = false;
    for (std::string word; words >> word;) {
        if (word == "DEPENDS" || word == "PUBLIC" || word == "PRIVATE")
            listed = word == "DEPENDS";
        else if (listed)
            out.insert(word);
    }
    return out;
}

SourceTree::SourceTree(fs::path root, const std::vector<std::string>& folders) {
    for (const std::string& folder : folders) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            if (!entry.is_regular_file() || !isSource(entry.path()))
                continue;
            const std::string text = contents(entry.path());
            const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
            m_files[fs::relative(entry.path(), root).generic_string()] = {lines, includesOf(text)};
        }
    }
}

std::string SourceTree::resolve(const std::string& name) const {
    for (const char* base : {"core/", "widgets/", "app/"})
        if (m_files.contains(base + name))
            return base + name;
    return {};
}

std::vector<std::string> SourceTree::reachedFrom(const std::string& path) const {
    std::vector<std::string> out{path};
    std::set<std::string> seen{path};
    for (std::size_t i = 0; i < out.size(); ++i) {
        for (const Include& include : m_files.at(out[i]).includes) {
            const std::string next = include.system ? std::string() : resolve(include.name);
            if (!next.empty() && seen.insert(next).second)
                out.push_back(next);
        }
    }
    return out;
}

std::vector<std::string> SourceTree::offenders(const std::string& folder,
                                               const std::vector<std::string>& prefixes,
                                               bool through) const {
    std::vector<std::string> out;
    for (const auto& [path, file] : m_files) {
        if (!path.starts_with(folder))
            continue;
        for (const std::string& reached :
             through ? reachedFrom(path) : std::vector<std::string>{path})
            for (const Include& include : m_files.at(reached).includes)
                if (include.system && startsWithAny(include.name, prefixes))
                    out.push_back(path + " includes <" + include.name + ">" +
                                  (reached == path ? "" : " through " + reached));
    }
    return out;
}

} // namespace hmgrl::hygiene
