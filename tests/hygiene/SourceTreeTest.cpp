// The guard itself must see what it guards against.
#include "hygiene/SourceTree.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hmgrl::hygiene {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

class TreeWith : public testing::Test {
protected:
    void SetUp() override {
        m_root = fs::path(testing::TempDir()) /
                 testing::UnitTest::GetInstance()->current_test_info()->name();
        fs::remove_all(m_root);
    }
    void TearDown() override { fs::remove_all(m_root); }

    void write(const std::string& path, const std::string& text) {
        fs::create_directories((m_root / path).parent_path());
        std::ofstream(m_root / path) << text;
    }
    [[nodiscard]] SourceTree read() const { return {m_root, {"core", "widgets"}}; }

private:
    fs::path m_root;
};

TEST(Includes, AreFoundWithAnySpacingAndNotInComments) {
    const auto found = includesOf("#include <a.h>\n  #  include \"b/c.h\" // why\n"
                                  "// #include <d.h>\nint include;\n#include<e>\n");
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0].name, "a.h");
    EXPECT_TRUE(found[0].system);
    EXPECT_EQ(found[1].name, "b/c.h");
    EXPECT_FALSE(found[1].system);
    EXPECT_EQ(found[2].name, "e");
}

TEST(Depends, StopsAtTheNextKeywordAndSpansLines) {
    EXPECT_THAT(dependsOf("find_package(X)\nhmgrl_room(view DEPENDS data\n  geometry PRIVATE y)"),
                ElementsAre("data", "geometry"));
    EXPECT_THAT(dependsOf("hmgrl_room(support PUBLIC y)"), IsEmpty());
}

TEST_F(TreeWith, ForbiddenInclude) {
    write("core/a/One.h", "#include <vector>\n");
    write("core/a/Two.cpp", "#include \"a/One.h\"\n#include <QString>\n");
    write("widgets/b/Three.cpp", "#include <QString>\n");
    EXPECT_THAT(read().offenders("core/", {"Q"}), ElementsAre("core/a/Two.cpp includes <QString>"));
}

TEST_F(TreeWith, ForbiddenIncludeBehindTwoHeaders) {
    write("core/a/Deep.h", "#include <torch/types.h>\n");
    write("core/a/Door.h", "#include \"a/Deep.h\"\n#include \"a/Door.h\"\n");
    write("widgets/b/Panel.cpp", "#include \"a/Door.h\"\n");
    EXPECT_THAT(read().offenders("widgets/", {"torch/"}), IsEmpty());
    EXPECT_THAT(read().offenders("widgets/", {"torch/"}, true),
                ElementsAre("widgets/b/Panel.cpp includes <torch/types.h> through core/a/Deep.h"));
}

TEST_F(TreeWith, LinesAreCounted) {
    write("core/a/Long.cpp", std::string(601, '\n'));
    write("widgets/b/notes.txt", "not a source\n");
    const SourceTree tree = read();
    ASSERT_EQ(tree.files().size(), 1u);
    EXPECT_EQ(tree.files().at("core/a/Long.cpp").lines, 601u);
}

} // namespace
} // namespace hmgrl::hygiene
