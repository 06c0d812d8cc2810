// How fast the real disk widget draws while it is dragged, how long the full picture of very many
// points takes, how fast it picks, how long the user is kept waiting, and what memory it takes:
//   xvfb-run -a -s '-screen 0 1400x1000x24' disk_frames [--points N] [--opengl | --raster]
//   disk_frames --picture FILE [--dark] [--points N] [--state hover|selection|isolated|deep|lasso]
#include "disk/DiskWidget.h"
#include "disk/GraphicsSetup.h"
#include "disk/SampleScene.h"
#include "picture/MarkLayer.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QPainter>
#include <QTest>
#include <QTextStream>
#include <algorithm>
#include <ctime>
#include <fstream>
#include <malloc.h>
#include <numbers>
#include <unistd.h>

using namespace hmgrl;

namespace {

struct Timing {
    double median, p95;
    double cpu = 0; ///< of the whole process a frame, all threads: what a busy machine can't hide
};

double cpuMilliseconds() {
    return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

Timing summarise(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return {values[values.size() / 2], values[values.size() * 95 / 100]};
}

template <typename Work>
double milliseconds(Work work) {
    QElapsedTimer clock;
    clock.start();
    work();
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

/// Megabytes of this process that are in memory.
double resident() {
    malloc_trim(0);
    long pages = 0, inMemory = 0;
    std::ifstream("/proc/self/statm") >> pages >> inMemory;
    return static_cast<double>(inMemory * sysconf(_SC_PAGESIZE)) / 1e6;
}

void mouse(QWidget& widget, QEvent::Type type, QPointF at, Qt::MouseButton button,
           Qt::MouseButtons buttons, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QMouseEvent event(type, at, widget.mapToGlobal(at), button, buttons, modifiers);
    QApplication::sendEvent(&widget, &event);
}

/// Drags in a circle; every step is a mouse event and the whole frame it causes, the copy to the
/// window included.
Timing timeDrag(DiskWidget& disk, int frames) {
    const QPointF middle(disk.width() / 2.0, disk.height() / 2.0);
    const auto at = [&](int i) {
        const double angle = 2 * std::numbers::pi * i / 60;
        return middle + 120 * QPointF(std::cos(angle) - 1, std::sin(angle));
    };
    std::vector<double> times;
    const double cpu = cpuMilliseconds();
    mouse(disk, QEvent::MouseButtonPress, at(0), Qt::LeftButton, Qt::LeftButton);
    for (int i = 1; i <= frames; ++i) {
        QElapsedTimer clock;
        clock.start();
        mouse(disk, QEvent::MouseMove, at(i), Qt::NoButton, Qt::LeftButton);
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    mouse(disk, QEvent::MouseButtonRelease, at(frames), Qt::LeftButton, Qt::NoButton);
    times.erase(times.begin(), times.begin() + frames / 10);
    Timing timing = summarise(times);
    timing.cpu = (cpuMilliseconds() - cpu) / frames;
    return timing;
}

void lassoAround(DiskWidget& disk, QPointF middle, double radius, bool release) {
    const auto at = [&](int i) {
        const double a = 2 * std::numbers::pi * i / 40;
        return middle + radius * QPointF(std::cos(a) * (1 + 0.1 * std::sin(3 * a)), std::sin(a));
    };
    mouse(disk, QEvent::MouseButtonPress, at(0), Qt::LeftButton, Qt::LeftButton, Qt::ShiftModifier);
    for (int i = 1; i < (release ? 40 : 33); ++i)
        mouse(disk, QEvent::MouseMove, at(i), Qt::NoButton, Qt::LeftButton, Qt::ShiftModifier);
    if (release)
        mouse(disk, QEvent::MouseButtonRelease, at(40), Qt::LeftButton, Qt::NoButton,
              Qt::ShiftModifier);
}

double timePick(const DiskWidget& disk) {
    std::vector<double> times;
    for (int i = 0; i < 100; ++i)
        times.push_back(milliseconds([&] {
            static_cast<void>(
                disk.controller().pick(disk.width() / 2.0 + i, disk.height() / 2.0 - i));
        }));
    return median(times);
}

/// A freehand line of 300 corners around half the disk.
double timeLasso(const DiskWidget& disk) {
    std::vector<std::pair<double, double>> line;
    for (int i = 0; i < 300; ++i) {
        const double a = 2 * std::numbers::pi * i / 300, r = 200 + 20 * std::sin(9 * a);
        line.emplace_back(disk.width() / 2.0 + r * std::cos(a),
                          disk.height() / 2.0 + r * std::sin(a));
    }
    std::vector<double> times;
    for (int i = 0; i < 5; ++i)
        times.push_back(
            milliseconds([&] { static_cast<void>(disk.controller().pickPolygon(line)); }));
    return median(times);
}

/// The longest turn of the event loop within this time: what a user would have to wait.
double longestTurn(int during) {
    QElapsedTimer clock;
    clock.start();
    double longest = 0;
    while (clock.elapsed() < during) {
        longest = std::max(longest, milliseconds([] { QCoreApplication::processEvents(); }));
        usleep(500);
    }
    return longest;
}

struct Rest {
    double total = 0, longest = 0; ///< of the full picture of the marks, and of its slices
};

/// The same work that the widget does in slices once the view rests.
Rest timeRest(const DiskWidget& disk) {
    DiskController view;
    view.setViewport(disk.width(), disk.height());
    view.setScene(disk.controller().scene());
    MarkLayer marks(view);
    const auto [x, y] = view.toScreen({0, 0});
    const double scale = view.pixelsPerUnit();
    const auto draw = [&] {
        static_cast<void>(
            marks.picture({disk.width(), disk.height(), {scale, -scale, x, y, 1}, {}}));
    };
    draw();
    view.rotate(1);
    marks.changed(DiskController::Change::View);
    Rest rest;
    rest.total = rest.longest = milliseconds(draw);
    for (bool ready = !marks.due(); !ready;) {
        const double slice = milliseconds(
            [&] { ready = marks.settle(MarkLayer::Clock::now() + std::chrono::milliseconds(12)); });
        rest.total += slice;
        rest.longest = std::max(rest.longest, slice);
    }
    return rest;
}

struct Round {
    Timing drag{};
    double stall = 0, pick = 0, lasso = 0;
    Rest rest;
};

Round timeRound(DiskWidget& disk, int frames) {
    Round round;
    round.drag = timeDrag(disk, frames);
    round.stall = longestTurn(700);
    round.pick = timePick(disk);
    round.lasso = timeLasso(disk);
    lassoAround(disk, QPointF(disk.width() / 2.0 + 130, disk.height() / 2.0 + 60), 90, true);
    round.stall = std::max(round.stall, longestTurn(700));
    round.rest = timeRest(disk);
    return round;
}

template <typename Value>
double medianOf(const std::vector<Round>& rounds, Value value) {
    std::vector<double> values;
    for (const Round& round : rounds)
        values.push_back(value(round));
    return median(values);
}

void report(const DiskWidget& disk, std::size_t points, double megabytes,
            const std::vector<Round>& rounds, QTextStream& out) {
    const auto number = [](double value, int digits) {
        return QString::number(value, 'f', digits);
    };
    const auto of = [&](auto value, int digits) { return number(medianOf(rounds, value), digits); };
    out << disk.rendererName().leftJustified(7) << QString::number(points).rightJustified(8)
        << " points: frame median " << of([](const Round& r) { return r.drag.median; }, 1)
        << " p95 " << of([](const Round& r) { return r.drag.p95; }, 1) << " processor "
        << of([](const Round& r) { return r.drag.cpu; }, 1) << " ms; full picture "
        << of([](const Round& r) { return r.rest.total; }, 1) << " ms in slices up to "
        << of([](const Round& r) { return r.rest.longest; }, 1) << " ms; pick "
        << of([](const Round& r) { return r.pick; }, 2) << " ms, lasso "
        << of([](const Round& r) { return r.lasso; }, 1)
        << " ms; longest turn after a drag or a lasso "
        << of([](const Round& r) { return r.stall; }, 0) << " ms; "
        << number(1e6 * megabytes / static_cast<double>(points), 0) << " bytes a point\n";
    out.flush();
}

void bench(DiskWidget::Renderer renderer, std::size_t points, int frames, int rounds,
           QTextStream& out) {
    DiskWidget disk(nullptr, renderer);
    disk.resize(1280, 800);
    disk.setScene(test::sampleScene(100));
    disk.show();
    if (!QTest::qWaitForWindowExposed(&disk))
        return;
    QTest::qWait(300);
    const double before = resident();
    disk.setScene(test::sampleScene(points));
    QTest::qWait(900);
    const double megabytes = resident() - before;
    std::vector<Round> all;
    for (int i = 0; i < rounds; ++i)
        all.push_back(timeRound(disk, frames));
    report(disk, points, megabytes, all, out);
}

QImage drawnThumbnail() {
    QImage image(160, 120, QImage::Format_RGB32);
    QPainter painter(&image);
    QLinearGradient sky(0, 0, 0, 120);
    sky.setColorAt(0, QColor(108, 150, 205));
    sky.setColorAt(0.7, QColor(240, 214, 184));
    painter.fillRect(image.rect(), sky);
    painter.setBrush(QColor(92, 84, 96));
    painter.setPen(Qt::NoPen);
    painter.drawRect(40, 46, 26, 74);
    painter.drawRect(94, 46, 26, 74);
    painter.drawRect(40, 60, 80, 12);
    return image;
}

HoverCard exampleCard(const DiskScene& scene, int row) {
    const auto index = static_cast<std::size_t>(row);
    HoverCard card;
    card.title = QStringLiteral("Tower Bridge");
    card.subtitle = QString::fromStdString(scene.categoryNames[scene.category[index]]) + " · 92 %";
    card.colour = scene.colour[index];
    card.text = {{QStringLiteral("Commuters cross ")},
                 {QStringLiteral("Tower Bridge"), true},
                 {QStringLiteral(" at dusk as the bascules open for a sailing barge on the River "
                                 "Thames, London.")}};
    card.thumbnail = drawnThumbnail();
    const double scores[]{0.92, 0.04, 0.02, 0.01, 0.01};
    for (std::size_t i = 0; i < 5; ++i) {
        const std::size_t other = (scene.category[index] + i) % scene.categoryNames.size();
        const auto& name = scene.categoryNames[other];
        card.candidates.push_back(
            {QString::fromStdString(name), scores[i],
             scene.colour[scene.size() - scene.categoryNames.size() + other]});
    }
    return card;
}

int rowNear(const DiskWidget& disk, QPointF at) {
    for (double reach = 4; reach < 200; reach *= 1.3)
        if (const int row = disk.controller().pick(at.x(), at.y(), reach); row >= 0)
            return row;
    return -1;
}

void bringInto(DiskWidget& disk, const QString& state) {
    const QPointF middle(disk.width() / 2.0, disk.height() / 2.0);
    if (state == "hover") {
        const int row = rowNear(disk, middle + QPointF(90, -60));
        const auto [x, y] = disk.controller().toScreen(
            disk.controller().viewPoints()[static_cast<std::size_t>(row)]);
        QObject::connect(&disk, &DiskWidget::hoverRequested, &disk, [&disk](int hovered) {
            disk.setHoverCard(hovered, exampleCard(disk.controller().scene(), hovered));
        });
        mouse(disk, QEvent::MouseMove, {x, y}, Qt::NoButton, Qt::NoButton);
    } else if (state == "selection") {
        lassoAround(disk, middle + QPointF(130, 60), 90, true);
    } else if (state == "lasso") {
        lassoAround(disk, middle + QPointF(130, 60), 90, false);
    } else if (state == "isolated") {
        disk.isolate({"person/writer", "building/castle"});
    } else if (state == "deep") {
        disk.recentre({2.6, 0.35});
    }
    QTest::qWait(700);
}

int picture(const QCommandLineParser& options) {
    DiskWidget disk(nullptr, options.isSet("raster") ? DiskWidget::Renderer::Raster
                                                     : DiskWidget::Renderer::Automatic);
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setPointSizeF(9.5);
    disk.setFont(font);
    disk.setColours(options.isSet("dark") ? DiskColours::darkTheme() : DiskColours::light());
    disk.resize(options.value("width").toInt(), options.value("height").toInt());
    const auto points = options.isSet("points") ? options.value("points").toULongLong() : 10'000;
    disk.setScene(test::sampleScene(points));
    disk.show();
    if (!QTest::qWaitForWindowExposed(&disk))
        return 1;
    QTest::qWait(400);
    bringInto(disk, options.value("state"));
    return disk.grab().save(options.value("picture")) ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    prepareGraphics();
    QApplication application(argc, argv);
    QCommandLineParser options;
    options.addHelpOption();
    options.addOptions({{"picture", "Write a picture instead of timing.", "file"},
                        {"dark", "Dark colours."},
                        {"opengl", "Only with OpenGL."},
                        {"raster", "Only without OpenGL."},
                        {"points", "Samples; in the picture 10000 unless told.", "count"},
                        {"width", "Of the picture.", "pixels", "1280"},
                        {"height", "Of the picture.", "pixels", "800"},
                        {"frames", "Frames timed a round.", "count", "120"},
                        {"rounds", "Rounds; medians are told.", "count", "3"},
                        {"state", "What the user is doing in the picture.", "name"}});
    options.process(application);
    if (options.isSet("picture"))
        return picture(options);
    QTextStream out(stdout);
    const int frames = std::max(20, options.value("frames").toInt());
    const int rounds = std::max(1, options.value("rounds").toInt());
    std::vector<std::size_t> sizes{10'000, 100'000, 1'000'000};
    if (options.isSet("points"))
        sizes = {options.value("points").toULongLong()};
    for (const std::size_t points : sizes)
        for (const auto renderer : {DiskWidget::Renderer::OpenGl, DiskWidget::Renderer::Raster})
            if (!options.isSet(renderer == DiskWidget::Renderer::Raster ? "opengl" : "raster"))
                bench(renderer, points, frames, rounds, out);
    return 0;
}
