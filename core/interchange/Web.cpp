#include "interchange/Charset.h"
#include "interchange/Fetcher.h"
#include "interchange/Formats.h"
#include "interchange/HtmlPairs.h"
#include "interchange/HtmlTree.h"
#include "interchange/ImageRefs.h"
#include "interchange/ImageStore.h"
#include "interchange/Lines.h"
#include "interchange/Urls.h"
#include "support/Files.h"
#include "support/Text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace hmgrl {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t maxPagesInFolder = 100000;

/// One page before it is parsed.
struct PageSource {
    std::string bytes;
    std::string contentType;
    std::string name;    ///< path or URL as the user knows it, for issues
    std::string key;     ///< prefix of document keys
    std::string address; ///< URL of a page from the web, else empty
    fs::path folder;     ///< of a page from a file, else empty
};

bool isPageName(const fs::path& file) {
    const std::string extension = lowerExtension(file);
    return extension == ".html" || extension == ".htm" || extension == ".xhtml";
}

bool containsIgnoringCase(std::string_view text, std::string_view lower) {
    const auto same = [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    };
    return std::search(text.begin(), text.end(), lower.begin(), lower.end(), same) != text.end();
}

bool looksLikePage(std::string_view head) {
    return containsIgnoringCase(head, "<html") || containsIgnoringCase(head, "<!doctype html");
}

/// Pages below `folder` in order of their paths; symbolic links aren't followed.
std::vector<fs::path> pagesIn(const fs::path& folder, const CancelToken& cancel, Issues& issues) {
    std::vector<fs::path> out;
    std::error_code failure;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied,
                                        failure);
    for (; !failure && at != fs::recursive_directory_iterator(); at.increment(failure)) {
        cancel.throwIfCancelled();
        std::error_code unreadable;
        if (at->is_regular_file(unreadable) && !at->is_symlink(unreadable) &&
            isPageName(at->path()))
            out.push_back(at->path());
        if (out.size() > maxPagesInFolder)
            break;
    }
    if (failure)
        issues.push_back({folder.string(), {}, "cannot list the folder: " + failure.message()});
    if (out.size() > maxPagesInFolder) {
        out.pop_back();
        issues.push_back(
            {folder.string(),
             {},
             "more than " + std::to_string(maxPagesInFolder) + " pages; the rest is left out"});
    }
    std::sort(out.begin(), out.end());
    return out;
}

/// Turns pages into documents. Lives for one import: connections and stored images are shared.
class PageReader {
public:
    PageReader(const ImportOptions& options, const DocumentSink& sink, Issues& issues,
               const CancelToken& cancel)
        : m_options(options)
        , m_sink(sink)
        , m_issues(issues)
        , m_cancel(cancel)
        , m_fetcher(options, cancel)
        , m_store(options, m_fetcher) {}

    void readUrl(const std::string& url, const ProgressSink& progress) {
        const std::string address = resolveUrl({}, url);
        if (address.empty())
            throw Error(url, {}, "expected an http or https address");
        Fetched fetched = m_fetcher.get(address);
        const std::string type = fetched.contentType.substr(0, fetched.contentType.find(';'));
        const bool isPage = type.empty()
                                ? looksLikePage(std::string_view(fetched.body).substr(0, 4096))
                                : containsIgnoringCase(type, "html");
        if (!isPage)
            throw Error(url, {},
                        "expected a web page (text/html), found " +
                            (type.empty() ? "no content type" : type));
        read({std::move(fetched.body),
              fetched.contentType,
              url,
              address,
              resolveUrl({}, fetched.url),
              {}},
             progress);
    }

