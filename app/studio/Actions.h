#pragma once

#include "theme/Theme.h"

#include <QAction>
#include <QObject>
#include <vector>

class QWidget;

namespace hmgrl::studio {

/// Every command of the program, made once from one table; the menus, the tool bar and the shortcut
/// sheet are lists of these.
struct Actions {
    QAction *newProject, *openProject, *importFile, *importFolder, *importUrl, *exportJsonl,
        *exportDisk, *exportEmbeddings, *quit;
    QAction *undo, *redo, *find, *removeDocuments;
    QAction *nextDocument, *previousDocument, *acceptAndNext, *acceptAll, *remove, *retype,
        *relation, *newCategory;
    QAction *extract, *retrain, *cancel;
    QAction *diskHome, *showEntities, *showRelations;
    QAction *dark, *resetLayout, *shortcuts, *about;

    struct Group {
        QString title;
        std::vector<QAction*> actions;
    };
    std::vector<Group> groups; ///< all of them, for the sheet of shortcuts
};

[[nodiscard]] Actions makeActions(QWidget* owner, const Theme& theme);

} // namespace hmgrl::studio
