#pragma once

#include "support/Error.h"
#include "support/Files.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <unistd.h>

namespace hmgrl::test {

inline std::filesystem::path dataFolder() {
    return std::filesystem::path(HMGRL_SOURCE_DIR) / "tests/perception/data";
}

/// models/pretrained; empty where the encoders have not been converted.
inline std::filesystem::path pretrained() {
    const auto folder = std::filesystem::path(HMGRL_SOURCE_DIR) / "models/pretrained";
    return std::filesystem::exists(folder / "provenance.json") ? folder : std::filesystem::path();
}

/// A folder of its own for each test, removed afterwards.
class FolderTest : public ::testing::Test {
protected:
    void SetUp() override {
        const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
        m_folder =
            std::filesystem::temp_directory_path() / ("hmgrl-" + std::to_string(::getpid()) + "-" +
                                                      info->test_suite_name() + "-" + info->name());
        std::filesystem::create_directories(m_folder);
    }
    void TearDown() override { std::filesystem::remove_all(m_folder); }

    [[nodiscard]] std::filesystem::path write(const std::string& name,
                                              std::string_view bytes) const {
        const auto path = m_folder / name;
        std::ofstream(path, std::ios::binary)
            .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return path;
    }

    std::filesystem::path m_folder;
};

/// what() of the Error that `action` throws; a failure when it throws none.
template <typename Action>
std::string errorOf(Action&& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.what();
    }
    ADD_FAILURE() << "expected an Error";
    return {};
}

} // namespace hmgrl::test
