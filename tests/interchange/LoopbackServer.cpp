#include "interchange/LoopbackServer.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace hmgrl::test {

bool LoopbackServer::Connection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        if (m_stopping)
            return false;
        const auto sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void LoopbackServer::Connection::wait(double seconds) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (!m_stopping && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

LoopbackServer::LoopbackServer() {
    // A proxy of the machine must not see requests to the loopback address.
    ::setenv("no_proxy", "127.0.0.1", 1);
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (m_listener < 0 || ::bind(m_listener, generic, length) != 0 ||
        ::listen(m_listener, 64) != 0 || ::getsockname(m_listener, generic, &length) != 0)
        throw std::runtime_error("cannot listen on the loopback address");
    m_port = ntohs(address.sin_port);
    m_accepting = std::thread([this] { acceptAll(); });
}

LoopbackServer::~LoopbackServer() {
    m_stopping = true;
    m_accepting.join();
    for (std::thread& connection : m_connections)
        connection.join();
    ::close(m_listener);
}

void LoopbackServer::route(const std::string& path, Answer answer) {
    const std::lock_guard lock(m_mutex);
    m_routes[path] = std::move(answer);
}

void LoopbackServer::serve(const std::string& path, const std::string& type,
                           const std::string& body) {
    route(path, [type, body](Connection& connection) {
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " +
                        std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
    });
}

void LoopbackServer::redirect(const std::string& path, const std::string& to) {
    route(path, [to](Connection& connection) {
        connection.send("HTTP/1.1 302 Found\r\nLocation: " + to +
                        "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
}

std::string LoopbackServer::url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(m_port) + path;
}

int LoopbackServer::requests(const std::string& path) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_requests.find(path);
    return found == m_requests.end() ? 0 : found->second;
}

void LoopbackServer::acceptAll() {
    while (!m_stopping) {
        pollfd waiting{m_listener, POLLIN, 0};
        if (::poll(&waiting, 1, 20) <= 0)
            continue;
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            continue;
        timeval patience{1, 0};
        ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        m_connections.emplace_back([this, socket] { answer(socket); });
    }
}

void LoopbackServer::answer(int socket) {
    std::string request;
    std::array<char, 4096> chunk;
    while (request.find("\r\n\r\n") == std::string::npos) {
        const auto got = ::recv(socket, chunk.data(), chunk.size(), 0);
        if (got <= 0)
            break;
        request.append(chunk.data(), static_cast<std::size_t>(got));
    }
    const auto from = request.find(' ') + 1;
    const std::string path = request.substr(from, request.find(' ', from) - from);
    Answer found;
    {
        const std::lock_guard lock(m_mutex);
        ++m_requests[path];
        if (const auto route = m_routes.find(path); route != m_routes.end())
            found = route->second;
    }
    Connection connection(socket, m_stopping);
    if (found)
        found(connection);
    else
        connection.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    ::close(socket);
}

} // namespace hmgrl::test
