#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace hmgrl::test {

/// An HTTP server on 127.0.0.1 and a free port, one thread a connection, that answers as badly as a
/// test wants.
class LoopbackServer {
public:
    class Connection {
    public:
        Connection(int socket, const std::atomic<bool>& stopping)
            : m_socket(socket)
            , m_stopping(stopping) {}
        /// False when the client is gone or the server stops.
        bool send(std::string_view bytes);
        /// Waits as long, unless the server stops earlier.
        void wait(double seconds) const;

    private:
        int m_socket;
        const std::atomic<bool>& m_stopping;
    };
    using Answer = std::function<void(Connection&)>;

    LoopbackServer();
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;
    ~LoopbackServer();

    void route(const std::string& path, Answer answer);
    void serve(const std::string& path, const std::string& type, const std::string& body);
    void redirect(const std::string& path, const std::string& to);
    [[nodiscard]] std::string url(const std::string& path) const;
    [[nodiscard]] int requests(const std::string& path) const;

private:
    void acceptAll();
    void answer(int socket);

    int m_listener = -1;
    int m_port = 0;
    std::atomic<bool> m_stopping = false;
    mutable std::mutex m_mutex;
    std::map<std::string, Answer> m_routes;
    std::map<std::string, int> m_requests;
    std::vector<std::thread> m_connections;
    std::thread m_accepting;
};

} // namespace hmgrl::test
