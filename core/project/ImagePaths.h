#pragma once

#include <filesystem>
#include <string>

namespace hmgrl {

/// Images inside the project's folder are stored relative to it, so that the folder can move.
class ImagePaths {
public:
    explicit ImagePaths(const std::filesystem::path& project)
        : m_folder(std::filesystem::absolute(project).parent_path().lexically_normal()) {}

    [[nodiscard]] std::string toStored(const std::string& absolute) const {
        const std::filesystem::path path(absolute);
        if (absolute.empty() || path != path.lexically_normal())
            return absolute;
        const std::filesystem::path inside = path.lexically_relative(m_folder);
        const bool leaves = inside.empty() || *inside.begin() == ".." || inside == ".";
        return leaves ? absolute : inside.string();
    }
    [[nodiscard]] std::string toAbsolute(const std::string& stored) const {
        if (stored.empty() || stored.front() == '/')
            return stored;
        return (m_folder / stored).string();
    }

private:
    std::filesystem::path m_folder;
};

} // namespace hmgrl
