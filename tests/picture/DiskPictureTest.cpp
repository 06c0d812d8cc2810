#include "picture/DiskPicture.h"

#include "picture/DiskPictureLabels.h"
#include "support/Error.h"
#include "support/Random.h"

#include <algorithm>
#include <cctype>
#include <gtest/gtest.h>
#include <locale>
#include <numbers>

namespace hmgrl {
namespace {

void add(DiskScene& scene, DiskPoint point, PointKind kind, std::uint32_t category,
         std::string label) {
    scene.points.push_back(point);
    scene.kind.push_back(kind);
    scene.id.push_back(label.empty() ? static_cast<std::int64_t>(scene.id.size()) : -1);
    scene.document.push_back(-1);
    scene.colour.push_back(0x336699 + 0x2211 * category);
    scene.category.push_back(category);
    scene.labels.push_back(std::move(label));
}

/// Five prototypes under one root and samples about them.
DiskScene family(std::size_t samples) {
    DiskScene scene;
    const std::vector<std::string> names{"thing", "thing/a", "thing/b & <b>", "thing/c",
                                         "thing/d_e"};
    scene.categoryNames = names;
    add(scene, {0, 0}, PointKind::EntityPrototype, 0, "thing");
    for (std::uint32_t c = 1; c < 5; ++c) {
        add(scene, {1.8, 1.6 * c}, PointKind::EntityPrototype, c, names[c]);
        scene.treeEdges.emplace_back(0, c);
    }
    Random random(2);
    for (std::size_t i = 0; i < samples; ++i) {
        const std::uint32_t c = 1 + random.upTo(3);
        add(scene, {1 + 2 * random.uniform(), 1.6 * c + 0.5 * random.uniform()}, PointKind::Mention,
            c, "");
    }
    return scene;
}

DiskController viewOf(DiskScene scene) {
    DiskController view;
    view.setViewport(900, 700);
    view.setScene(std::move(scene));
    return view;
}

std::size_t countOf(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        ++count;
    return count;
}

/// What is not well-formed about a document made of elements with attributes, or an empty string.
std::string faultOf(const std::string& xml) {
    std::vector<std::string> open;
    std::size_t at = xml.find("?>");
    at = at == std::string::npos ? 0 : at + 2;
    while (at < xml.size()) {
        const std::size_t tag = xml.find('<', at);
        const std::string between = xml.substr(at, tag == std::string::npos ? tag : tag - at);
        for (std::size_t amp = between.find('&'); amp != std::string::npos;
             amp = between.find('&', amp + 1)) {
            const std::string name = between.substr(amp, between.find(';', amp) - amp + 1);
            if (name != "&amp;" && name != "&lt;" && name != "&gt;" && name != "&quot;" &&
                name != "&apos;")
                return "bare & in " + between;
        }
        for (char c : between)
            if (static_cast<unsigned char>(c) < 0x20 && c != '\n')
                return "control character";
        if (tag == std::string::npos)
            break;
        std::size_t end = tag + 1;
        for (bool quoted = false; end < xml.size() && (quoted || xml[end] != '>'); ++end) {
            quoted = quoted != (xml[end] == '"');
            if (xml[end] == '<')
                return "< inside a tag";
        }
        const std::string body = xml.substr(tag + 1, end - tag - 1);
        const std::string name = body.substr(0, body.find_first_of(" /"));
        if (body[0] == '/') {
            if (open.empty() || open.back() != body.substr(1))
                return "unmatched " + body;
            open.pop_back();
        } else if (body.back() != '/') {
            open.push_back(name);
        }
        at = end + 1;
    }
    return open.empty() ? "" : "never closed: " + open.back();
}

struct Size {
    std::uint32_t width = 0, height = 0;
};

Size pngSize(const std::string& png) {
    const auto number = [&](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i)
            value = value << 8 | static_cast<unsigned char>(png[at + i]);
        return value;
    };
    if (png.size() < 24 || png.compare(0, 8, "\x89PNG\r\n\x1a\n") != 0)
        return {};
    return {number(16), number(20)};
}

TEST(DiskPicture, SvgHoldsEveryVisiblePoint) {
    const DiskController view = viewOf(family(300));
    const std::string svg = diskSvg(view);
    EXPECT_EQ(faultOf(svg), "");
    EXPECT_EQ(countOf(svg, "<circle class=\"point\""), 305U);
    EXPECT_NE(svg.find("300 samples · 5 prototypes"), std::string::npos);
    EXPECT_EQ(diskSvg(view), svg) << "the same view gives the same bytes";
}

TEST(DiskPicture, SvgCountsOnlyWhatTheFrameShows) {
    DiskController view = viewOf(family(300));
    view.zoomAt(450, 350, 3);
    std::size_t inside = 0;
    for (std::size_t i = 0; i < view.scene().size(); ++i) {
        const disk::Complex z = view.viewPoints()[i] * view.zoom() * 0.465;
        inside += std::max(std::abs(z.real()), std::abs(z.imag())) < 0.5;
    }
    const std::size_t found = countOf(diskSvg(view), "<circle class=\"point\"");
    EXPECT_LT(found, 305U);
    EXPECT_GE(found, inside);
    EXPECT_LE(found, inside + 10) << "only marks cut by the edge on top";
}

TEST(DiskPicture, HostileNamesStayText) {
    DiskScene scene = family(10);
    scene.labels[1] = "</text><script>alert('1')</script>&\"";
    scene.labels[2] = std::string("NUL\0 \x01 \xff\xfe bad", 13);
    scene.categoryNames[1] = "]]><!-- & -->";
    PictureOptions options;
    options.title = "<title> & \"quotes\" \xf0\x9f\x98\x80 \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d";
    const std::string svg = diskSvg(viewOf(scene), options);
    EXPECT_EQ(faultOf(svg), "");
    EXPECT_EQ(svg.find("<script"), std::string::npos);
    EXPECT_NE(svg.find("&lt;script&gt;"), std::string::npos);
    EXPECT_NE(svg.find("\xf0\x9f\x98\x80"), std::string::npos);
    EXPECT_GT(pngSize(diskPng(viewOf(scene), options)).width, 0U);
}

/// Numbers as some countries write them.
struct DecimalComma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

TEST(DiskPicture, NumbersKnowNoLocale) {
    const DiskController view = viewOf(family(20));
    const std::string before = diskSvg(view);
    const std::locale old =
        std::locale::global(std::locale(std::locale::classic(), new DecimalComma));
    const std::string after = diskSvg(view);
    std::locale::global(old);
    EXPECT_EQ(after, before);
}

TEST(DiskPicture, PngHasTheSizeAskedFor) {
    const DiskController view = viewOf(family(100));
    PictureOptions options;
    options.side = 400;
    EXPECT_EQ(pngSize(diskPng(view, options)).height, 400U);
    EXPECT_EQ(pngSize(diskPng(view, options)).width, 500U);
    options.legend = false;
    const std::string light = diskPng(view, options);
    EXPECT_EQ(pngSize(light).width, 400U);
    EXPECT_EQ(diskPng(view, options), light);
    options.dark = true;
    EXPECT_NE(diskPng(view, options), light);
    options.side = 4500; // drawn at its own size
    EXPECT_EQ(pngSize(diskPng(view, options)).width, 4500U);
}

TEST(DiskPicture, EmptyAndExtremeViews) {
    PictureOptions options;
    options.side = 200;
    options.title = std::string(500, 'W');
    EXPECT_EQ(faultOf(diskSvg(DiskController(), options)), "");
    EXPECT_GT(diskPng(DiskController(), options).size(), 100U);
    DiskController view = viewOf(family(50));
    view.beginRecentre({13, 1});
    view.stepRecentre(1);
    EXPECT_EQ(faultOf(diskSvg(view, options)), "");
    view.zoomAt(100, 100, 1000);
    EXPECT_EQ(faultOf(diskSvg(view, options)), "");
    EXPECT_GT(diskPng(view, options).size(), 100U);
    view.setActive(std::vector<bool>(55, false));
    EXPECT_GT(diskPng(view, options).size(), 100U);
}

TEST(DiskPicture, SizeHasBounds) {
    PictureOptions options;
    for (int side : {-1, 0, 199, 8001}) {
        options.side = side;
        EXPECT_THROW((void)diskSvg(viewOf(family(1)), options), Error);
        EXPECT_THROW((void)diskPng(viewOf(family(1)), options), Error);
    }
}

TEST(DiskPicture, LegendNamesTheMostFrequentFirst) {
    DiskScene scene;
    for (std::uint32_t c = 0; c < 40; ++c) {
        scene.categoryNames.push_back("kind_" + std::to_string(c));
        for (std::uint32_t i = 0; i <= c; ++i)
            add(scene, {1, 0.1 * c}, PointKind::Mention, c, "");
    }
    const std::string svg = diskSvg(viewOf(scene));
    EXPECT_LT(svg.find(">kind 39<"), svg.find(">kind 38<"));
    EXPECT_NE(svg.find(">and 17 more<"), std::string::npos);
    EXPECT_EQ(svg.find(">kind 3<"), std::string::npos);
    PictureOptions plain;
    plain.legend = false;
    EXPECT_EQ(diskSvg(viewOf(scene), plain).find(">kind 39<"), std::string::npos);
}

TEST(DiskPictureLabels, NeverOverlapOrLeaveTheFrame) {
    const picture::Font font;
    const picture::Frame frame{10, 20, 500, 400};
    Random random(6);
    std::vector<picture::Label> labels;
    for (int i = 0; i < 120; ++i) {
        picture::Label label;
        label.text = std::string(3 + random.upTo(12), 'n');
        label.mark = {10 + 500 * random.uniform(), 20 + 400 * random.uniform()};
        label.markRadius = 5;
        label.away = {1, 0};
        labels.push_back(label);
    }
    picture::placeLabels(labels, frame, font);
    std::vector<picture::Frame> boxes;
    for (const picture::Label& label : labels)
        if (label.placed) {
            const double width = font.width(label.text, label.size, label.bold);
            boxes.push_back(
                {label.centre.x - width / 2, label.centre.y - label.size / 2, width, label.size});
        }
    EXPECT_GT(boxes.size(), 30U);
    EXPECT_TRUE(labels[0].placed) << "the first has all the room";
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const picture::Frame& a = boxes[i];
        EXPECT_TRUE(frame.contains({a.x, a.y}) && frame.contains({a.x + a.width, a.y + a.height}));
        for (const picture::Label& label : labels)
            EXPECT_FALSE(a.contains(label.mark)) << "no mark is covered";
        for (std::size_t j = 0; j < i; ++j) {
            const picture::Frame& b = boxes[j];
            EXPECT_FALSE(a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
                         b.y < a.y + a.height);
        }
    }
}

TEST(DiskPictureFont, MeasuresElidesAndDraws) {
    const picture::Font font;
    EXPECT_GT(font.width("wide words", 20, false), font.width("wide", 20, false));
    EXPECT_NEAR(font.width("abc", 40, false), 2 * font.width("abc", 20, false), 3);
    EXPECT_EQ(font.width("", 20, false), 0);
    EXPECT_EQ(font.elided("short", 12, false, 500), "short");
    const std::string cut = font.elided("a very long name indeed", 20, false, 80);
    EXPECT_LE(font.width(cut, 20, false), 80);
    EXPECT_TRUE(cut.ends_with("…"));
    const picture::TextMask mask = font.render("Ag", 30, true, 3);
    EXPECT_GT(*std::max_element(mask.ink.begin(), mask.ink.end()), 200);
    for (std::size_t i = 0; i < mask.ink.size(); ++i)
        EXPECT_GE(mask.halo[i] + 40, mask.ink[i]) << "the halo lies under the ink";
    EXPECT_EQ(picture::printable("a\xff\tb"), "a\xEF\xBF\xBD b");
}

} // namespace
} // namespace hmgrl
