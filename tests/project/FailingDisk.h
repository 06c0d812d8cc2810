#pragma once

namespace hmgrl::test {

/// While one lives, every SQLite file that is opened writes through a disk that can be made full.
/// Files opened meanwhile must be closed before it goes.
class FailingDisk {
public:
    FailingDisk();
    FailingDisk(const FailingDisk&) = delete;
    FailingDisk& operator=(const FailingDisk&) = delete;
    ~FailingDisk();

    /// `writes` further writes succeed, then the disk is full.
    void fullAfter(int writes);
    void hasSpace();
};

} // namespace hmgrl::test
