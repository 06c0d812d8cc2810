#include "support/Files.h"

#include "support/Error.h"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace hmgrl {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Files : public ::testing::Test {
protected:
    void SetUp() override {
        m_folder = fs::temp_directory_path() / ("hmgrl-files-" + std::to_string(::getpid()));
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }

    [[nodiscard]] std::size_t entries() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(m_folder), fs::directory_iterator()));
    }

    fs::path m_folder;
};

TEST_F(Files, writesAndReadsBack) {
    const std::string bytes("a\0b\xFF\n", 5);
    writeFileAtomically(m_folder / "f", bytes);
    EXPECT_EQ(readFile(m_folder / "f"), bytes);
    writeFileAtomically(m_folder / "f", "");
    EXPECT_EQ(readFile(m_folder / "f"), "");
    EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, limitsAndFaultsNameTheFile) {
    writeFileAtomically(m_folder / "f", "12345");
    EXPECT_EQ(readFile(m_folder / "f", 5), "12345");
    try {
        (void)readFile(m_folder / "f", 4);
        FAIL();
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("expected at most 4 bytes, found 5"));
        EXPECT_EQ(error.issue().file, (m_folder / "f").string());
    }
    EXPECT_THROW((void)readFile(m_folder / "absent"), Error);
    EXPECT_THROW((void)readFile(m_folder), Error);
    EXPECT_THROW(writeFileAtomically(m_folder / "no/such/folder", "x"), Error);
}

TEST_F(Files, aFailedWriteLeavesTheOldFileAndNoRest) {
    fs::create_directories(m_folder / "target/full"); // a folder can't be replaced by a file
    EXPECT_THROW(writeFileAtomically(m_folder / "target", "x"), Error);
    EXPECT_TRUE(fs::exists(m_folder / "target/full"));
    EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, writersAtTheSameTimeLeaveOneWholeFile) {
    std::vector<std::thread> threads;
    for (char c : {'a', 'b', 'c', 'd'})
        threads.emplace_back([this, c] {
            for (int i = 0; i < 25; ++i)
                writeFileAtomically(m_folder / "f", std::string(20'000, c));
        });
    for (auto& thread : threads)
        thread.join();
    const auto found = readFile(m_folder / "f");
    EXPECT_EQ(found, std::string(20'000, found.front()));
    EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, knownHashes) {
    EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    writeFileAtomically(m_folder / "f", "abc");
    EXPECT_EQ(sha256File(m_folder / "f"), sha256("abc"));
    EXPECT_THROW((void)sha256File(m_folder / "absent"), Error);
}

TEST_F(Files, pathsStayInside) {
    fs::create_directories(m_folder / "in/deep");
    writeFileAtomically(m_folder / "secret", "x");
    fs::create_symlink(m_folder, m_folder / "in/out");
    const auto in = m_folder / "in";
    EXPECT_EQ(resolveInside(in, "deep/x.png"), fs::weakly_canonical(in / "deep/x.png"));
    EXPECT_EQ(resolveInside(in, "deep/../x.png"), fs::weakly_canonical(in / "x.png"));
    const std::string withNul("a\0b", 3);
    for (const std::string& bad :
         {std::string("../secret"), std::string("deep/../../secret"), std::string("/etc/passwd"),
          std::string("out/secret"), std::string(), withNul})
        EXPECT_THROW((void)resolveInside(in, bad), Error) << bad;
}

} // namespace
} // namespace hmgrl
