// How fast the real disk widget draws its layers while it is dragged:
//   xvfb-run -a -s '-screen 0 1600x1000x24' arc_frames [--layers arcs,regions,rings,links]
//   arc_frames --picture FILE [--dark] [--raster] [--layers ...] [--hover-arc N] [--hover ROW]
#include "disk/DiskWidget.h"
#include "disk/GraphicsSetup.h"
#include "disk/SampleScene.h"
#include "geometry/GeodesicArc.h"
#include "picture/SplatSet.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QTest>
#include <QTextStream>
#include <algorithm>
#include <ctime>
#include <numbers>
#include <random>

using namespace hmgrl;

namespace {

/// Relations between samples, most of them between certain pairs of categories as in real data.
void addArcs(DiskScene& scene, std::size_t count) {
    std::mt19937 random(5);
    scene.arcNames = {"born in", "works for", "located in",
                      "created", "member of", "takes part in"};
    const std::uint32_t colours[]{0x2F6FED, 0xD1495B, 0x1B998B, 0xE08E1B, 0x8E5BD0, 0x5E8C31};
    std::vector<std::vector<std::uint32_t>> rows(scene.categoryNames.size());
    for (std::uint32_t row = 0; row < scene.size(); ++row)
        if (scene.kind[row] == PointKind::Mention)
            rows[scene.category[row]].push_back(row);
    std::erase_if(rows, [](const auto& of) { return of.empty(); });
    const auto any = [&](const auto& of) { return of[random() % of.size()]; };
    for (std::size_t i = 0; i < count; ++i) {
        const auto category = static_cast<std::uint32_t>(random() % 6);
        const auto head = any(rows[(7 * category + random() % 3) % rows.size()]);
        const auto tail = any(rows[(11 * category + 5 + random() % 4) % rows.size()]);
        scene.arcs.push_back({head, tail, colours[category], category, static_cast<int>(i)});
    }
}

/// Finer prototypes around those that are there.
void addPrototypes(DiskScene& scene, std::size_t count) {
    std::mt19937 random(9);
    std::uniform_real_distribution<double> share(0, 1);
    std::vector<std::uint32_t> parents;
    for (const auto& [parent, child] : scene.treeEdges)
        parents.push_back(child);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t parent = parents[i % parents.size()];
        const DiskPoint home = scene.points[parent];
        const DiskPoint near = disk::Isometry::fromOrigin(home).apply(
            DiskPoint{0.7 + 0.5 * share(random), home.theta + 2.4 * (share(random) - 0.5)});
        scene.points.push_back({std::max(near.r, home.r + 0.2), near.theta});
        scene.kind.push_back(PointKind::EntityPrototype);
        scene.id.push_back(-1);
        scene.document.push_back(-1);
        scene.colour.push_back(scene.colour[parent]);
        scene.category.push_back(static_cast<std::uint32_t>(scene.categoryNames.size()));
        scene.categoryNames.push_back(scene.categoryNames[scene.category[parent]] + "/kind " +
                                      std::to_string(i + 1));
        scene.labels.push_back(scene.labels[parent] + " " + std::to_string(i + 1));
        scene.treeEdges.emplace_back(parent, static_cast<std::uint32_t>(scene.size() - 1));
    }
}

DiskOverlay overlayOf(const QStringList& layers, const DiskController& view) {
    DiskOverlay overlay;
    overlay.regions = layers.contains("regions");
    overlay.arcs = layers.contains("arcs");
    overlay.rings = layers.contains("rings");
    overlay.grid = !layers.contains("no-grid");
    overlay.tree = !layers.contains("no-tree");
    if (layers.contains("ruler"))
        overlay.ruler = DiskRuler{{1.4, 2.4}, {2.2, -0.3}};
    if (layers.contains("links")) {
        const int row =
            view.pick(view.viewportCentre().first + 60, view.viewportCentre().second - 130, 60);
        double weight = 1;
        for (std::uint32_t to = 0; to < view.scene().size() && row >= 0; ++to)
            if (isPrototype(view.scene().kind[to]) && to % 6 == 0) {
                overlay.links.push_back(
                    {static_cast<std::uint32_t>(row), to, view.scene().colour[to], weight});
                weight *= 0.7;
            }
    }
    return overlay;
}

void mouse(QWidget& widget, QEvent::Type type, QPointF at, Qt::MouseButton button,
           Qt::MouseButtons buttons) {
    QMouseEvent event(type, at, widget.mapToGlobal(at), button, buttons, Qt::NoModifier);
    QApplication::sendEvent(&widget, &event);
}

