#pragma once

#include "interchange/Importer.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace hmgrl::test {

/// A folder that goes away with the test.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "hmgrl-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("cannot make a temporary folder");
        m_path = name;
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    std::string write(const std::string& name, std::string_view bytes) const {
        const auto file = m_path / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << bytes;
        return file.string();
    }

private:
    std::filesystem::path m_path;
};

struct Imported {
    std::vector<Document> documents;
    Issues issues;

    /// Any issue whose text holds every part.
    [[nodiscard]] bool reports(const std::vector<std::string>& parts) const {
        for (const Issue& issue : issues) {
            const std::string text = issue.text();
            bool all = true;
            for (const std::string& part : parts)
                all = all && text.find(part) != std::string::npos;
            if (all)
                return true;
        }
        return false;
    }
    [[nodiscard]] std::string allIssues() const {
        std::string out;
        for (const Issue& issue : issues)
            out += issue.text() + "\n";
        return out;
    }
};

inline Imported importAll(const std::string& source, const std::string& format = {},
                          const ImportOptions& options = {}, const CancelToken& cancel = {}) {
    Imported out;
    importFrom(
        source, format, options,
        [&](Document document) { out.documents.push_back(std::move(document)); }, out.issues,
        cancel);
    return out;
}

} // namespace hmgrl::test
