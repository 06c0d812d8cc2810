#include "docview/Warnings.h"

#include <QString>
#include <cstdio>
#include <gtest/gtest.h>

namespace hmgrl::test {
namespace {

/// A bare X server has no window manager, session bus or accessibility service; their absence is no
/// fault of a widget.
bool isOfTheEnvironment(const QString& message) {
    return message.contains(QLatin1String("XDG_RUNTIME_DIR")) ||
           message.contains(QLatin1String("does not support propagateSizeHints")) ||
           message.contains(QLatin1String("D-Bus"));
}

void handle(QtMsgType type, const QMessageLogContext&, const QString& message) {
    if (type == QtDebugMsg || type == QtInfoMsg || isOfTheEnvironment(message))
        std::fprintf(stderr, "%s\n", qPrintable(message));
    else
        ADD_FAILURE() << "unexpected warning: " << message.toStdString();
}

} // namespace

void failOnWarnings() {
    qInstallMessageHandler(handle);
}

} // namespace hmgrl::test
