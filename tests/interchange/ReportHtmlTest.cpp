#include "interchange/ReportHtml.h"

#include <gmock/gmock.h>

namespace hmgrl {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Mention mention(int begin, int end, const std::string& type, Status status) {
    return {0, {begin, end}, type, 0.625, status, {}};
}

ReportContent content() {
    ReportContent report;
    report.title = "a <b> & \"c\"";
    report.facts = {{"Documents", "1"}};
    report.diskSvg = "<?xml version=\"1.0\"?><svg id=\"disk\"></svg>";
    report.categories = {{CategoryKind::Entity, "person/other", "", "person", true, 0x102030},
                         {CategoryKind::Entity, "place", "", "", false, 0x405060}};
    Document document;
    document.key = "<script>alert(1)</script>";
    document.text = "\xF0\x9F\x98\x80 Ada <img onerror=x> in K\xC3\xB6ln";
    document.mentions = {mention(2, 5, "person/other", Status::Accepted),
                         mention(25, 29, "place", Status::Suggested),
                         mention(6, 9, "place", Status::Rejected)};
    document.relations = {{0, 0, 1, "born_in", 0.5, Status::Suggested, {}}};
    report.documents = {document};
    report.thumbnails = {std::string("\xff\xd8\x00", 3)};
    return report;
}

TEST(ReportHtmlTest, MarksMentionsByCodePointsAndStatus) {
    const std::string html = reportHtml(content());
    EXPECT_THAT(html, HasSubstr(">Ada<small>other person</small>"));
    EXPECT_THAT(html, HasSubstr("<mark class=\"suggested\""));
    EXPECT_THAT(html, HasSubstr("K\xC3\xB6ln<small>place 0.62"));
    EXPECT_THAT(html, HasSubstr("unseen</span>"));
    EXPECT_THAT(html, HasSubstr("Ada <i>born in 0.50"));
    EXPECT_THAT(html, HasSubstr("background:#1020302b"));
    EXPECT_THAT(html, HasSubstr("base64,/9gA\""));
}

TEST(ReportHtmlTest, NothingFromADocumentBecomesMarkup) {
    const std::string html = reportHtml(content());
    EXPECT_THAT(html, Not(HasSubstr("<script")));
    EXPECT_THAT(html, Not(HasSubstr("<img onerror")));
    EXPECT_THAT(html, HasSubstr("a &lt;b&gt; &amp; &quot;c&quot;"));
    EXPECT_THAT(html, Not(HasSubstr("<?xml"))) << "the disk begins at its element";
    EXPECT_THAT(html, Not(HasSubstr("http:"))) << "nothing is fetched";
}

TEST(ReportHtmlTest, AnEmptyProjectHasAPage) {
    const std::string html = reportHtml({});
    EXPECT_THAT(html, HasSubstr("<!doctype html>"));
    EXPECT_THAT(html, HasSubstr("</html>"));
}

} // namespace
} // namespace hmgrl
