// How long the window takes to start, and whether it ever stands still:
//   xvfb-run -a -s '-screen 0 1600x1000x24' studio_bench
// "start": from the program's start to the first event after the sample project's first document is
// shown. "stall": the longest time between two beats of a 1 ms timer while a new project of the
// sample corpus is imported, extracted and laid out. Each is measured in processes of its own, five
// times.
#include "disk/GraphicsSetup.h"
#include "studio/MainWindow.h"
#include "studio/Settings.h"
#include "workflow/Shipped.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <unistd.h>

using namespace hmgrl;

namespace {

constexpr int runs = 5;

/// Milliseconds since this process was started, by the kernel's account (hundredths of a second).
double sinceStart() {
    QFile file(QStringLiteral("/proc/self/stat"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray all = file.readAll();
    const QList<QByteArray> fields = all.mid(all.lastIndexOf(')') + 2).split(' ');
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double started = fields[19].toDouble() / static_cast<double>(sysconf(_SC_CLK_TCK));
    return (static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9 - started) *
           1000;
}

/// Longest time between two beats.
class Heartbeat {
public:
    Heartbeat() {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, [this] {
            m_gaps.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
            m_clock.start();
        });
    }
    void start() {
        m_clock.start();
        m_timer.start(1);
    }
    [[nodiscard]] double longest() const {
        return m_gaps.empty() ? 0 : *std::max_element(m_gaps.begin(), m_gaps.end());
    }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<double> m_gaps;
};

struct Window {
    explicit Window(const QString& folder)
        : settings(folder + QStringLiteral("/settings.ini"))
        , window(session, theme, settings) {
        theme.install(*qApp);
        window.resize(1600, 1000);
        window.show();
        window.arrange(false);
        session.loadModel(QString::fromStdString(shippedModel().string()));
    }
    Theme theme;
    Session session;
    studio::Settings settings;
    studio::MainWindow window;
};

/// Makes the project when it is absent and works until nothing is left to do. Prints the stall.
int workThrough(const QString& folder) {
    Window w(folder);
    Heartbeat heart;
    heart.start();
    w.session.createProject(folder + QStringLiteral("/sample.hmgrl"),
                            QString::fromStdString(sampleCorpus().string()));
    QElapsedTimer quiet;
    quiet.start();
    QTimer watch;
    QObject::connect(&watch, &QTimer::timeout, [&] {
        if (w.session.isBusy())
            quiet.restart();
        if (quiet.elapsed() > 1500)
            QCoreApplication::quit();
    });
    watch.start(50);
    const int code = QApplication::exec();
    std::printf("%.1f\n", heart.longest());
    return code;
}

/// Opens the project and prints when its first document is there.
int startUp(const QString& folder) {
    Window w(folder);
    QObject::connect(&w.session, &Session::selectionChanged, [&](const Selection& selection) {
        if (selection.document >= 0)
            QTimer::singleShot(0, [] {
                std::printf("%.0f\n", sinceStart());
                QCoreApplication::quit();
            });
    });
    w.session.openProject(folder + QStringLiteral("/sample.hmgrl"));
    QTimer::singleShot(60000, [] { QCoreApplication::exit(1); });
    return QApplication::exec();
}

double child(const char* what, const QString& folder) {
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(what), folder});
    process.waitForFinished(600000);
    return process.readAllStandardOutput().trimmed().toDouble();
}

void report(const char* what, std::vector<double> values) {
    std::sort(values.begin(), values.end());
    std::printf("%-8s median %.0f ms, %.0f to %.0f ms\n", what, values[values.size() / 2],
                values.front(), values.back());
    std::fflush(stdout);
}

int measure() {
    QTemporaryDir kept;
    std::vector<double> stalls, starts;
    for (int i = 0; i < runs; ++i) {
        const QTemporaryDir fresh;
        stalls.push_back(child("work", fresh.path()));
    }
    (void)child("work", kept.path());
    for (int i = 0; i < runs; ++i)
        starts.push_back(child("start", kept.path()));
    report("start", starts);
    report("stall", stalls);
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    prepareGraphics();
    const QApplication application(argc, argv);
    if (argc == 1)
        return measure();
    const QString what = QString::fromLocal8Bit(argv[1]), folder = QString::fromLocal8Bit(argv[2]);
    return what == QLatin1String("work") ? workThrough(folder) : startUp(folder);
}
