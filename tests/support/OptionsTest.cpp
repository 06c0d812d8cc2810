#include "support/Options.h"

#include <gmock/gmock.h>

namespace hmgrl {
namespace {

using ::testing::HasSubstr;

struct Sample {
    int epochs = 3;
    double rate = 0.5;
    bool quiet = false;
    std::string name = "x";

    template <typename Self, typename V>
    static void describe(Self& self, V&& visit) {
        visit(OptionInfo{"epochs", "passes over the data", 1, 100}, self.epochs);
        visit(OptionInfo{"rate", "learning rate", 0, 1}, self.rate);
        visit(OptionInfo{"quiet", "no progress"}, self.quiet);
        visit(OptionInfo{"name", "of the run"}, self.name);
    }
};

std::string faultOf(const char* json) {
    try {
        (void)optionsFromJson<Sample>(nlohmann::json::parse(json), "train");
    } catch (const Error& error) {
        return error.what();
    }
    ADD_FAILURE() << "expected an Error";
    return {};
}

TEST(Options, defaultsAreOverwritten) {
    const auto options =
        optionsFromJson<Sample>(nlohmann::json::parse(R"({"epochs": 7})"), "train");
    EXPECT_EQ(options.epochs, 7);
    EXPECT_EQ(options.rate, 0.5);
    EXPECT_EQ(options.name, "x");
}

TEST(Options, roundTrip) {
    const Sample options{9, 0.25, true, "µ"};
    const auto back = optionsFromJson<Sample>(optionsToJson(options), "train");
    EXPECT_EQ(optionsToJson(back), optionsToJson(options));
}

TEST(Options, faultsNameTheOption) {
    EXPECT_THAT(faultOf(R"({"epochs": 0})"), HasSubstr("train.epochs"));
    EXPECT_THAT(faultOf(R"({"rate": 2})"), HasSubstr("train.rate"));
    EXPECT_THAT(faultOf(R"({"rate": "fast"})"), HasSubstr("wrong type"));
    EXPECT_THAT(faultOf(R"({"epoch": 3})"), HasSubstr("unknown option \"epoch\""));
    EXPECT_THAT(faultOf("[]"), HasSubstr("expected an object"));
}

TEST(Options, notANumberIsOutOfRange) {
    Sample options;
    options.rate = std::nan("");
    EXPECT_THROW(validateOptions(options, "train"), Error);
}

} // namespace
} // namespace hmgrl
