// Processes that train together. Here a team's members are threads, below real processes.
#include "training/Team.h"

#include "FreePort.h"
#include "support/Error.h"
#include "training/GradientSum.h"

#include <chrono>
#include <cstdlib>
#include <exception>
#include <functional>
#include <gmock/gmock.h>
#include <thread>
#include <unistd.h>

namespace hmgrl {
namespace {

using ::testing::HasSubstr;

TeamPlace placeOf(int rank, int size, int port, double patience = 60) {
    TeamPlace place;
    place.rank = rank;
    place.size = size;
    place.address = "127.0.0.1";
    place.port = port;
    place.patience = patience;
    return place;
}

/// Runs `work` as every member of a team; the members' errors, "" where there was none.
std::vector<std::string> together(int size, const std::function<void(Team&)>& work) {
    const int port = test::freePort();
    std::vector<std::string> errors(static_cast<std::size_t>(size));
    std::vector<std::jthread> members;
    for (int rank = 0; rank < size; ++rank)
        members.emplace_back([&, rank] {
            try {
                Team team(placeOf(rank, size, port), torch::kCPU);
                work(team);
            } catch (const std::exception& failure) {
                errors[static_cast<std::size_t>(rank)] = failure.what();
            }
        });
    members.clear();
    return errors;
}

std::string errorOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& failure) {
        return failure.what();
    }
    return {};
}

TEST(TeamTest, SumsAndSharesOverThreeMembers) {
    const auto errors = together(3, [](Team& team) {
        auto values = torch::full({5}, team.rank() + 1.0, torch::kFloat64);
        team.sum(values);
        EXPECT_TRUE(torch::equal(values, torch::full({5}, 6.0, torch::kFloat64)));
        auto shared = torch::full({2, 2}, static_cast<float>(team.rank() + 7));
        team.share(shared);
        EXPECT_TRUE(torch::equal(shared, torch::full({2, 2}, 7.0F)));
    });
    EXPECT_THAT(errors, ::testing::Each(""));
}

TEST(TeamTest, AloneNothingIsExchanged) {
    Team team({}, torch::kCPU);
    auto values = torch::ones({3});
    team.sum(values);
    team.share(values);
    EXPECT_TRUE(torch::equal(values, torch::ones({3})));
    EXPECT_TRUE(team.isFirst());
}

TEST(TeamTest, AMemberWhoNeverComesIsAnErrorInTime) {
    for (const int rank : {0, 1}) {
        const auto start = std::chrono::steady_clock::now();
        const std::string error =
            errorOf([&] { Team(placeOf(rank, 2, test::freePort(), 2), torch::kCPU); });
        EXPECT_THAT(error, HasSubstr("process " + std::to_string(rank) + " of 2"));
        EXPECT_THAT(error, HasSubstr("expected all 2 processes at 127.0.0.1:"));
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
    }
}

TEST(TeamTest, AMemberWhoLeavesIsAnErrorForTheOthers) {
    const auto errors = together(2, [](Team& team) {
        auto values = torch::ones({3});
        team.sum(values);
        if (team.rank() == 1)
            return;
        team.sum(values);
    });
    EXPECT_THAT(errors[0], HasSubstr("process 0 of 2: lost another process"));
    EXPECT_EQ(errors[1], "");
}

/// Sets variables of the environment for one test.
class Environment {
public:
    explicit Environment(const std::vector<std::pair<std::string, std::string>>& values) {
        clear();
        for (const auto& [name, value] : values)
            ::setenv(name.c_str(), value.c_str(), 1);
    }
    ~Environment() { clear(); }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

private:
    static void clear() {
        ::unsetenv("RANK");
        ::unsetenv("WORLD_SIZE");
        ::unsetenv("MASTER_ADDR");
        ::unsetenv("MASTER_PORT");
        ::unsetenv("LOCAL_RANK");
    }
};

TEST(TeamPlaceTest, ReadsTheVariablesThatStartersSet) {
    {
        const Environment none({});
        EXPECT_EQ(TeamPlace::fromEnvironment().size, 1);
    }
    const Environment set({{"RANK", "2"},
                           {"WORLD_SIZE", "4"},
                           {"MASTER_ADDR", "node1"},
                           {"MASTER_PORT", "29500"},
                           {"LOCAL_RANK", "1"}});
    const TeamPlace place = TeamPlace::fromEnvironment();
    EXPECT_EQ(place.rank, 2);
    EXPECT_EQ(place.size, 4);
    EXPECT_EQ(place.address, "node1");
    EXPECT_EQ(place.port, 29500);
    EXPECT_EQ(place.localRank, 1);
}

TEST(TeamPlaceTest, NamesTheVariableThatIsWrong) {
    using Values = std::vector<std::pair<std::string, std::string>>;
    const auto error = [](const Values& values) {
        const Environment set(values);
        return errorOf([] { (void)TeamPlace::fromEnvironment(); });
    };
    EXPECT_THAT(error({{"WORLD_SIZE", "two"}}), HasSubstr("WORLD_SIZE"));
    EXPECT_THAT(error({{"WORLD_SIZE", "2"}}), HasSubstr("RANK"));
    EXPECT_THAT(error({{"WORLD_SIZE", "2"}, {"RANK", "2"}}), HasSubstr("expected 0 to 1"));
    EXPECT_THAT(error({{"WORLD_SIZE", "2"}, {"RANK", "0"}, {"MASTER_PORT", "0"}}),
                HasSubstr("MASTER_PORT"));
    EXPECT_THAT(error({{"WORLD_SIZE", "2"}, {"RANK", "0"}, {"MASTER_PORT", "1"}}),
                HasSubstr("MASTER_ADDR"));
}

TEST(GradientSumTest, IsTheMeanAndKeepsAbsentGradientsAbsent) {
    const auto parameter = [] { return torch::zeros({2}).requires_grad_(); };
    std::vector<torch::Tensor> parameters{parameter(), parameter()};
    GradientSum sum(parameters);
    Team alone({}, torch::kCPU);
    for (const float value : {1.0F, 5.0F}) {
        parameters[0].mutable_grad() = torch::full({2}, value);
        sum.add();
        EXPECT_FALSE(parameters[0].grad().defined());
    }
    auto outcome = sum.finish(alone, 4, false);
    EXPECT_TRUE(outcome.any);
    EXPECT_FALSE(outcome.stop);
    EXPECT_TRUE(torch::equal(parameters[0].grad(), torch::full({2}, 1.5F)));
    EXPECT_FALSE(parameters[1].grad().defined());
    outcome = sum.finish(alone, 4, true); // empty again
    EXPECT_FALSE(outcome.any);
    EXPECT_TRUE(outcome.stop);
    EXPECT_FALSE(parameters[0].grad().defined());
}

TEST(GradientSumTest, OneMemberAsksAllToStop) {
    const auto errors = together(2, [](Team& team) {
        std::vector<torch::Tensor> parameters{torch::zeros({1}).requires_grad_()};
        GradientSum sum(parameters);
        parameters[0].mutable_grad() = torch::ones({1});
        sum.add();
        EXPECT_TRUE(sum.finish(team, 2, team.rank() == 1).stop);
        EXPECT_TRUE(torch::equal(parameters[0].grad(), torch::ones({1})));
    });
    EXPECT_THAT(errors, ::testing::Each(""));
}

} // namespace
} // namespace hmgrl
