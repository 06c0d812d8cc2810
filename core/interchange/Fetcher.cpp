#include "interchange/Fetcher.h"

#include "interchange/Urls.h"

#include <algorithm>
#include <array>
#include <curl/curl.h>

namespace hmgrl {
namespace {

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Multi = std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)>;

struct Body {
    std::string bytes;
    std::uint64_t limit = 0;
    bool tooLarge = false;
};

std::size_t receive(char* data, std::size_t size, std::size_t count, void* user) {
    auto& body = *static_cast<Body*>(user);
    const std::size_t bytes = size * count;
    if (body.bytes.size() + bytes > body.limit) {
        body.tooLarge = true;
        return 0;
    }
    body.bytes.append(data, bytes);
    return bytes;
}

/// Takes the transfer out of the multi handle on every way out.
struct Added {
    Added(CURLM* m, CURL* e)
        : multi(m)
        , easy(e) {
        curl_multi_add_handle(multi, easy);
    }
    Added(const Added&) = delete;
    Added& operator=(const Added&) = delete;
    ~Added() { curl_multi_remove_handle(multi, easy); }
    CURLM* multi;
    CURL* easy;
};

void configure(CURL* easy, const std::string& url, const ImportOptions& options, Body& body,
               char* message) {
    const auto milliseconds =
        static_cast<long>(std::clamp(options.timeoutSeconds, 0.001, 3600.0) * 1000);
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, message);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, static_cast<long>(options.maxRedirects));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, milliseconds);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // a cancelled name look-up isn't waited for
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "hmgrl-studio/0.1");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &receive);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(body.limit));
}

/// Drives the transfer to its end. The multi interface, because the easy one asks for cancellation
/// only once a second while a server is silent.
CURLcode transfer(CURLM* multi, CURL* easy, const CancelToken& cancel) {
    const Added added(multi, easy);
    int running = 1;
    while (running > 0) {
        cancel.throwIfCancelled();
        if (curl_multi_perform(multi, &running) != CURLM_OK)
            return CURLE_FAILED_INIT;
        if (running > 0)
            curl_multi_poll(multi, nullptr, 0, 100, nullptr);
    }
    int left = 0;
    while (const CURLMsg* done = curl_multi_info_read(multi, &left))
        if (done->msg == CURLMSG_DONE && done->easy_handle == easy)
            return done->data.result;
    return CURLE_FAILED_INIT;
}

std::string reasonOf(CURLcode code, const Body& body, const ImportOptions& options,
                     const char* message) {
    if (body.tooLarge || code == CURLE_FILESIZE_EXCEEDED)
        return "expected at most " + std::to_string(body.limit) + " bytes, the server sends more";
    if (code == CURLE_OPERATION_TIMEDOUT)
        return "the transfer took longer than " + std::to_string(options.timeoutSeconds) + " s";
    if (code == CURLE_TOO_MANY_REDIRECTS)
        return "more than " + std::to_string(options.maxRedirects) + " redirects";
    const std::string detail = message;
    const bool isAnswer =
        detail.find("HTTP/0.9") != std::string::npos; // curl's word for "no headers"
    if (code == CURLE_UNSUPPORTED_PROTOCOL && !isAnswer)
        return "leads to an address that is neither http nor https";
    return "cannot be loaded: " + (detail.empty() ? std::string(curl_easy_strerror(code)) : detail);
}

std::string textInfo(CURL* easy, CURLINFO what) {
    const char* text = nullptr;
    curl_easy_getinfo(easy, what, &text);
    return text ? text : "";
}

} // namespace

struct Fetcher::Handles {
    Multi multi{curl_multi_init(), &curl_multi_cleanup};
};

Fetcher::Fetcher(const ImportOptions& options, CancelToken cancel)
    : m_handles(std::make_unique<Handles>())
    , m_options(options)
    , m_cancel(std::move(cancel)) {}

Fetcher::~Fetcher() = default;

Fetched Fetcher::get(const std::string& url) {
    if (!isWebAddress(url))
        throw Error(url, {}, "expected an http or https address");
    if (m_total >= m_options.maxDownloadTotalBytes)
        throw Error(url, {},
                    "not loaded: this import has reached its limit of " +
                        std::to_string(m_options.maxDownloadTotalBytes) + " bytes");
    const Easy easy(curl_easy_init(), &curl_easy_cleanup);
    if (!easy || !m_handles->multi)
        throw Error(url, {}, "cannot start a transfer");
    Body body{
        {}, std::min(m_options.maxDownloadBytes, m_options.maxDownloadTotalBytes - m_total), false};
    std::array<char, CURL_ERROR_SIZE> message{};
    configure(easy.get(), url, m_options, body, message.data());
    const CURLcode code = transfer(m_handles->multi.get(), easy.get(), m_cancel);
    m_total += body.bytes.size();
    if (code != CURLE_OK)
        throw Error(url, {}, reasonOf(code, body, m_options, message.data()));
    long status = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status < 200 || status > 299)
        throw Error(url, {}, "the server answers with status " + std::to_string(status));
    return {std::move(body.bytes), textInfo(easy.get(), CURLINFO_EFFECTIVE_URL),
            textInfo(easy.get(), CURLINFO_CONTENT_TYPE)};
}

} // namespace hmgrl
