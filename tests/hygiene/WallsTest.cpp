// The walls between the rooms, as CONTRIBUTING.md describes them.
#include "hygiene/SourceTree.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>

namespace hmgrl::hygiene {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

const SourceTree& sources() {
    static const SourceTree tree(HMGRL_SOURCE_DIR, {"core", "widgets", "app", "tests"});
    return tree;
}

const std::vector<std::string> kEngineLibraries{"torch/", "ATen/", "c10/", "caffe2/", "opencv"};
const std::vector<std::string> kToolkits{"Q", "qt", "vtk"};

TEST(Walls, TheSourcesAreThere) {
    EXPECT_GT(sources().files().size(), 100u);
    EXPECT_TRUE(sources().files().contains("core/support/Error.h"));
}

TEST(Walls, WidgetsReachNoEngineLibrary) {
    EXPECT_THAT(sources().offenders("widgets/", kEngineLibraries, true), IsEmpty());
}

TEST(Walls, ProgramsReachNoEngineLibrary) {
    EXPECT_THAT(sources().offenders("app/", kEngineLibraries, true), IsEmpty());
}

TEST(Walls, CoreKnowsNoToolkit) {
    EXPECT_THAT(sources().offenders("core/", kToolkits, true), IsEmpty());
}

TEST(Walls, TheCommandLineKnowsNoToolkit) {
    EXPECT_THAT(sources().offenders("app/cli/", kToolkits, true), IsEmpty());
}

TEST(Walls, TheSceneKnowsNoQt) {
    EXPECT_THAT(sources().offenders("widgets/scene/", {"Q", "qt"}, true), IsEmpty());
}

TEST(Walls, VtkStaysInSceneAndDisk) {
    for (const auto& entry : fs::directory_iterator(fs::path(HMGRL_SOURCE_DIR) / "widgets")) {
        const std::string room = entry.path().filename().string();
        if (entry.is_directory() && room != "scene" && room != "disk") {
            EXPECT_THAT(sources().offenders("widgets/" + room + "/", {"vtk"}, true), IsEmpty());
        }
    }
    EXPECT_THAT(sources().offenders("app/", {"vtk"}, true), IsEmpty());
}

std::set<std::string> roomsOf(const fs::path& folder) {
    std::set<std::string> rooms;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_directory())
            rooms.insert(entry.path().filename().string());
    return rooms;
}

/// All rooms share one include path, so the compiler alone does not prove these arrows.
TEST(Walls, CoreRoomsIncludeOnlyWhatTheyDependOn) {
    const fs::path core = fs::path(HMGRL_SOURCE_DIR) / "core";
    const std::set<std::string> rooms = roomsOf(core);
    for (const std::string& room : rooms) {
        std::ifstream cmake(core / room / "CMakeLists.txt");
        auto allowed = dependsOf({std::istreambuf_iterator<char>(cmake), {}});
        allowed.insert(room);
        for (const auto& [path, file] : sources().files()) {
            if (!path.starts_with("core/" + room + "/"))
                continue;
            for (const Include& include : file.includes) {
                const std::string target = include.name.substr(0, include.name.find('/'));
                if (!include.system && rooms.contains(target)) {
                    EXPECT_TRUE(allowed.contains(target)) << path << " includes " << include.name;
                }
            }
        }
    }
}

TEST(Walls, NoFileIsLongerThan600Lines) {
    for (const auto& [path, file] : sources().files())
        EXPECT_LE(file.lines, 600u) << path;
}

} // namespace
} // namespace hmgrl::hygiene
