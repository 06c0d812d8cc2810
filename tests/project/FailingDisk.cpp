#include "FailingDisk.h"

#include <map>
#include <sqlite3.h>

namespace hmgrl::test {
namespace {

/// The methods of a file of the real VFS with the write replaced; the original beside them.
struct PatchedMethods {
    sqlite3_io_methods methods;
    const sqlite3_io_methods* original;
};

sqlite3_vfs* realVfs = nullptr;
sqlite3_vfs failingVfs;
int writesLeft = -1; // negative: no limit
std::map<const sqlite3_io_methods*, PatchedMethods> patched;

int failingWrite(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
    if (writesLeft == 0)
        return SQLITE_FULL;
    if (writesLeft > 0)
        --writesLeft;
    const auto* methods = reinterpret_cast<const PatchedMethods*>(file->pMethods);
    return methods->original->xWrite(file, bytes, count, offset);
}

int failingOpen(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags) {
    const int result = realVfs->xOpen(realVfs, name, file, flags, outFlags);
    if (result != SQLITE_OK || file->pMethods == nullptr)
        return result;
    const auto [entry, isNew] = patched.try_emplace(file->pMethods);
    if (isNew) {
        entry->second = {*file->pMethods, file->pMethods};
        entry->second.methods.xWrite = failingWrite;
    }
    file->pMethods = &entry->second.methods;
    return result;
}

} // namespace

FailingDisk::FailingDisk() {
    realVfs = sqlite3_vfs_find(nullptr);
    failingVfs = *realVfs;
    failingVfs.zName = "failing-disk";
    failingVfs.pNext = nullptr;
    failingVfs.xOpen = failingOpen;
    sqlite3_vfs_register(&failingVfs, 1);
}

FailingDisk::~FailingDisk() {
    writesLeft = -1;
    sqlite3_vfs_unregister(&failingVfs);
    sqlite3_vfs_register(realVfs, 1);
}

void FailingDisk::fullAfter(int writes) {
    writesLeft = writes;
}

void FailingDisk::hasSpace() {
    writesLeft = -1;
}

} // namespace hmgrl::test