    void readFile(const fs::path& file, const std::string& key, const ProgressSink& progress) {
        const auto limit = std::min(m_options.maxFileBytes, m_options.maxDownloadBytes);
        read({hmgrl::readFile(file, limit), {}, file.string(), key, {}, folderOf(file)}, progress);
    }

private:
    void read(PageSource source, const ProgressSink& progress) {
        DecodedText decoded = decodePage(source.bytes, source.contentType);
        source.bytes.clear();
        if (decoded.replaced > 0)
            m_issues.push_back({source.name,
                                {},
                                std::to_string(decoded.replaced) + " sequences mean nothing in " +
                                    decoded.charset + " and stand as U+FFFD"});
        const HtmlTree tree(std::move(decoded.text), m_options.timeoutSeconds, m_cancel);
        const auto limit = static_cast<std::size_t>(std::max(0, m_options.maxPairsPerPage));
        const PageContent page = readPage(tree.document(), limit, m_cancel);
        for (std::size_t i = 0; i < page.images.size(); ++i) {
            m_cancel.throwIfCancelled();
            addPair(source, page, i);
            if (progress)
                progress({"Loading images",
                          static_cast<double>(i + 1),
                          static_cast<double>(page.images.size()),
                          {}});
        }
        if (page.omitted > 0)
            m_issues.push_back({source.name,
                                {},
                                "more than " + std::to_string(limit) + " images; " +
                                    std::to_string(page.omitted) + " are left out"});
        else if (page.images.empty())
            m_issues.push_back({source.name, {}, "no image with text around it was found"});
    }

    void addPair(const PageSource& source, const PageContent& page, std::size_t index) {
        const PageImage& image = page.images[index];
        const std::string place = "image " + std::to_string(index + 1);
        Document document;
        document.key = source.key + "#" + std::to_string(index + 1);
        document.text = textOf(image);
        document.url = source.address.empty() ? resolveUrl({}, page.address) : source.address;
        document.extra = extraOf(page, image);
        if (image.shortened)
            m_issues.push_back(
                {source.name, place,
                 "text of more than " + std::to_string(maxPageText) + " characters was cut"});
        if (takeImage(document, image.reference, source, page, place))
            m_sink(std::move(document));
    }

    /// Caption, alt text and nearest paragraph, each on a line; what an earlier one says isn't
    /// repeated.
    static std::string textOf(const PageImage& image) {
        std::string out;
        for (const std::string* part : {&image.caption, &image.alt, &image.paragraph}) {
            if (part->empty() || out.find(*part) != std::string::npos)
                continue;
            out += (out.empty() ? "" : "\n") + *part;
        }
        return out;
    }

    static std::string extraOf(const PageContent& page, const PageImage& image) {
        nlohmann::json extra = nlohmann::json::object();
        for (const auto& [name, value] :
             {std::pair{"title", &page.title}, std::pair{"caption", &image.caption},
              std::pair{"alt", &image.alt}, std::pair{"paragraph", &image.paragraph}})
            if (!value->empty())
                extra[name] = *value;
        return extra.empty() ? std::string() : extra.dump();
    }

    /// False when there is no pair: a tracking pixel, or a reference that names no image at all.
    bool takeImage(Document& document, const std::string& reference, const PageSource& source,
                   const PageContent& page, const std::string& place) {
        if (reference.starts_with("data:"))
            return takeData(document, reference, source, place);
        const std::string base = baseOf(source, page);
        const std::string url =
            base.empty() && !isWebAddress(reference) ? std::string() : resolveUrl(base, reference);
        if (hasScheme(reference) && url.empty()) {
            m_issues.push_back(
                {source.name, place, "not an image address: " + substring(reference, 0, 80)});
            return false;
        }
        const bool local = !source.folder.empty() && !isWebAddress(reference);
        if (local &&
            takeLocal(document, localReference(page, reference), source, url.empty(), place))
            return true;
        return url.empty() || takeRemote(document, url, source, place);
    }

    /// Address that the page's relative references are relative to; empty for a page without one.
    static std::string baseOf(const PageSource& source, const PageContent& page) {
        if (page.base.empty())
            return source.address;
        const std::string base = resolveUrl(source.address, trimmedReference(page.base));
        return base.empty() ? source.address : base;
    }

    static std::string localReference(const PageContent& page, const std::string& reference) {
        const std::string base = trimmedReference(page.base);
        if (base.empty() || hasScheme(base) || base.starts_with('/'))
            return reference;
        return base.substr(0, base.rfind('/') + 1) + reference;
    }

    /// True when the image was found beside the page; otherwise, when that was its only place, an
    /// issue.
    bool takeLocal(Document& document, const std::string& reference, const PageSource& source,
                   bool onlyPlace, const std::string& place) {
        Issues faults;
        attachImage(document, localPathOf(reference), source.folder, source.name, place, faults);
        document.imageRef = reference;
        if (document.imagePath.empty() && faults.empty())
            faults.push_back({source.name, place, "image not found: " + reference});
        if (onlyPlace)
            m_issues.insert(m_issues.end(), faults.begin(), faults.end());
        return !document.imagePath.empty();
    }

