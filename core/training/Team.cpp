#include "training/Team.h"

#include "support/Error.h"

#include <chrono>
#include <cstdlib>

#ifdef HMGRL_GLOO
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#endif
#ifdef HMGRL_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

namespace hmgrl {
namespace {

std::string nameOf(const TeamPlace& place) {
    return "process " + std::to_string(place.rank) + " of " + std::to_string(place.size);
}

#ifdef HMGRL_GLOO

/// LibTorch's messages end in a stack of calls.
std::string firstLine(const std::exception& failure) {
    const std::string text = failure.what();
    return text.substr(0, text.find('\n'));
}

using Store = c10::intrusive_ptr<c10d::Store>;

std::chrono::milliseconds patienceOf(const TeamPlace& place) {
    return std::chrono::milliseconds(static_cast<std::int64_t>(place.patience * 1000));
}

Store meet(const TeamPlace& place) {
    c10d::TCPStoreOptions options;
    options.port = static_cast<std::uint16_t>(place.port);
    options.isServer = place.rank == 0 && place.prefix.empty();
    options.numWorkers = static_cast<std::size_t>(place.size);
    options.timeout = patienceOf(place);
    Store store = c10::make_intrusive<c10d::TCPStore>(place.address, options);
    if (place.prefix.empty())
        return store;
    return c10::make_intrusive<c10d::PrefixStore>(place.prefix, store);
}

bool isLoopback(const std::string& address) {
    return address == "localhost" || address.rfind("127.", 0) == 0 || address == "::1";
}

/// The network device: the one of c10d's own variable, loopback for loopback, else what the host's
/// name resolves to.
std::shared_ptr<gloo::transport::Device> networkDevice(const TeamPlace& place) {
    if (const char* name = std::getenv("GLOO_SOCKET_IFNAME"))
        return c10d::ProcessGroupGloo::createDeviceForInterface(name);
    return isLoopback(place.address) ? c10d::ProcessGroupGloo::createDeviceForHostname("127.0.0.1")
                                     : c10d::ProcessGroupGloo::createDefaultDevice();
}

#endif

} // namespace

#ifdef HMGRL_GLOO

struct Team::Group {
    Group(const TeamPlace& place, [[maybe_unused]] torch::Device device)
        : store(meet(place)) {
#ifdef HMGRL_NCCL
        if (device.is_cuda()) {
            where = device;
            const auto options = c10d::ProcessGroupNCCL::Options::create();
            options->timeout = patienceOf(place);
            nccl =
                c10::make_intrusive<c10d::ProcessGroupNCCL>(store, place.rank, place.size, options);
            return;
        }
#endif
        const auto options = c10d::ProcessGroupGloo::Options::create(patienceOf(place));
        options->devices.push_back(networkDevice(place));
        gloo = c10::make_intrusive<c10d::ProcessGroupGloo>(store, place.rank, place.size, options);
    }

    /// Runs `operation` where the backend reads: NCCL on the GPU, Gloo on the CPU.
    template <typename Operation>
    void run(torch::Tensor& values, Operation&& operation) {
        std::vector<torch::Tensor> tensors{values.to(where)};
#ifdef HMGRL_NCCL
        if (nccl)
            operation(*nccl, tensors)->wait();
        else
#endif
            operation(*gloo, tensors)->wait();
        if (!values.is_same(tensors.front()))
            values.copy_(tensors.front());
    }

    torch::Device where{torch::kCPU};
    Store store;
    c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo;
#ifdef HMGRL_NCCL
    c10::intrusive_ptr<c10d::ProcessGroupNCCL> nccl;
#endif
};

Team::Team(const TeamPlace& place, torch::Device device)
    : m_place(place) {
    if (m_place.size == 1)
        return;
    try {
        m_group = std::make_unique<Group>(m_place, device);
    } catch (const std::exception& failure) {
        throw Error({}, nameOf(m_place),
                    "expected all " + std::to_string(m_place.size) + " processes at " +
                        m_place.address + ":" + std::to_string(m_place.port) + " within " +
                        std::to_string(static_cast<int>(m_place.patience)) +
                        " s: " + firstLine(failure));
    }
}

void Team::sum(torch::Tensor& values) {
    if (!m_group)
        return;
    try {
        m_group->run(values, [](auto& group, auto& tensors) { return group.allreduce(tensors); });
    } catch (const std::exception& failure) {
        throw Error({}, nameOf(m_place), "lost another process: " + firstLine(failure));
    }
}

void Team::share(torch::Tensor& values) {
    if (!m_group)
        return;
    try {
        m_group->run(values, [](auto& group, auto& tensors) { return group.broadcast(tensors); });
    } catch (const std::exception& failure) {
        throw Error({}, nameOf(m_place), "lost another process: " + firstLine(failure));
    }
}

#else

struct Team::Group {};

Team::Team(const TeamPlace& place, torch::Device)
    : m_place(place) {
    if (m_place.size > 1)
        throw Error({}, nameOf(m_place),
                    "expected one process: this LibTorch cannot join several (no c10d with Gloo)");
}

void Team::sum(torch::Tensor&) {}
void Team::share(torch::Tensor&) {}

#endif

Team::~Team() = default;

} // namespace hmgrl
