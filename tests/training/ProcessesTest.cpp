// Training in several processes of the command-line program, over the loopback.
#include "FreePort.h"
#include "training/TinyTraining.h"

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <torch/cuda.h>
#include <unistd.h>

extern char** environ;

namespace hmgrl {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using Clock = std::chrono::steady_clock;

/// A running `hmgrl train`; killed when it outlives this object.
class Trainer {
public:
    Trainer(const TrainRequest& request, const fs::path& folder, int rank, int size, int port,
            const std::vector<std::string>& more = {})
        : m_errors(folder / ("stderr-" + std::to_string(rank))) {
        std::vector<std::string> words = {std::string(HMGRL_BIN_DIR) + "/hmgrl",
                                          "--threads",
                                          "1",
                                          "-q",
                                          "train",
                                          "--config",
                                          (folder / "train.json").string(),
                                          "--data",
                                          folder.string(),
                                          "--cache",
                                          "off",
                                          "--out",
                                          request.out.string()};
        words.insert(words.end(), more.begin(), more.end());
        std::vector<std::string> variables = {
            "RANK=" + std::to_string(rank), "WORLD_SIZE=" + std::to_string(size),
            "MASTER_ADDR=127.0.0.1", "MASTER_PORT=" + std::to_string(port)};
        for (char** each = environ; *each != nullptr; ++each)
            variables.emplace_back(*each);
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&files, 2, m_errors.c_str(), O_WRONLY | O_CREAT, 0600);
        EXPECT_EQ(::posix_spawn(&m_id, words.front().c_str(), &files, nullptr,
                                pointers(words).data(), pointers(variables).data()),
                  0);
        posix_spawn_file_actions_destroy(&files);
    }
    ~Trainer() {
        if (m_id > 0) {
            kill();
            (void)exitCode();
        }
    }
    Trainer(const Trainer&) = delete;
    Trainer& operator=(const Trainer&) = delete;

