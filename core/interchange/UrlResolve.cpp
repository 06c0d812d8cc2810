// Apart from the other functions on addresses, because it alone needs libcurl.
#include "interchange/Urls.h"

#include <curl/curl.h>
#include <memory>

namespace hmgrl {

std::string resolveUrl(const std::string& base, const std::string& reference) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url(curl_url(), &curl_url_cleanup);
    if (!url || reference.find('\0') != std::string::npos)
        return {};
    if (!base.empty() &&
        curl_url_set(url.get(), CURLUPART_URL, base.c_str(), CURLU_URLENCODE) != CURLUE_OK)
        return {};
    if (curl_url_set(url.get(), CURLUPART_URL, reference.c_str(), CURLU_URLENCODE) != CURLUE_OK)
        return {};
    curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0);
    char* text = nullptr;
    if (curl_url_get(url.get(), CURLUPART_URL, &text, 0) != CURLUE_OK)
        return {};
    const std::unique_ptr<char, decltype(&curl_free)> owner(text, &curl_free);
    return isWebAddress(text) ? std::string(text) : std::string();
}

} // namespace hmgrl
