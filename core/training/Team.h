#pragma once

// LibTorch header: for core rooms only.
#include "training/TeamPlace.h"

#include <memory>
#include <torch/types.h>

namespace hmgrl {

/// Processes that train together, joined through LibTorch's c10d: NCCL between GPUs where LibTorch
/// has it, else Gloo over TCP. Alone (size 1) every call returns at once. All processes must make
/// the same calls in the same order with tensors of the same shape. One thread.
class Team {
public:
    /// Meets the other processes. @throws Error naming this process when they are not all there
    /// within place.patience, or when LibTorch has no c10d
    Team(const TeamPlace& place, torch::Device device);
    ~Team();
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;

    [[nodiscard]] int rank() const { return m_place.rank; }
    [[nodiscard]] int size() const { return m_place.size; }
    /// The one that reads resume points, validates and writes files.
    [[nodiscard]] bool isFirst() const { return m_place.rank == 0; }

    /// In place, contiguous. @throws Error at once when another process is gone, after
    /// place.patience when it does not answer
    void sum(torch::Tensor& values);
    /// Everyone gets the first process's values, likewise.
    void share(torch::Tensor& values);

private:
    struct Group;
    TeamPlace m_place;
    std::unique_ptr<Group> m_group;
};

} // namespace hmgrl
