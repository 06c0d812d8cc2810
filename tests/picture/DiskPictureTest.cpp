#include "picture/DiskPicture.h"

#include "picture/DiskPictureFont.h"
#include "picture/Pdf.h"
#include "support/Error.h"
#include "support/Random.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <clocale>
#include <cmath>
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
                name != "&#39;")
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

constexpr const char* pointMark = "class=\"point\"";

TEST(DiskPicture, SvgHoldsEveryVisiblePoint) {
    const DiskController view = viewOf(family(300));
    const std::string svg = diskSvg(view);
    EXPECT_EQ(faultOf(svg), "");
    EXPECT_EQ(countOf(svg, pointMark), 305U);
    EXPECT_NE(svg.find(">300</text>", svg.find(">samples<")), std::string::npos);
    EXPECT_EQ(svg.find(">selected<"), std::string::npos) << "none is";
    EXPECT_EQ(diskSvg(view), svg) << "the same view gives the same bytes";
}

TEST(DiskPicture, SvgCountsOnlyWhatTheFrameShows) {
    DiskController view = viewOf(family(300));
    view.zoomAt(450, 350, 3);
    std::size_t inside = 0;
    for (const disk::Complex z : view.viewPoints()) {
        const disk::Complex off = (z - view.pan()) * view.zoom() * 0.47;
        inside += std::max(std::abs(off.real()), std::abs(off.imag())) < 0.5;
    }
    const std::size_t found = countOf(diskSvg(view), pointMark);
    EXPECT_LT(found, 305U);
    EXPECT_GE(found, inside);
    EXPECT_LE(found, inside + 10) << "only marks cut by the edge on top";
}

/// All paint operators of the page.
std::size_t marksOf(const DiskController& view) {
    PictureOptions options;
    options.legend = false;
    return test::Pdf(diskPdf(view, options)).paintOperators();
}

DiskOverlay bare() {
    DiskOverlay overlay;
    overlay.grid = overlay.tree = overlay.labels = false;
    return overlay;
}

/// Points of the page: what is painted more than without a scene.
std::size_t pointsOf(const DiskController& view) {
    DiskController ground = view;
    ground.setScene({});
    return marksOf(view) - marksOf(ground);
}

TEST(DiskPicture, PdfHoldsEveryVisiblePoint) {
    DiskScene samples = family(300);
    samples.treeEdges.clear();
    for (auto& kind : samples.kind)
        kind = PointKind::Mention; // one operator a mark
    DiskController view = viewOf(samples);
    view.setOverlay(bare());
    EXPECT_EQ(pointsOf(view), 305U);
    view.zoomAt(650, 350, 3);
    PictureOptions options;
    options.legend = false;
    const std::size_t inSvg = countOf(diskSvg(view, options), pointMark);
    EXPECT_EQ(pointsOf(view), inSvg);
    EXPECT_GT(inSvg, 20U);
    EXPECT_LT(inSvg, 200U);
}

TEST(DiskPicture, PdfIsOnePageWithTextAsText) {
    PictureOptions options;
    options.title = "Étude №5";
    options.side = 800;
    const test::Pdf pdf(diskPdf(viewOf(family(30)), options));
    EXPECT_EQ(pdf.fault(), "");
    EXPECT_EQ(pdf.pages(), 1U);
    EXPECT_DOUBLE_EQ(pdf.height(), 600) << "800 pixels of 1/96 inch in points";
    EXPECT_DOUBLE_EQ(pdf.width(), 754.5);
    for (const char* text : {"Étude №5", "thing/b & <b>", "prototypes"})
        EXPECT_NE(pdf.text().find(text), std::string::npos) << text << " in " << pdf.text();
}

