#include "WorkflowFixture.h"
#include "perception/Image.h"
#include "workflow/Jobs.h"

#include <algorithm>

namespace hmgrl {
namespace {

/// A picture of one colour: full in `channel`, 0 in the others.
std::string jpegOf(int channel) {
    Image image{24, 24, std::vector<std::uint8_t>(3UL * 24 * 24, 0)};
    for (std::size_t i = static_cast<std::size_t>(channel); i < image.rgb.size(); i += 3)
        image.rgb[i] = 255;
    return thumbnailJpeg(image);
}

class ImportJobTest : public test::WorkflowFixture {
protected:
    void SetUp() override {
        for (const auto& [name, channel] : {std::pair("red", 0), {"green", 1}, {"blue", 2}})
            m_folder.write(std::string(name) + ".jpg", jpegOf(channel));
        auto project = Project::create(m_folder.path() / "p.hmgrl");
        open(std::move(project));
    }

    static std::string line(const std::string& name) {
        return R"({"id":")" + name + R"(","text":")" + name + R"(","image":")" + name + ".jpg\"}\n";
    }

    Issues import(const std::string& lines) {
        const ImportJob job{m_folder.write("pairs.jsonl", lines), {}, m_folder.path() / "web", {}};
        return importDocuments(m_link, job, [](auto) {}, {}, {});
    }

    /// The channel that the thumbnail of the document of this id is bright in; -1 without one.
    int channelOf(const std::string& key) {
        return m_link.call([&](Project& project) {
            for (const DocumentSummary& row : project.documents())
                if (const std::string jpeg = project.thumbnail(row.id);
                    row.key == key && !jpeg.empty()) {
                    const auto rgb = decodeImage(jpeg, key).rgb;
                    return static_cast<int>(std::max_element(rgb.begin(), rgb.begin() + 3) -
                                            rgb.begin());
                }
            return -1;
        });
    }
};

TEST_F(ImportJobTest, EveryDocumentGetsItsOwnPicture) {
    EXPECT_TRUE(import(line("red") + line("green")).empty());
    EXPECT_EQ(channelOf("red"), 0);
    EXPECT_EQ(channelOf("green"), 1);
}

TEST_F(ImportJobTest, WhatAGrownFileBringsGetsItsOwnPictureToo) {
    (void)import(line("red"));
    EXPECT_EQ(import(line("red") + line("blue")).size(), 1U) << "the red one is here already";
    EXPECT_EQ(channelOf("red"), 0);
    EXPECT_EQ(channelOf("blue"), 2);
}

TEST_F(ImportJobTest, APictureThatIsBrokenIsNamedAndTheRestGoesOn) {
    m_folder.write("broken.jpg", "no picture");
    const Issues issues = import(line("broken") + line("green"));
    ASSERT_EQ(issues.size(), 1U);
    EXPECT_EQ(issues.front().place, "image of broken");
    EXPECT_EQ(channelOf("broken"), -1);
    EXPECT_EQ(channelOf("green"), 1);
}

} // namespace
} // namespace hmgrl