    void kill() const { ::kill(m_id, SIGKILL); }
    /// Waits for the end; -1 when a signal ended it or it did not end in time.
    int exitCode(std::chrono::seconds patience = std::chrono::seconds(120)) {
        const auto end = Clock::now() + patience;
        int status = 0;
        while (::waitpid(m_id, &status, WNOHANG) == 0) {
            if (Clock::now() > end)
                kill();
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        m_id = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    [[nodiscard]] std::string errors() const { return readFile(m_errors); }

private:
    static std::vector<char*> pointers(std::vector<std::string>& words) {
        std::vector<char*> out;
        for (std::string& word : words)
            out.push_back(word.data());
        out.push_back(nullptr);
        return out;
    }

    fs::path m_errors;
    pid_t m_id = 0;
};

class ProcessesTest : public ::testing::TestWithParam<int> {
protected:
    [[nodiscard]] TrainRequest request(const std::string& out, int steps,
                                       int microBatches = 4) const {
        return tiny.request("lorentz", out, steps, microBatches);
    }
    [[nodiscard]] const fs::path& folder() const { return tiny.folder.path(); }

    test::TinyTraining tiny;
};

/// The tensors of two files that differ by more than `tolerance`, each with its difference.
std::vector<std::string> differences(const fs::path& a, const fs::path& b, double tolerance) {
    const auto left = SafetensorsFile::open(a);
    const auto right = SafetensorsFile::open(b);
    std::vector<std::string> out;
    for (const TensorView& view : left.tensors()) {
        const auto apart =
            (toTensor(view).to(torch::kFloat64) - toTensor(right.at(view.name)).to(torch::kFloat64))
                .abs()
                .max()
                .item<double>();
        if (!(apart <= tolerance))
            out.push_back(view.name + " " + std::to_string(apart));
    }
    return out;
}

TEST_P(ProcessesTest, MakeTheModelOfOneProcess) {
    const TrainRequest one = request("one", 8);
    const std::string hash = trainModel(one)["model"];
    const TrainRequest several = request("several", 8);
    const int port = test::freePort();
    {
        std::vector<std::unique_ptr<Trainer>> team;
        for (int rank = 0; rank < GetParam(); ++rank)
            team.push_back(std::make_unique<Trainer>(several, folder(), rank, GetParam(), port));
        for (const auto& trainer : team)
            EXPECT_EQ(trainer->exitCode(), 0) << trainer->errors();
    }
    for (const char* name : {"heads.safetensors", "text.safetensors"})
        EXPECT_THAT(
            differences(one.out / "checkpoint" / name, several.out / "checkpoint" / name, 1e-5),
            ::testing::IsEmpty());
    // Micro-batches matter: a run of one micro-batch a step ends elsewhere.
    EXPECT_NE(trainModel(request("single", 8, 1))["model"].get<std::string>(), hash);
}

INSTANTIATE_TEST_SUITE_P(Sizes, ProcessesTest, ::testing::Values(2, 3));

using ProcessFaultsTest = ProcessesTest;

TEST_P(ProcessFaultsTest, OneThatDiesIsAClearErrorForTheOther) {
    const TrainRequest long_ = request("run", 100000);
    const int port = test::freePort();
    Trainer first(long_, folder(), 0, 2, port, {"--peer-timeout", "60"});
    Trainer second(long_, folder(), 1, 2, port, {"--peer-timeout", "60"});
    const auto end = Clock::now() + std::chrono::seconds(60);
    while (!fs::exists(long_.out / "resume.safetensors") && Clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ASSERT_TRUE(fs::exists(long_.out / "resume.safetensors")) << first.errors();
    second.kill();
    EXPECT_EQ(first.exitCode(std::chrono::seconds(30)), 2);
    EXPECT_THAT(first.errors(), HasSubstr("process 0 of 2: lost another process"));
}

TEST_P(ProcessFaultsTest, OneThatNeverComesIsAClearErrorInTime) {
    Trainer only(request("run", 8), folder(), 0, 2, test::freePort(), {"--peer-timeout", "2"});
    EXPECT_EQ(only.exitCode(std::chrono::seconds(60)), 2);
    EXPECT_THAT(only.errors(), HasSubstr("process 0 of 2: expected all 2 processes at 127.0.0.1"));
}

TEST_P(ProcessFaultsTest, AnotherConfigurationIsRefused) {
    const TrainRequest asked = request("run", 8);
    const int port = test::freePort();
    Trainer first(asked, folder(), 0, 2, port);
    Trainer second(asked, folder(), 1, 2, port, {"--seed", "9"});
    EXPECT_EQ(second.exitCode(), 2);
    EXPECT_THAT(second.errors(), HasSubstr("expected the configuration and data of process 0"));
    EXPECT_EQ(first.exitCode(), 2);
}

INSTANTIATE_TEST_SUITE_P(Two, ProcessFaultsTest, ::testing::Values(2));

class DeviceTest : public ProcessesTest {};

TEST_P(DeviceTest, IsNamedOrRefused) {
    const auto failure = [&](const std::string& device) {
        TrainRequest asked = request("run", 1);
        asked.device = device;
        try {
            (void)trainModel(asked);
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_THAT(failure("gpu"), HasSubstr("expected cpu, cuda or cuda:N, found \"gpu\""));
    EXPECT_THAT(failure("cuda:x"), HasSubstr("expected cpu, cuda or cuda:N"));
    EXPECT_THAT(failure("cuda:-1"), HasSubstr("expected cpu, cuda or cuda:N"));
    if (!torch::cuda::is_available()) {
        EXPECT_THAT(failure("cuda"), HasSubstr("expected cpu: this LibTorch has no CUDA"));
    }
}

INSTANTIATE_TEST_SUITE_P(One, DeviceTest, ::testing::Values(1));

} // namespace
} // namespace hmgrl