TEST(DiskPicture, HostileNamesStayText) {
    DiskScene scene = family(10);
    scene.labels[1] = "</text><script>alert('1')</script>&\"";
    scene.labels[2] = std::string("NUL\0 \x01 \xff\xfe bad", 13);
    scene.categoryNames[1] = "]]><!-- & -->";
    PictureOptions options;
    options.title = "<title> & \"quotes\" \xf0\x9f\x98\x80 \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d";
    options.shown = PictureLegend{"<g> \x02", {{"</svg>", 0x112233, 3, Marker::Star, {}}}};
    const std::string svg = diskSvg(viewOf(scene), options);
    EXPECT_EQ(faultOf(svg), "");
    EXPECT_EQ(svg.find("<script"), std::string::npos);
    EXPECT_NE(svg.find("&lt;script&gt;"), std::string::npos);
    EXPECT_NE(svg.find("\xf0\x9f\x98\x80"), std::string::npos);
    EXPECT_GT(pngSize(diskPng(viewOf(scene), options)).width, 0U);
    EXPECT_EQ(test::Pdf(diskPdf(viewOf(scene), options)).fault(), "");
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
    const std::size_t marks = marksOf(view);
    const std::locale old =
        std::locale::global(std::locale(std::locale::classic(), new DecimalComma));
    const char* wasC = std::setlocale(LC_ALL, nullptr);
    const std::string kept = wasC == nullptr ? "C" : wasC;
    std::setlocale(LC_ALL, "de_DE.UTF-8"); // stays as it is where that is not installed
    const std::string after = diskSvg(view);
    const std::size_t marksAfter = marksOf(view);
    std::locale::global(old);
    std::setlocale(LC_ALL, kept.c_str());
    EXPECT_EQ(after, before);
    EXPECT_EQ(marksAfter, marks);
}

TEST(DiskPicture, PngHasTheSizeAskedFor) {
    const DiskController view = viewOf(family(100));
    PictureOptions options;
    options.side = 800;
    for (const double scale : {0.5, 1.0, 3.0}) {
        options.scale = scale;
        options.legend = true;
        EXPECT_EQ(pngSize(diskPng(view, options)).height, std::lround(800 * scale));
        EXPECT_EQ(pngSize(diskPng(view, options)).width, std::lround(1050 * scale));
        options.legend = false;
        EXPECT_EQ(pngSize(diskPng(view, options)).width, std::lround(800 * scale));
    }
    options.scale = 1;
    options.aspect = 1.5;
    EXPECT_EQ(pngSize(diskPng(view, options)).width, 1200U);
    options.side = 200; // a shrunk picture
    EXPECT_EQ(pngSize(diskPng(view, options)).height, 200U);
    EXPECT_EQ(pngSize(diskPng(view, options)).width, 300U);
    const std::string light = diskPng(view, options);
    EXPECT_EQ(diskPng(view, options), light);
    options.dark = true;
    EXPECT_NE(diskPng(view, options), light);
}

TEST(DiskPicture, EmptyAndExtremeViews) {
    PictureOptions options;
    options.side = 200;
    options.title = std::string(500, 'W');
    EXPECT_EQ(faultOf(diskSvg(DiskController(), options)), "");
    EXPECT_EQ(test::Pdf(diskPdf(DiskController(), options)).fault(), "");
    EXPECT_GT(diskPng(DiskController(), options).size(), 100U);
    DiskController view = viewOf(family(50));
    view.beginRecentre({13, 1});
    view.stepRecentre(1);
    EXPECT_EQ(faultOf(diskSvg(view, options)), "");
    view.zoomAt(100, 100, 1000);
    EXPECT_EQ(faultOf(diskSvg(view, options)), "");
    EXPECT_EQ(test::Pdf(diskPdf(view, options)).fault(), "");
    EXPECT_GT(diskPng(view, options).size(), 100U);
    view.setActive(std::vector<bool>(55, false));
    EXPECT_GT(diskPng(view, options).size(), 100U);
}

TEST(DiskPicture, OptionsHaveBounds) {
    const DiskController view = viewOf(family(1));
    const auto refused = [&](auto change) {
        PictureOptions options;
        change(options);
        EXPECT_THROW((void)diskSvg(view, options), Error);
        EXPECT_THROW((void)diskPdf(view, options), Error);
        EXPECT_THROW((void)diskPng(view, options), Error);
    };
    for (const int side : {-1, 0, 199, 4001})
        refused([&](PictureOptions& o) { o.side = side; });
    for (const double scale : {0.0, -1.0, 0.2, 8.1, std::nan("")})
        refused([&](PictureOptions& o) { o.scale = scale; });
    for (const double aspect : {0.0, 0.2, 4.5, std::nan("")})
        refused([&](PictureOptions& o) { o.aspect = aspect; });
    PictureOptions large;
    large.side = 4000;
    large.scale = 5; // either alone would do
    EXPECT_THROW((void)diskPng(view, large), Error);
    EXPECT_THROW((void)diskPicture("picture.gif", view), Error);
    EXPECT_TRUE(diskPicture("A.PDF", view).starts_with("%PDF-1.5"));
}

