#include "interchange/LoopbackServer.h"
#include "interchange/Support.h"
#include "support/Files.h"
#include "support/Text.h"

#include <chrono>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace hmgrl {
namespace {

using test::importAll;
using test::Imported;
using test::LoopbackServer;
using test::TemporaryFolder;

/// A PNG's signature and header: enough to be recognised and measured.
std::string png(int side, const std::string& more = "pixels") {
    std::string out("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);
    for (int i = 0; i < 2; ++i)
        out += {'\0', '\0', static_cast<char>(side >> 8), static_cast<char>(side & 0xFF)};
    return out + more;
}

double secondsOf(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

class Web : public testing::Test {
protected:
    Web() { options.downloadFolder = folder.path() / "images"; }

    [[nodiscard]] Imported page(const std::string& body, const std::string& type = "text/html") {
        server.serve("/page", type, body);
        return importAll(server.url("/page"), {}, options);
    }
    [[nodiscard]] std::string failure(const std::string& path) const {
        try {
            importAll(server.url(path), {}, options);
        } catch (const Error& error) {
            return error.what();
        }
        return "no error";
    }

    TemporaryFolder folder;
    ImportOptions options;
    LoopbackServer server;
};

TEST_F(Web, aFigureBecomesAPairWithCaptionAltAndParagraph) {
    server.serve("/pics/a.png", "image/png", png(40));
    const auto read =
        page("<title>A  title</title><body><p>Far away.</p><article><figure>"
             "<img src='pics/a.png' alt='A tower'><figcaption>The <b>Eiffel</b> Tower\n in "
             "1889 &amp; later</figcaption></figure><p>It was built for a fair.</p></article>");
    ASSERT_EQ(read.documents.size(), 1U) << read.allIssues();
    EXPECT_EQ(read.allIssues(), "");
    const Document& document = read.documents[0];
    EXPECT_EQ(document.text, "The Eiffel Tower in 1889 & later\nA tower\nIt was built for a fair.");
    EXPECT_EQ(document.key, server.url("/page#1"));
    EXPECT_EQ(document.url, server.url("/page"));
    EXPECT_EQ(document.imageRef, server.url("/pics/a.png"));
    EXPECT_EQ(std::filesystem::path(document.imagePath).filename(), sha256(png(40)) + ".png");
    EXPECT_EQ(readFile(document.imagePath), png(40));
    const auto extra = nlohmann::json::parse(document.extra);
    EXPECT_EQ(extra["title"], "A title");
    EXPECT_EQ(extra["alt"], "A tower");
    EXPECT_EQ(extra["paragraph"], "It was built for a fair.");
}

TEST_F(Web, lazyAndResponsiveImagesAreFound) {
    options.downloadFolder.clear();
    const auto read = page(
        "<base href='/deep/'><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' "
        "data-src='lazy.jpg'>"
        "<img srcset='s.jpg 320w, m.jpg 1024w, l,x.jpg 640w'><img src='placeholder.png' "
        "data-original='o.jpg'>"
        "<picture><source srcset='p1.webp 1x, p2.webp 2x'><img></picture><img src=' /root.jpg\n '>"
        "<img src='http://127.0.0.1:1/other.jpg#part'><img src='plain.jpg' srcset='big.jpg 9x'>");
    std::vector<std::string> found;
    for (const Document& document : read.documents)
        found.push_back(document.imageRef);
    EXPECT_THAT(found, testing::ElementsAre(server.url("/deep/lazy.jpg"), server.url("/deep/m.jpg"),
                                            server.url("/deep/o.jpg"), server.url("/deep/p2.webp"),
                                            server.url("/root.jpg"), "http://127.0.0.1:1/other.jpg",
                                            server.url("/deep/plain.jpg")));
    EXPECT_EQ(read.issues.size(), 7U); // no folder: each is told
    EXPECT_TRUE(read.reports({"image 1", "no folder for downloads", "lazy.jpg"}));
}

TEST_F(Web, scriptsHiddenPartsAndTrackingPixelsAreIgnored) {
    server.serve("/t.gif", "image/gif", std::string("GIF89a\1\0\1\0", 10));
    server.serve("/a.png", "image/png", png(9));
    const auto read = page("<script>document.write(\"<img "
                           "src='s.png'>\")</script><style>p{content:'<img src=x.png>'}</style>"
                           "<div hidden><img src='h.png'><p>hidden words</p></div><p "
                           "style='display : none'><img src='n.png'>no</p>"
                           "<template><img src='t.png'></template><svg><image "
                           "href='v.png'/></svg><!-- <img src='c.png'> -->"
                           "<img src='one.png' width=1 height='1'><img src='two.png' style='width: "
                           "2px'><img src='spacer.gif'>"
                           "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='><img alt='no "
                           "source'><img src='t.gif'>"
                           "<img src='javascript:alert(1)' alt='bad'><img "
                           "src='file:///etc/passwd'><p>Words.</p><img src='a.png'>"
                           "<noscript><img src='track.png' width='1'></noscript><textarea><img "
                           "src='q.png'></textarea>");
    ASSERT_EQ(read.documents.size(), 1U) << read.documents[0].imageRef << read.allIssues();
    EXPECT_EQ(read.documents[0].imageRef, server.url("/a.png"));
    EXPECT_EQ(read.documents[0].text, "Words.");
    EXPECT_TRUE(read.reports({"javascript:alert(1)"}));
    EXPECT_TRUE(read.reports({"file:///etc/passwd"}));
    EXPECT_EQ(read.issues.size(), 2U) << read.allIssues();
}

TEST_F(Web, theNearestParagraphSharesTheImagesSection) {
    options.downloadFolder.clear();
    const auto read =
        page("<section><p>One.</p><img src=1.png></section><section><p>Two.</p></section>"
             "<section><img src=3.png><p>Three.</p></section><p>Four <img src=4.png> around.</p>"
             "<nav>Home and a very long list of menu entries that is no text</nav>"
             "<div><img src=5.png><div>A long enough block of text outside any p element."
             "</div></div>");
    std::vector<std::string> texts;
    for (const Document& document : read.documents)
        texts.push_back(document.text);
    EXPECT_THAT(texts, testing::ElementsAre("One.", "Three.", "Four around.",
                                            "A long enough block of text outside any p element."));
}

TEST_F(Web, badImagesAreListedAndTheirPairsStay) {
    server.serve("/html.png", "text/html", "<p>no image");
    server.serve("/good.png", "application/octet-stream", png(30));
    server.route("/endless.png", [](LoopbackServer::Connection& connection) {
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + png(30));
        while (connection.send(std::string(1 << 16, 'x')))
            continue;
    });
    server.redirect("/file.png", "file:///etc/passwd");
    options.maxDownloadBytes = 1 << 20;
    const auto read =
        page("<p>Words.<img src=html.png><img src=none.png><img src=endless.png>"
             "<img src=file.png><img src=good.png><img src=good.png><img src='http://['>");
    ASSERT_EQ(read.documents.size(), 6U);
    EXPECT_EQ(read.documents[1].imageRef, server.url("/none.png"));
    EXPECT_EQ(read.documents[1].imagePath, "");
    EXPECT_NE(read.documents[4].imagePath, "");
    EXPECT_EQ(read.documents[5].imagePath, read.documents[4].imagePath);
    EXPECT_EQ(server.requests("/good.png"), 1);
    EXPECT_TRUE(read.reports({"image 1", "found text/html"})) << read.allIssues();
    EXPECT_TRUE(read.reports({"image 2", "404"}));
    EXPECT_TRUE(read.reports({"image 3", "1048576 bytes"}));
    EXPECT_TRUE(read.reports({"image 4", "neither http nor https"}));
    EXPECT_TRUE(read.reports({"image 7", "http://["}));
    EXPECT_EQ(read.issues.size(), 5U);
}

TEST_F(Web, embeddedImagesAreStored) {
    const std::string bytes = png(30, std::string(900, '\x55'));
    std::string data = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAB4AAAAe";
    for (int i = 0; i < 300; ++i)
        data += "VVVV";
    const auto read = page("<p>Words.<img src='" + data + "'><img src='data:image/png;base64,!" +
                           std::string(900, 'A') + "'>");
    ASSERT_EQ(read.documents.size(), 2U) << read.allIssues();
    EXPECT_EQ(readFile(read.documents[0].imagePath), bytes);
    EXPECT_TRUE(read.reports({"image 2", "base64"}));
}

TEST_F(Web, wrongPagesAreRefusedWithTheReason) {
    server.serve("/image", "image/png", png(30));
    server.serve("/json", "application/json", "{}");
    server.redirect("/loop", "/loop");
    server.redirect("/file", "file:///etc/passwd");
    server.redirect("/ftp", "ftp://127.0.0.1/x");
    server.route("/broken", [](LoopbackServer::Connection& connection) {
        connection.send("nonsense\r\n\r\n");
    });
    server.route("/cut", [](LoopbackServer::Connection& connection) {
        connection.send(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>");
    });
    server.route("/huge", [](LoopbackServer::Connection& connection) {
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
        while (connection.send(std::string(1 << 16, '<')))
            continue;
    });
    server.route("/slow", [](LoopbackServer::Connection& connection) {
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
        for (int i = 0; i < 100 && connection.send("<p>"); ++i)
            connection.wait(0.1);
    });
    EXPECT_THAT(failure("/image"), testing::HasSubstr("found image/png"));
    EXPECT_THAT(failure("/json"), testing::HasSubstr("found application/json"));
    EXPECT_THAT(failure("/none"), testing::HasSubstr("status 404"));
    EXPECT_THAT(failure("/loop"), testing::HasSubstr("more than 5 redirects"));
    EXPECT_EQ(server.requests("/loop"), 6);
    EXPECT_THAT(failure("/file"), testing::HasSubstr("neither http nor https"));
    EXPECT_THAT(failure("/ftp"), testing::HasSubstr("neither http nor https"));
    EXPECT_THAT(failure("/broken"), testing::HasSubstr("cannot be loaded"));
    EXPECT_THAT(failure("/cut"), testing::HasSubstr("cannot be loaded"));
    EXPECT_THAT(failure("/huge"), testing::HasSubstr("20971520 bytes"));
    options.timeoutSeconds = 0.4;
    EXPECT_LT(secondsOf([&] { EXPECT_THAT(failure("/slow"), testing::HasSubstr("longer than")); }),
              1.5);
}

TEST_F(Web, redirectsAreFollowedAndRelativeImagesStartFromTheEnd) {
    options.downloadFolder.clear();
    server.redirect("/short", "/long/way/page.html");
    server.serve("/long/way/page.html", "text/html; charset=utf-8", "<img src=a.png>");
    const auto read = importAll(server.url("/short"), {}, options);
    ASSERT_EQ(read.documents.size(), 1U);
    EXPECT_EQ(read.documents[0].imageRef, server.url("/long/way/a.png"));
    EXPECT_EQ(read.documents[0].url, server.url("/long/way/page.html"));
}

TEST_F(Web, aSilentServerDoesNotDelayCancelling) {
    server.route("/silent", [](LoopbackServer::Connection& connection) { connection.wait(10); });
    CancelToken cancel;
    std::thread user([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        cancel.cancel();
    });
    const double took = secondsOf(
        [&] { EXPECT_THROW(importAll(server.url("/silent"), {}, options, cancel), Cancelled); });
    user.join();
    EXPECT_LT(took, 0.7);
}

TEST_F(Web, namesThatAreNoTextBecomeKeysThatAre) {
    folder.write("s\xFFte/p\xFE.html", "<p>Words.<img src=x.png>");
    server.serve("/%ff%c3%a9", "text/html", "<p>Words.<img src=x.png>");
    for (const auto& source : {folder.path().string(), server.url("/\xFF"
                                                                  "é")}) {
        const auto read = importAll(source, {}, options);
        ASSERT_EQ(read.documents.size(), 1U) << read.allIssues();
        EXPECT_FALSE(firstInvalidUtf8(read.documents[0].key));
        EXPECT_FALSE(firstInvalidUtf8(read.documents[0].url));
        EXPECT_FALSE(firstInvalidUtf8(read.documents[0].imageRef));
    }
}

TEST_F(Web, thePairsOfAPageAreBounded) {
    options.downloadFolder.clear();
    options.maxPairsPerPage = 3;
    std::string body;
    for (int i = 0; i < 10; ++i)
        body += "<img src=" + std::to_string(i) + ".png>";
    const auto read = page(body);
    EXPECT_EQ(read.documents.size(), 3U);
    EXPECT_TRUE(read.reports({"more than 3 images", "7 are left out"})) << read.allIssues();
}

TEST_F(Web, theBytesOfAnImportAreBounded) {
    server.serve("/a.png", "image/png", png(30, std::string(5000, 'a')));
    server.serve("/b.png", "image/png", png(30, std::string(5000, 'b')));
    options.maxDownloadTotalBytes = 6000;
    const auto read = page("<img src=a.png><img src=b.png>");
    EXPECT_EQ(read.documents.size(), 2U);
    EXPECT_EQ(read.issues.size(), 1U) << read.allIssues();
}

TEST_F(Web, savedPagesTakeTheirOwnFilesOnly) {
    folder.write("outside.png", png(30));
    folder.write("site/page files/a b.png", png(31));
    const std::string absolute = (folder.path() / "outside.png").string();
    const auto file =
        folder.write("site/page.html",
                     "<!-- saved from url=(0024)http://127.0.0.1:9/home --><p>Words."
                     "<img src='page%20files/a%20b.png?x=1'><img src='../outside.png'><img src='" +
                         absolute + "'><img src='file://" + absolute +
                         "'><img src='%2e%2e/outside.png'>"
                         "<img src='//127.0.0.1/x.png'><img src='?q'>");
    const auto read = importAll(file, {}, options);
    ASSERT_EQ(read.documents.size(), 6U) << read.allIssues();
    EXPECT_EQ(read.documents[0].url, "http://127.0.0.1:9/home");
    EXPECT_EQ(read.documents[0].key, "page.html#1");
    EXPECT_EQ(std::filesystem::path(read.documents[0].imagePath).filename(), "a b.png");
    for (std::size_t i = 1; i < read.documents.size(); ++i)
        EXPECT_EQ(read.documents[i].imagePath, "") << i;
    EXPECT_EQ(read.issues.size(), 6U) << read.allIssues();
    EXPECT_TRUE(read.reports({"image 2", "../outside.png"}));
    EXPECT_TRUE(read.reports({"image 4", "not an image address", "file://"}));
}

TEST_F(Web, aFolderOfPagesIsReadInOrderAndBadPagesAreListed) {
    folder.write("site/b.html", "<p>Second.<img src=x.png>");
    folder.write("site/a/a.HTM", "<p>First.<img src=x.png>");
    folder.write("site/a/x.png", png(20));
    folder.write("site/x.png", png(20));
    folder.write("site/note.txt", "no page");
    std::string deep = "<p>Words.<img src=x.png>";
    for (int i = 0; i < 100000; ++i)
        deep += "<div>";
    folder.write("site/deep.html", deep);
    Imported read;
    EXPECT_LT(secondsOf([&] { read = importAll((folder.path() / "site").string(), {}, options); }),
              2);
    ASSERT_EQ(read.documents.size(), 2U) << read.allIssues();
    EXPECT_EQ(read.documents[0].key, "a/a.HTM#1");
    EXPECT_EQ(read.documents[0].text, "First.");
    EXPECT_EQ(read.documents[1].key, "b.html#1");
    EXPECT_TRUE(read.reports({"deep.html", "nested at most 4000 deep, found 100000"}))
        << read.allIssues();
}

TEST_F(Web, pagesWithoutEndsAreParsedInBoundedTime) {
    // Nested where a plain scan can't see it: unknown closing tags balance the scan, not the tree.
    std::string hidden = "<p>Words.<img src=x.png>";
    for (int i = 0; i < 60000; ++i)
        hidden += "<div></x>";
    options.timeoutSeconds = 0.5;
    std::string said;
    EXPECT_LT(secondsOf([&] {
                  server.serve("/hidden", "text/html", hidden);
                  said = failure("/hidden");
              }),
              3);
    EXPECT_THAT(said, testing::AnyOf("no error", testing::HasSubstr("to parse")));
    server.serve("/frames", "text/html", hidden + "<frameset>");
    EXPECT_THAT(failure("/frames"), testing::HasSubstr("frameset"));
    options.timeoutSeconds = 20;
    CancelToken cancel;
    std::thread user([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
        cancel.cancel();
    });
    EXPECT_LT(secondsOf([&] {
                  try {
                      importAll(server.url("/hidden"), {}, options, cancel);
                  } catch (const Cancelled&) {
                  }
              }),
              0.65);
    user.join();
}

TEST_F(Web, entitiesAndOddTextBecomeCleanText) {
    const auto read =
        page("<p>&lt;b&gt; &#x1F680; &#0; &#xD800; &notanentity; &amp;amp; \xF0\x9F\x91\xA9"
             "<img src=x alt='&quot;q&quot; &#10; z'>" +
             std::string(1, '\0') + "</p>");
    ASSERT_EQ(read.documents.size(), 1U);
    EXPECT_FALSE(firstInvalidUtf8(read.documents[0].text));
    EXPECT_EQ(read.documents[0].text.find('\0'), std::string::npos);
    EXPECT_THAT(read.documents[0].text, testing::StartsWith("\"q\" z\n<b> 🚀"));
}

TEST_F(Web, longTextIsCutWithAnIssue) {
    options.downloadFolder.clear();
    std::string words;
    for (int i = 0; i < 30000; ++i)
        words += "é ";
    const auto read = page("<p>" + words + "<img src=x.png>");
    ASSERT_EQ(read.documents.size(), 1U);
    EXPECT_EQ(codePointCount(read.documents[0].text), 10000);
    EXPECT_TRUE(read.reports({"image 1", "was cut"}));
}

struct Encoded {
    const char* type;
    std::string bytes;
    const char* text;
};

class WebCharset : public testing::TestWithParam<Encoded> {};

TEST_P(WebCharset, isTakenFromTheHeaderThePageOrTheBytes) {
    const Encoded& given = GetParam();
    LoopbackServer server;
    server.serve("/p", given.type, given.bytes);
    const auto read = importAll(server.url("/p"));
    ASSERT_EQ(read.documents.size(), 1U) << read.allIssues();
    EXPECT_EQ(read.documents[0].text, given.text) << read.allIssues();
}

const std::string image = "<img src=a.png>";

INSTANTIATE_TEST_SUITE_P(
    Web, WebCharset,
    testing::Values(
        Encoded{"text/html; charset=ISO-8859-1", "<p>caf\xE9 \x80" + image, "café €"},
        Encoded{"text/html", "<meta charset='windows-1251'><p>\xCC\xEE\xF1\xEA\xE2\xE0" + image,
                "Москва"},
        Encoded{"text/html",
                "<meta http-equiv=Content-Type content='text/html; "
                "charset=gb2312'><p>\xB1\xB1\xBE\xA9" +
                    image,
                "北京"},
        Encoded{"text/html; charset=Shift_JIS", "<p>\x93\x8C\x8B\x9E" + image, "東京"},
        Encoded{"text/html", "<p>שלום 🚀" + image, "שלום 🚀"},
        Encoded{"text/html", "\xEF\xBB\xBF<meta charset=latin1><p>é" + image, "é"},
        Encoded{"text/html",
                std::string("\xFF\xFE<\0p\0>\0\xE9\0<\0i\0m\0g\0 \0s\0r\0c\0=\0a\0>\0", 32), "é"},
        Encoded{"text/html; charset=utf-7//TRANSLIT", "<p>caf\xC3\xA9" + image, "café"}));

TEST_F(Web, bytesThatMeanNothingAreTold) {
    options.downloadFolder.clear();
    const auto read = page("<meta charset=iso-2022-jp><p>a\xFF\xFE\x81"
                           "b<img src=x.png>");
    ASSERT_EQ(read.documents.size(), 1U);
    EXPECT_FALSE(firstInvalidUtf8(read.documents[0].text));
}

} // namespace
} // namespace hmgrl