void timeDrag(DiskWidget& disk, int frames, const QString& what, QTextStream& out) {
    const QPointF middle(disk.width() / 2.0, disk.height() / 2.0);
    const auto at = [&](int i) {
        const double angle = 2 * std::numbers::pi * i / 60;
        return middle + 120 * QPointF(std::cos(angle) - 1, std::sin(angle));
    };
    std::vector<double> times;
    const std::clock_t before = std::clock();
    mouse(disk, QEvent::MouseButtonPress, at(0), Qt::LeftButton, Qt::LeftButton);
    for (int i = 1; i <= frames; ++i) {
        QElapsedTimer clock;
        clock.start();
        mouse(disk, QEvent::MouseMove, at(i), Qt::NoButton, Qt::LeftButton);
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        if (i > frames / 10)
            times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    mouse(disk, QEvent::MouseButtonRelease, at(frames), Qt::LeftButton, Qt::NoButton);
    // Of all threads: what a busy machine can't hide.
    const double processor = 1000.0 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    std::sort(times.begin(), times.end());
    const double median = times[times.size() / 2];
    out << QStringLiteral("%1  %2: frame median %3 ms (%4 frames/s), p95 %5 ms, processor %6 ms\n")
               .arg(disk.rendererName(), 7)
               .arg(what, -28)
               .arg(median, 0, 'f', 1)
               .arg(1000 / median, 0, 'f', 0)
               .arg(times[times.size() * 95 / 100], 0, 'f', 1)
               .arg(processor / frames, 0, 'f', 1);
    out.flush();
}

struct Setting {
    std::size_t points, arcs, prototypes;
    QSize size;
    bool dark;
};

void setUp(DiskWidget& disk, const Setting& setting) {
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setPointSizeF(9.5);
    disk.setFont(font);
    disk.setColours(setting.dark ? DiskColours::darkTheme() : DiskColours::light());
    disk.resize(setting.size);
    DiskScene scene = test::sampleScene(setting.points);
    addArcs(scene, setting.arcs);
    addPrototypes(scene, setting.prototypes);
    disk.setScene(std::move(scene));
    disk.show();
    if (!QTest::qWaitForWindowExposed(&disk))
        qFatal("no window");
    QTest::qWait(300);
}

void hoverAt(DiskWidget& disk, disk::Complex z) {
    const auto [x, y] = disk.controller().toScreen(z);
    mouse(disk, QEvent::MouseMove, {x, y}, Qt::NoButton, Qt::NoButton);
}

int picture(const QCommandLineParser& options, const Setting& setting) {
    DiskWidget disk(nullptr, options.isSet("raster") ? DiskWidget::Renderer::Raster
                                                     : DiskWidget::Renderer::Automatic);
    setUp(disk, setting);
    if (options.isSet("deep"))
        disk.recentre({options.value("deep").toDouble(), 0.35});
    for (int i = 0; i < options.value("zoom").toInt(); ++i)
        disk.zoomIn();
    QTest::qWait(500);
    const DiskController& view = disk.controller();
    disk.setOverlay(overlayOf(options.value("layers").split(','), view));
    if (options.isSet("hover-arc")) {
        const DiskArc& arc = view.scene().arcs[options.value("hover-arc").toULongLong()];
        hoverAt(
            disk,
            disk::GeodesicArc(view.viewPoints()[arc.head], view.viewPoints()[arc.tail]).at(0.5));
    }
    if (options.isSet("hover-prototype"))
        hoverAt(disk, view.viewPoints()[view.scene().size() -
                                        options.value("hover-prototype").toULongLong()]);
    QTest::qWait(600);
    return disk.grab().save(options.value("picture")) ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    prepareGraphics();
    QApplication application(argc, argv);
    QCommandLineParser options;
    options.addHelpOption();
    options.addOptions(
        {{"picture", "Write a picture instead of timing.", "file"},
         {"dark", "Dark colours."},
         {"opengl", "Only with OpenGL."},
         {"raster", "Only without OpenGL."},
         {"points", "Samples.", "count", "5000"},
         {"arcs", "Relations.", "count", "1000"},
         {"prototypes", "Besides the 42 of the sample.", "count", "0"},
         {"layers", "Of arcs, regions, rings, links, ruler, no-grid, no-tree.", "names", "arcs"},
         {"hover-arc", "Hovered relation.", "index"},
         {"hover-prototype", "Hovered prototype, from the last.", "number"},
         {"deep", "Focus at this radius.", "radius"},
         {"zoom", "Zoom in so many times.", "count", "0"},
         {"width", "Of the widget.", "pixels", "1280"},
         {"height", "Of the widget.", "pixels", "800"},
         {"frames", "Frames timed a run.", "count", "120"}});
    options.process(application);
    const Setting setting{options.value("points").toULongLong(),
                          options.value("arcs").toULongLong(),
                          options.value("prototypes").toULongLong(),
                          QSize(options.value("width").toInt(), options.value("height").toInt()),
                          options.isSet("dark")};
    if (options.isSet("picture"))
        return picture(options, setting);
    QTextStream out(stdout);
    for (const auto renderer : {DiskWidget::Renderer::OpenGl, DiskWidget::Renderer::Raster}) {
        if (options.isSet(renderer == DiskWidget::Renderer::Raster ? "opengl" : "raster"))
            continue;
        DiskWidget disk(nullptr, renderer);
        setUp(disk, setting);
        disk.setOverlay(overlayOf(options.value("layers").split(','), disk.controller()));
        timeDrag(disk, std::max(20, options.value("frames").toInt()), options.value("layers"), out);
    }
    return 0;
}