TEST(DiskPicture, LegendNamesTheMostFrequentFirst) {
    DiskScene scene;
    for (std::uint32_t c = 0; c < 60; ++c) {
        scene.categoryNames.push_back("kind_" + std::to_string(c));
        for (std::uint32_t i = 0; i <= c; ++i)
            add(scene, {1, 0.1 * c}, PointKind::Mention, c, "");
    }
    const std::string svg = diskSvg(viewOf(scene));
    EXPECT_LT(svg.find(">kind 59<"), svg.find(">kind 58<"));
    EXPECT_NE(svg.find(" more<"), std::string::npos);
    EXPECT_EQ(svg.find(">kind 3<"), std::string::npos);
    PictureOptions plain;
    plain.legend = false;
    EXPECT_EQ(diskSvg(viewOf(scene), plain).find(">kind 59<"), std::string::npos);
}

TEST(DiskPicture, LegendOfTheColoursShownAndOfTheRelations) {
    DiskScene scene = family(20);
    scene.arcNames = {"born_in", "part_of"};
    for (std::uint32_t i = 0; i < 6; ++i)
        scene.arcs.push_back({5 + i, 12 + i, 0xAA3311, i % 3 == 0 ? 0U : 1U, i});
    DiskController view = viewOf(scene);
    DiskOverlay overlay;
    overlay.arcs = true;
    view.setOverlay(overlay);
    PictureOptions options;
    options.shown = PictureLegend{"Confidence", {{"above 80 %", 0x2C6FBB, 12, {}, {}}}};
    const std::string svg = diskSvg(view, options);
    for (const char* text : {">Confidence<", ">above 80 %<", ">Relations<", ">part of<"})
        EXPECT_NE(svg.find(text), std::string::npos) << text;
    EXPECT_EQ(svg.find(">a<", svg.find("class=\"legend\"")), std::string::npos)
        << "not the categories";
    overlay.arcs = false;
    view.setOverlay(overlay);
    EXPECT_EQ(diskSvg(view, options).find(">part of<"), std::string::npos);
}

TEST(DiskPicture, TheLegendSpeaksTheCallersLanguage) {
    DiskScene scene = family(40);
    scene.arcNames = {""};
    scene.arcs = {{6, 20, 0xAA3311, 0, 1}};
    scene.kind[9] = PointKind::Generated;
    for (int i = 0; i < 60; ++i) {
        scene.categoryNames.push_back("kind_" + std::to_string(i));
        scene.category[10] = static_cast<std::uint32_t>(scene.categoryNames.size() - 1);
        add(scene, {1, 0.1 * i}, PointKind::Mention, scene.category[10], "");
    }
    DiskController view = viewOf(scene);
    view.select(std::vector{11, 12}, DiskController::SelectMode::Replace);
    DiskOverlay overlay;
    overlay.arcs = overlay.ghosts = true;
    view.setOverlay(overlay);
    PictureOptions options;
    const std::string english = diskSvg(view, options);
    options.words = {"样本", "已选", "生成", "原型", "未分类", "关系", "另有 %1 项"};
    const std::string chinese = diskSvg(view, options);
    for (const char* word : {">samples<", ">selected<", ">generated<", ">prototypes<", ">untyped<",
                             ">Relations<", " more<"}) {
        EXPECT_NE(english.find(word), std::string::npos) << word;
        EXPECT_EQ(chinese.find(word), std::string::npos) << word;
    }
    for (const char* word : {">样本<", ">已选<", ">生成<", ">原型<", ">未分类<", ">关系<", " 项<"})
        EXPECT_NE(chinese.find(word), std::string::npos) << word;
    EXPECT_EQ(chinese.find("%1"), std::string::npos);
}

