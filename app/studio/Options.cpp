#include "studio/Options.h"

#include <QCommandLineParser>
#include <QRegularExpression>

namespace hmgrl::studio {
namespace {

Options failure(const QString& message) {
    Options options;
    options.answer = QStringLiteral("hmgrl-studio: %1\nTry hmgrl-studio --help.\n").arg(message);
    options.isError = true;
    return options;
}

/// "1600x1000" within what a screen may have.
std::optional<QSize> parseSize(const QString& text) {
    static const QRegularExpression shape(QStringLiteral("^(\\d{3,5})x(\\d{3,5})$"));
    const auto match = shape.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const QSize size(match.captured(1).toInt(), match.captured(2).toInt());
    return size.width() <= 16384 && size.height() <= 16384 ? std::optional(size) : std::nullopt;
}

} // namespace

Options parseOptions(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Annotate and explore text and image pairs with an embedded hyperbolic model."));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")},
                                  QStringLiteral("Print this help."));
    const QCommandLineOption version({QStringLiteral("v"), QStringLiteral("version")},
                                     QStringLiteral("Print the version."));
    const QCommandLineOption screenshot(
        QStringLiteral("screenshot"),
        QStringLiteral("Write a PNG of the window once it is ready, then exit."),
        QStringLiteral("file"));
    const QCommandLineOption size(QStringLiteral("size"),
                                  QStringLiteral("Window size, like 1600x1000."),
                                  QStringLiteral("WxH"));
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("light or dark."),
                                   QStringLiteral("name"));
    const QCommandLineOption model(QStringLiteral("model"),
                                   QStringLiteral("Folder of the checkpoint to use."),
                                   QStringLiteral("folder"));
    parser.addOptions({help, version, screenshot, size, theme, model});
    parser.addPositionalArgument(QStringLiteral("project"),
                                 QStringLiteral("Project file; the sample corpus without one."),
                                 QStringLiteral("[project]"));
    if (!parser.parse(QStringList{QStringLiteral("hmgrl-studio")} + arguments))
        return failure(parser.errorText());
    Options options;
    if (parser.isSet(help)) // the parser knows the program's name only once there is an application
        options.answer = parser.helpText().replace(QStringLiteral("<executable_name>"),
                                                   QStringLiteral("hmgrl-studio"));
    if (parser.isSet(version))
        options.answer = QStringLiteral("hmgrl-studio " HMGRL_VERSION "\n");
    if (parser.positionalArguments().size() > 1)
        return failure(QStringLiteral("expected one project file, found %1")
                           .arg(parser.positionalArguments().size()));
    options.project = parser.positionalArguments().value(0);
    options.model = parser.value(model);
    options.screenshot = parser.value(screenshot);
    const QString wanted = parser.value(theme);
    if (parser.isSet(theme) && wanted != QLatin1String("light") && wanted != QLatin1String("dark"))
        return failure(QStringLiteral("--theme: expected light or dark, found \"%1\"").arg(wanted));
    if (parser.isSet(theme))
        options.dark = wanted == QLatin1String("dark");
    if (parser.isSet(size)) {
        const auto parsed = parseSize(parser.value(size));
        if (!parsed)
            return failure(QStringLiteral("--size: expected WIDTHxHEIGHT in pixels, found \"%1\"")
                               .arg(parser.value(size)));
        options.size = *parsed;
    }
    return options;
}

} // namespace hmgrl::studio
