#pragma once

#include "bridge/Session.h"
#include "picture/DiskPicture.h"
#include "studio/Settings.h"

#include <QObject>

class QFileDialog;
class QWidget;

namespace hmgrl {
class DiskWidget;
}

namespace hmgrl::studio {

/// File dialogs and what follows them. Every dialog is window-modal and runs no event loop of its
/// own.
class FileCommands : public QObject {
    Q_OBJECT
public:
    FileCommands(Session& session, Settings& settings, QWidget* window);

    void newProject();
    void openProject();
    void importFile();
    void importFolder();
    void importUrl();
    void exportJsonl();
    void exportDisk(const DiskWidget& disk, bool dark); ///< asks how, then where
    void exportEmbeddings(CategoryKind kind);

Q_SIGNALS:
    void told(const QString& message);
    void failed(const QString& message);

private:
    void askWhere(const DiskController& view, const PictureOptions& options, const QString& suffix);
    [[nodiscard]] QFileDialog* dialog(const QString& title, const QStringList& filters);
    [[nodiscard]] QFileDialog* saveDialog(const QString& title, const QStringList& filters,
                                          const QString& suffix);

    Session& m_session;
    Settings& m_settings;
    QWidget* m_window;
};

} // namespace hmgrl::studio