TEST(DiskPicture, LegendsListTheCategoriesThatHavePoints) {
    DiskScene scene;
    scene.categoryNames = {"none", "few", "only a prototype", "many"};
    add(scene, {1, 0}, PointKind::Mention, 1, "");
    scene.colour.back() = 0x111111;
    for (const PointKind kind : {PointKind::Mention, PointKind::Mention, PointKind::Generated})
        add(scene, {1, 1}, kind, 3, "");
    add(scene, {1, 2}, PointKind::EntityPrototype, 1, "few");
    scene.colour.back() = 0x222222;
    add(scene, {1, 3}, PointKind::EntityPrototype, 2, "only a prototype");
    scene.marker.assign(scene.size(), Marker::Circle);
    scene.marker[0] = Marker::Star;
    const std::vector<CategoryEntry> entries = categoryEntries(scene);
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_EQ(entries[0].category, 3U);
    EXPECT_EQ(entries[0].samples, 2U) << "what is generated isn't counted";
    EXPECT_EQ(entries[1].category, 1U);
    EXPECT_EQ(entries[1].colour, 0x222222U) << "the prototype's";
    EXPECT_EQ(entries[1].marker, Marker::Star) << "the sample's";
    EXPECT_EQ(entries[2].samples, 0U);
}

TEST(DiskPicture, LayersAreSwitchedByTheOverlay) {
    DiskController view = viewOf(family(40));
    const std::string all = diskSvg(view);
    EXPECT_NE(all.find(">thing/a</text>"), std::string::npos);
    DiskOverlay overlay;
    overlay.labels = false;
    view.setOverlay(overlay);
    EXPECT_EQ(diskSvg(view).find(">thing/a</text>"), std::string::npos);
    view.setOverlay(bare());
    EXPECT_LT(countOf(diskSvg(view), "<path"), countOf(all, "<path"));
}

TEST(DiskPicture, EachLayerAddsToThePicture) {
    DiskScene scene = family(40);
    scene.arcNames = {"near"};
    scene.arcs = {{6, 20, 0xAA3311, 0, 1}, {8, 30, 0xAA3311, 0, 2}};
    DiskController view = viewOf(scene);
    DiskOverlay related = bare();
    related.arcs = true;
    view.setOverlay(related);
    const std::size_t ground = countOf(diskSvg(view), "<path");
    const auto paths = [&](auto change) {
        DiskOverlay overlay = bare();
        change(overlay);
        view.setOverlay(overlay);
        return countOf(diskSvg(view), "<path");
    };
    const std::size_t none = paths([](DiskOverlay&) {});
    EXPECT_LT(none, ground) << "arcs were on";
    EXPECT_GE(paths([](DiskOverlay& o) { o.regions = true; }), none + 5);
    EXPECT_GT(paths([](DiskOverlay& o) { o.rings = true; }), none);
    EXPECT_GT(paths([](DiskOverlay& o) { o.tree = true; }), none + 3);
    EXPECT_GT(paths([](DiskOverlay& o) { o.grid = true; }), none + 20);
    EXPECT_GT(paths([](DiskOverlay& o) { o.links = {{6, 0, 0x336699, 1}}; }), none);
    EXPECT_GT(paths([](DiskOverlay& o) {
                  o.ruler = DiskRuler{{1, 0}, {1, std::numbers::pi}};
              }),
              none);
    EXPECT_NE(diskSvg(view).find(">2.00</text>"), std::string::npos) << "the ruler's length";
}

/// The number of an attribute of the element that holds a text.
double attributeOf(const std::string& svg, const std::string& text, const std::string& name) {
    const std::string element = svg.substr(0, svg.find(">" + text + "</text>"));
    const std::string key = " " + name + "=\"";
    return std::stod(element.substr(element.find(key, element.rfind("<text")) + key.size()));
}

TEST(DiskPicture, RingNumbersHideNoPrototype) {
    PictureOptions options;
    options.legend = false;
    DiskOverlay overlay = bare();
    overlay.rings = true;
    DiskController view;
    view.setViewport(options.side, options.side);
    view.setScene({});
    view.setOverlay(overlay);
    const auto numberTwo = [&] {
        const std::string svg = diskSvg(view, options);
        return disk::Complex(attributeOf(svg, "2", "x"), attributeOf(svg, "2", "y") - 4);
    };
    const disk::Complex usual = numberTwo();
    const disk::Complex inDisk = view.toDisk(usual.real(), usual.imag());
    DiskScene scene;
    scene.categoryNames = {"thing"};
    add(scene, disk::toPolar(inDisk), PointKind::EntityPrototype, 0, "thing");
    view.setScene(scene);
    const disk::Complex moved = numberTwo();
    EXPECT_GT(std::abs(moved - usual), 9) << "beside the mark";
    EXPECT_LT(std::abs(moved - usual), 40);
    EXPECT_NEAR(disk::toPolar(view.toDisk(moved.real(), moved.imag())).r, 2, 0.02) << "on its ring";
    scene.kind[0] = PointKind::Mention;
    view.setScene(scene);
    EXPECT_LT(std::abs(numberTwo() - usual), 0.1) << "samples are too many to give way to";
}