    bool takeRemote(Document& document, const std::string& url, const PageSource& source,
                    const std::string& place) {
        document.imageRef = url;
        if (!m_store.hasFolder()) {
            m_issues.push_back({source.name, place, "no folder for downloads; not loaded: " + url});
            return true;
        }
        try {
            const auto path = m_store.fetch(url);
            document.imagePath = path.value_or(std::string());
            return path.has_value();
        } catch (const Error& error) {
            m_issues.push_back(
                {source.name, place, "image not loaded: " + url + ": " + error.issue().reason});
            return true;
        }
    }

    bool takeData(Document& document, const std::string& reference, const PageSource& source,
                  const std::string& place) {
        document.imageRef = reference;
        try {
            const std::string bytes = decodeDataImage(reference);
            if (!m_store.hasFolder())
                throw Error("no folder for downloads");
            const auto path = m_store.keep(bytes);
            document.imagePath = path.value_or(std::string());
            document.imageRef = fs::path(document.imagePath).filename().string();
            return path.has_value();
        } catch (const Error& error) {
            m_issues.push_back(
                {source.name, place, "embedded image not stored: " + error.issue().reason});
            return true;
        }
    }

    const ImportOptions& m_options;
    const DocumentSink& m_sink;
    Issues& m_issues;
    const CancelToken& m_cancel;
    Fetcher m_fetcher;
    ImageStore m_store;
};

/// A saved page, a folder of them, or an http(s) address. Every picture with the words around it
/// becomes a document; the parts of its text also stand in `extra`.
class WebImporter : public Importer {
public:
    [[nodiscard]] std::string name() const override { return "web"; }
    [[nodiscard]] std::string description() const override {
        return "Web page: a saved page, a folder of pages or an http(s) address";
    }

    [[nodiscard]] double recognise(const std::string& source,
                                   std::string_view head) const override {
        if (isWebAddress(source))
            return 1;
        std::error_code failure;
        if (fs::is_directory(source, failure))
            return holdsPage(source) ? 0.9 : 0;
        if (isPageName(source))
            return 0.95;
        return looksLikePage(head) ? 0.8 : 0;
    }

    void import(const std::string& source, const ImportOptions& options, const DocumentSink& sink,
                Issues& issues, const CancelToken& cancel,
                const ProgressSink& progress) const override {
        PageReader reader(options, sink, issues, cancel);
        std::error_code failure;
        if (isWebAddress(source))
            reader.readUrl(source, progress);
        else if (fs::is_directory(source, failure))
            importFolder(source, reader, issues, cancel, progress);
        else
            readNamed(source, [&] {
                reader.readFile(source, shownPath(fs::path(source).filename()), progress);
            });
    }

private:
    static bool holdsPage(const std::string& folder) {
        std::error_code failure;
        int looked = 0;
        fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied,
                                            failure);
        for (; !failure && at != fs::recursive_directory_iterator() && looked < 2000;
             at.increment(failure), ++looked)
            if (isPageName(at->path()))
                return true;
        return false;
    }

    /// Faults of parsing name no file; they get the page's name here.
    template <typename Read>
    static void readNamed(const std::string& name, Read&& read) {
        try {
            read();
        } catch (const Error& error) {
            if (!error.issue().file.empty())
                throw;
            throw Error(name, error.issue().place, error.issue().reason);
        }
    }

    static void importFolder(const fs::path& folder, PageReader& reader, Issues& issues,
                             const CancelToken& cancel, const ProgressSink& progress) {
        const std::vector<fs::path> pages = pagesIn(folder, cancel, issues);
        for (std::size_t i = 0; i < pages.size(); ++i) {
            cancel.throwIfCancelled();
            const std::string key = shownPath(pages[i].lexically_relative(folder));
            try {
                reader.readFile(pages[i], key, {});
            } catch (const Error& error) {
                addIssue(error, pages[i].string(), {}, issues);
            }
            if (progress)
                progress({"Importing pages",
                          static_cast<double>(i + 1),
                          static_cast<double>(pages.size()),
                          {}});
        }
    }
};

} // namespace

std::unique_ptr<Importer> makeWebImporter() {
    return std::make_unique<WebImporter>();
}

} // namespace hmgrl
