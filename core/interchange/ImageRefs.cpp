#include "interchange/ImageRefs.h"

#include "interchange/Urls.h"
#include "support/Files.h"

namespace hmgrl {
namespace fs = std::filesystem;

fs::path folderOf(const fs::path& file) {
    const fs::path folder = file.parent_path();
    return folder.empty() ? fs::path(".") : folder;
}

void attachImage(Document& document, const std::string& reference, const fs::path& folder,
                 const std::string& file, const std::string& place, Issues& issues) {
    document.imageRef = reference;
    document.imagePath.clear();
    if (reference.empty())
        return;
    if (isWebAddress(reference)) {
        issues.push_back(
            {file, place, "the image is a web address and was not loaded: " + reference});
        return;
    }
    try {
        const fs::path path = resolveInside(folder, reference);
        std::error_code failure;
        if (fs::is_regular_file(path, failure))
            document.imagePath = path.string();
        else
            issues.push_back({file, place, "image not found: " + reference});
    } catch (const Error& error) {
        issues.push_back({file, place, "image not taken: " + error.issue().reason});
    } catch (const fs::filesystem_error& error) {
        issues.push_back({file, place, "image not taken: " + error.code().message()});
    }
}

} // namespace hmgrl
