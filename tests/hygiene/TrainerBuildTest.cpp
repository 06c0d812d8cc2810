// The build that only trains, proved from what CMake makes of it: no library of the other rooms is
// looked for, linked or included.
#include "TemporaryFolder.h"
#include "hygiene/SourceTree.h"

#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>
#include <iterator>
#include <regex>

namespace hmgrl::hygiene {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// What ninja would run. Packages that a trainer must not need are found missing.
std::string trainerRules(const std::string& folder) {
    std::string command = "cmake -G Ninja -S '" HMGRL_SOURCE_DIR "' -B '" + folder +
                          "' -DHMGRL_TRAINER_ONLY=ON -DHMGRL_TESTS=OFF";
    for (const char* package : {"OpenCV", "GIF", "CURL", "Qt6", "VTK"})
        command += std::string(" -DCMAKE_DISABLE_FIND_PACKAGE_") + package + "=ON";
    if (std::system((command + " > '" + folder + "/log' 2>&1").c_str()) != 0)
        return {};
    std::ifstream in(folder + "/build.ninja");
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(TrainerBuild, NeedsNoLibraryOfTheOtherRooms) {
    if (std::system("cmake --version > /dev/null 2>&1") != 0)
        GTEST_SKIP() << "no cmake here";
    const test::TemporaryFolder folder;
    const std::string rules = trainerRules(folder.path().string());
    std::ifstream log(folder.path() / "log");
    ASSERT_FALSE(rules.empty()) << std::string(std::istreambuf_iterator<char>(log), {});
    for (const char* library : {"opencv", "sqlite", "gumbo", "uchardet", "curl", "libgif", "Qt6",
                                "vtk", "pango", "cairo"})
        EXPECT_THAT(rules, Not(HasSubstr(library)));

    const SourceTree sources(HMGRL_SOURCE_DIR, {"core", "app"});
    const std::regex place(HMGRL_SOURCE_DIR "/((core|app)/[A-Za-z/]+[.]cpp)");
    std::set<std::string> compiled;
    for (std::sregex_iterator at(rules.begin(), rules.end(), place), end; at != end; ++at)
        compiled.insert((*at)[1]);
    ASSERT_THAT(compiled, Contains("core/training/TrainRun.cpp"));
    for (const std::string& file : compiled)
        EXPECT_THAT(sources.offenders(file,
                                      {"opencv", "gif_lib", "curl", "gumbo", "uchardet", "sqlite",
                                       "SQLiteCpp", "pango", "cairo", "Q", "qt", "vtk"},
                                      true),
                    IsEmpty());
}

} // namespace
} // namespace hmgrl::hygiene
