#pragma once

#include "TemporaryFolder.h"
#include "interchange/Importer.h"

#include <string>
#include <vector>

namespace hmgrl::test {

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
