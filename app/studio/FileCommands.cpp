#include "studio/FileCommands.h"

#include "disk/DiskWidget.h"
#include "studio/Exports.h"
#include "studio/PictureDialog.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QUrl>

namespace hmgrl::studio {

FileCommands::FileCommands(Session& session, Settings& settings, QWidget* window)
    : QObject(window)
    , m_session(session)
    , m_settings(settings)
    , m_window(window) {}

QFileDialog* FileCommands::dialog(const QString& title, const QStringList& filters) {
    auto* made = new QFileDialog(m_window, title);
    made->setAttribute(Qt::WA_DeleteOnClose);
    made->setNameFilters(filters);
    const QStringList recent = m_settings.recentProjects();
    if (!recent.isEmpty())
        made->setDirectory(QFileInfo(recent.first()).absolutePath());
    return made;
}

QFileDialog* FileCommands::saveDialog(const QString& title, const QStringList& filters,
                                      const QString& suffix) {
    QFileDialog* made = dialog(title, filters);
    made->setAcceptMode(QFileDialog::AcceptSave);
    made->setDefaultSuffix(suffix);
    return made;
}

void FileCommands::newProject() {
    QFileDialog* ask =
        saveDialog(tr("New project"), {tr("HMGRL project (*.hmgrl)")}, QStringLiteral("hmgrl"));
    connect(ask, &QFileDialog::fileSelected, this, [this](const QString& path) {
        // The dialog has asked before an existing file is chosen; it is kept beside the new one.
        if (QFileInfo::exists(path) && !QFile::rename(path, path + QStringLiteral(".old"))) {
            Q_EMIT failed(tr("%1 exists and can't be moved aside.").arg(path));
            return;
        }
        m_session.createProject(path);
    });
    ask->open();
}

void FileCommands::openProject() {
    QFileDialog* ask =
        dialog(tr("Open project"), {tr("HMGRL project (*.hmgrl)"), tr("All files (*)")});
    ask->setFileMode(QFileDialog::ExistingFile);
    connect(ask, &QFileDialog::fileSelected, &m_session, &Session::openProject);
    ask->open();
}

void FileCommands::importFile() {
    QFileDialog* ask =
        dialog(tr("Import pairs"), {tr("Text and image pairs (*.jsonl *.json *.txt *.html "
                                       "*.htm)"),
                                    tr("All files (*)")});
    ask->setFileMode(QFileDialog::ExistingFile);
    connect(ask, &QFileDialog::fileSelected, this,
            [this](const QString& path) { m_session.importInto(path); });
    ask->open();
}

void FileCommands::importFolder() {
    QFileDialog* ask = dialog(tr("Import a folder"), {});
    ask->setFileMode(QFileDialog::Directory);
    ask->setOption(QFileDialog::ShowDirsOnly);
    connect(ask, &QFileDialog::fileSelected, this,
            [this](const QString& path) { m_session.importInto(path); });
    ask->open();
}

void FileCommands::importUrl() {
    auto* ask = new QInputDialog(m_window);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->setWindowTitle(tr("Import a web page"));
    ask->setLabelText(tr("Address of the page (http or https):"));
    ask->setTextValue(QStringLiteral("https://"));
    ask->resize(520, ask->sizeHint().height());
    connect(ask, &QInputDialog::textValueSelected, this, [this](const QString& text) {
        const QUrl url(text.trimmed(), QUrl::StrictMode);
        const bool web =
            url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
        if (!url.isValid() || !web || url.host().isEmpty())
            Q_EMIT failed(tr("Expected an http or https address, found “%1”.").arg(text));
        else
            m_session.importInto(url.toString(QUrl::FullyEncoded));
    });
    ask->open();
}

void FileCommands::exportJsonl() {
    QFileDialog* ask =
        saveDialog(tr("Export JSON lines"), {tr("JSON lines (*.jsonl)")}, QStringLiteral("jsonl"));
    connect(ask, &QFileDialog::fileSelected, this, [this](const QString& path) {
        exportJsonLines(m_session, path, [this](const QString& message) { Q_EMIT told(message); });
    });
    ask->open();
}

void FileCommands::exportDisk(const DiskWidget& disk, bool dark) {
    auto* ask = new PictureDialog(pictureOptions(disk, dark), m_window);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    // The view as it was when the command was given.
    connect(ask, &QDialog::accepted, this, [this, ask, view = disk.controller()] {
        askWhere(view, ask->options(), ask->suffix());
    });
    ask->open();
}

void FileCommands::askWhere(const DiskController& view, const PictureOptions& options,
                            const QString& suffix) {
    const QString filter = tr("%1 picture (*.%2)").arg(suffix.toUpper(), suffix);
    QFileDialog* ask = saveDialog(tr("Export disk picture"), {filter}, suffix);
    connect(ask, &QFileDialog::fileSelected, this, [this, view, options](const QString& path) {
        exportDiskPicture(
            this, view, path, options, [this](const QString& message) { Q_EMIT told(message); },
            [this](const QString& message) { Q_EMIT failed(message); });
    });
    ask->open();
}

void FileCommands::exportEmbeddings(CategoryKind kind) {
    QFileDialog* ask = dialog(tr("Export embeddings into a folder"), {});
    ask->setFileMode(QFileDialog::Directory);
    ask->setOption(QFileDialog::ShowDirsOnly);
    ask->setAcceptMode(QFileDialog::AcceptOpen);
    ask->setLabelText(QFileDialog::Accept, tr("Export"));
    connect(ask, &QFileDialog::fileSelected, this, [this, kind](const QString& folder) {
        studio::exportEmbeddings(m_session, kind, folder,
                                 [this](const QString& message) { Q_EMIT told(message); });
    });
    ask->open();
}

} // namespace hmgrl::studio
