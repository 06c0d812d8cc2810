#include "bridge/Session.h"
#include "disk/GraphicsSetup.h"
#include "studio/MainWindow.h"
#include "studio/Options.h"
#include "studio/Screenshot.h"
#include "studio/Settings.h"
#include "theme/Theme.h"
#include "workflow/Shipped.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <cstdio>
#include <memory>

namespace hmgrl::studio {
namespace {

QStringList argumentsOf(int argc, char** argv) {
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    return arguments;
}

/// Help, version and usage errors need no window and no display.
int answer(const Options& options) {
    std::fputs(qPrintable(options.answer), options.isError ? stderr : stdout);
    return options.isError ? 2 : 0;
}

void nameApplication() {
    QCoreApplication::setOrganizationName(QStringLiteral("HMGRL"));
    QCoreApplication::setApplicationName(QStringLiteral("HMGRL Studio"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HMGRL_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("hmgrl-studio"));
}

QString text(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

/// Sample.hmgrl in the user's data folder; the folder is made.
QString sampleProjectPath() {
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    folder.mkpath(QStringLiteral("."));
    return folder.filePath(QStringLiteral("Sample.hmgrl"));
}

void openAtStart(Session& session, const Options& options) {
    session.loadModel(options.model.isEmpty() ? text(shippedModel()) : options.model);
    if (!options.project.isEmpty())
        return session.openProject(QFileInfo(options.project).absoluteFilePath());
    const QString sample = sampleProjectPath();
    if (QFileInfo::exists(sample))
        session.openProject(sample);
    else if (const QString corpus = text(sampleCorpus()); !corpus.isEmpty())
        session.createProject(sample, corpus);
}

void show(MainWindow& window, const Options& options) {
    const bool picture = !options.screenshot.isEmpty();
    window.resize(options.size);
    window.show();
    window.resize(options.size); // before they are styled, panels ask for more than they need
    window.arrange(!picture);
}

int run(int argc, char** argv) {
    const Options options = parseOptions(argumentsOf(argc, argv));
    if (!options.answer.isEmpty())
        return answer(options);
    prepareGraphics();
    nameApplication();
    QApplication application(argc, argv);
    application.setWindowIcon(QIcon(QStringLiteral(":/icons/hmgrl-studio.svg")));
    Settings settings;
    Theme theme(options.dark.value_or(settings.dark()) ? Theme::Mode::Dark : Theme::Mode::Light);
    theme.install(application);
    Session session;
    MainWindow window(session, theme, settings);
    std::unique_ptr<Screenshot> screenshot;
    if (!options.screenshot.isEmpty())
        screenshot = std::make_unique<Screenshot>(session, window, options.screenshot);
    show(window, options);
    openAtStart(session, options);
    return QApplication::exec();
}

} // namespace
} // namespace hmgrl::studio

int main(int argc, char** argv) {
    return hmgrl::studio::run(argc, argv);
}
