#pragma once

#include "interchange/Importer.h"

#include <cstdint>
#include <memory>
#include <string>

namespace hmgrl {

struct Fetched {
    std::string body;
    std::string url;         ///< after redirects
    std::string contentType; ///< as the server said, may be empty
};

/// Transfers over http and https, one after the other, over connections that are kept. Size, time
/// and redirects are bounded by the options; redirects never leave http and https. A raised token
/// ends a transfer within 100 ms.
class Fetcher {
public:
    Fetcher(const ImportOptions& options, CancelToken cancel);
    Fetcher(const Fetcher&) = delete;
    Fetcher& operator=(const Fetcher&) = delete;
    ~Fetcher();

    /// @throws Error with the address and the reason, Cancelled
    [[nodiscard]] Fetched get(const std::string& url);

private:
    struct Handles;
    std::unique_ptr<Handles> m_handles;
    const ImportOptions& m_options;
    CancelToken m_cancel;
    std::uint64_t m_total = 0;
};

} // namespace hmgrl
