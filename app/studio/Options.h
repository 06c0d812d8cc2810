#pragma once

#include <QSize>
#include <QString>
#include <QStringList>
#include <optional>

namespace hmgrl::studio {

/// What the command line asks for.
struct Options {
    QString project;    ///< empty: the sample corpus
    QString model;      ///< empty: the shipped checkpoint
    QString screenshot; ///< file to write once the window is ready, then exit
    QSize size{1600, 1000};
    std::optional<bool> dark; ///< nothing: as last time
    QString answer;           ///< help, version or a usage error to print instead of starting
    bool isError = false;
};

/// `arguments` without the program's name. Needs no QApplication.
[[nodiscard]] Options parseOptions(const QStringList& arguments);

} // namespace hmgrl::studio