TEST(DiskPicture, TheFrameOfAPartLiesInsideTheSheet) {
    DiskController view = viewOf(family(30));
    const std::string frame =
        "<rect x=\"0.5\" y=\"0.5\" width=\"899\" height=\"899\" fill=\"none\" stroke=";
    EXPECT_EQ(countOf(diskSvg(view), frame), 0U) << "the whole disk has none";
    view.zoomAt(450, 350, 3);
    EXPECT_EQ(countOf(diskSvg(view), frame), 1U);
}

TEST(DiskPicture, SelectionFiltersMarkersAndGhostsAreSeen) {
    DiskScene scene = family(30);
    scene.marker.assign(scene.size(), Marker::Circle);
    scene.marker[7] = Marker::Star;
    scene.kind[9] = scene.kind[10] = PointKind::Generated;
    scene.id[9] = scene.id[10] = -1;
    DiskController view = viewOf(scene);
    const std::string svg = diskSvg(view);
    EXPECT_EQ(countOf(svg, "<path class=\"point\""), 1U) << "the star";
    EXPECT_EQ(svg.find(">selected<"), std::string::npos);
    view.select(std::vector{11, 12, 13}, DiskController::SelectMode::Replace);
    EXPECT_NE(diskSvg(view).find(">selected<"), std::string::npos);
    std::vector<bool> active(scene.size(), true);
    active[14] = active[15] = false;
    const auto grey = [&] { return countOf(diskSvg(view), "fill=\"#c3cad5\""); };
    const std::size_t before = grey();
    view.setActive(active);
    EXPECT_EQ(grey(), before + 2);
    DiskOverlay overlay;
    overlay.ghosts = false;
    view.setOverlay(overlay);
    EXPECT_EQ(countOf(diskSvg(view), pointMark), scene.size() - 2);
    EXPECT_EQ(diskSvg(view).find(">generated<"), std::string::npos);
}

TEST(DiskPicture, AHundredThousandPoints) {
    const DiskController view = viewOf(family(100'000));
    const auto begin = std::chrono::steady_clock::now();
    const std::string svg = diskSvg(view);
    const std::string pdf = diskPdf(view);
    const std::string png = diskPng(view);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    EXPECT_EQ(countOf(svg, pointMark), 100'005U);
    EXPECT_LT(svg.size(), 20U << 20);
    EXPECT_LT(pdf.size(), 12U << 20);
    EXPECT_LT(took.count(), 30);
    RecordProperty("svg bytes", static_cast<int>(svg.size()));
    RecordProperty("pdf bytes", static_cast<int>(pdf.size()));
    RecordProperty("seconds", std::to_string(took.count()));
}

TEST(DiskPictureFont, MeasuresAndElides) {
    using enum picture::Weight;
    const picture::Font font;
    EXPECT_GT(font.width("wide words", 20, Medium), font.width("wide", 20, Medium));
    EXPECT_NEAR(font.width("abc", 40, Medium), 2 * font.width("abc", 20, Medium), 1);
    EXPECT_GT(font.width("abc", 40, Bold), font.width("abc", 40, Regular));
    EXPECT_EQ(font.width("", 20, Medium), 0);
    EXPECT_EQ(font.elided("short", 12, Medium, 500), "short");
    const std::string cut = font.elided("a very long name indeed", 20, Medium, 80);
    EXPECT_LE(font.width(cut, 20, Medium), 80);
    EXPECT_TRUE(cut.ends_with("…"));
    EXPECT_EQ(picture::printable("a\xff\tb"), "a\xEF\xBF\xBD b");
}

} // namespace
} // namespace hmgrl
