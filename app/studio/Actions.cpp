#include "studio/Actions.h"

#include <QCoreApplication>
#include <QWidget>

namespace hmgrl::studio {
namespace {

struct Entry {
    QAction* Actions::*member;
    const char* icon;
    const char* text;
    const char* shortcuts; ///< portable, several separated by "; "
    const char* tip;
};

#define T(text) QT_TRANSLATE_NOOP("hmgrl::studio::Actions", text)

const std::vector<Entry>& fileEntries() {
    static const std::vector<Entry> entries = {
        {&Actions::newProject, "project-new", T("&New project…"), "Ctrl+N",
         T("Make a project file")},
        {&Actions::openProject, "folder-open", T("&Open project…"), "Ctrl+O",
         T("Open a project file")},
        {&Actions::importFile, "import", T("&Import file…"), "Ctrl+I",
         T("Add pairs from JSON lines, MNRE, MET, WikiDiverse or a saved page")},
        {&Actions::importFolder, "folder-open", T("Import &folder…"), "Ctrl+Shift+I",
         T("Add pairs from a folder of pages")},
        {&Actions::importUrl, "globe", T("Import &web page…"), "Ctrl+U",
         T("Add the captioned pictures of a web page")},
        {&Actions::exportJsonl, "export", T("&Export JSON lines…"), "Ctrl+E",
         T("Write every document with its labels")},
        {&Actions::exportDisk, "camera", T("Export &disk picture…"), "Ctrl+Shift+E",
         T("Write the disk as it is seen now as PDF, SVG or PNG")},
        {&Actions::exportEmbeddings, "export", T("Export e&mbeddings…"), "",
         T("Write latents, places on the disk and texts for the Embedding Projector and NumPy")},
        {&Actions::quit, "", T("&Quit"), "Ctrl+Q", T("Everything is saved already")},
    };
    return entries;
}

const std::vector<Entry>& editEntries() {
    static const std::vector<Entry> entries = {
        {&Actions::undo, "undo", T("&Undo"), "Ctrl+Z", T("Undo the last edit")},
        {&Actions::redo, "redo", T("&Redo"), "Ctrl+Shift+Z; Ctrl+Y", T("Redo")},
        {&Actions::find, "search", T("&Find…"), "Ctrl+F", T("Search the texts")},
        {&Actions::removeDocuments, "trash", T("Re&move document"), "Ctrl+Del",
         T("Take the selected documents out of the project with all their labels")},
    };
    return entries;
}

const std::vector<Entry>& reviewEntries() {
    static const std::vector<Entry> entries = {
        {&Actions::previousDocument, "chevron-left", T("&Previous document"), "A; Ctrl+Up",
         T("Previous document")},
        {&Actions::nextDocument, "chevron-right", T("&Next document"), "D; Ctrl+Down",
         T("Next document")},
        {&Actions::acceptAndNext, "check", T("&Accept and next"), "Return; Enter",
         T("Accept the selected suggestion and go to the next one")},
        {&Actions::acceptAll, "check-all", T("Accept a&ll and next document"), "Ctrl+Return",
         T("Accept every suggestion of this document in one step and go on")},
        {&Actions::remove, "trash", T("Re&ject or delete"), "Del",
         T("Reject the selected suggestion or delete the selected annotation")},
        {&Actions::retype, "tag", T("Change &type…"), "T", T("Choose another category")},
        {&Actions::relation, "relation", T("New &relation"), "R",
         T("From the selected mention to the one clicked next")},
        {&Actions::newCategory, "plus", T("New &category…"), "Ctrl+Shift+N",
         T("Define a category; it is placed without any training")},
    };
    return entries;
}

const std::vector<Entry>& modelEntries() {
    static const std::vector<Entry> entries = {
        {&Actions::extract, "play", T("&Extract"), "F5",
         T("Let the model read what it hasn't read yet")},
        {&Actions::retrain, "retrain", T("&Retrain…"), "F6", T("Learn from the accepted labels")},
        {&Actions::cancel, "stop", T("&Cancel work"), "Shift+Esc", T("Cancel the work that runs")},
    };
    return entries;
}

const std::vector<Entry>& viewEntries() {
    static const std::vector<Entry> entries = {
        {&Actions::showEntities, "tag", T("Disk of &entities"), "Ctrl+1", T("Show entity types")},
        {&Actions::showRelations, "relation", T("Disk of &relations"), "Ctrl+2",
         T("Show relations")},
        {&Actions::diskHome, "home", T("&Centre the disk"), "Home", T("Back to the whole disk")},
        {&Actions::dark, "moon", T("&Dark appearance"), "Ctrl+Shift+D", T("Light or dark")},
        {&Actions::resetLayout, "layout", T("&Reset layout"), "",
         T("All panels back to their places")},
        {&Actions::shortcuts, "keyboard", T("&Shortcuts"), "F1", T("All shortcuts on one sheet")},
        {&Actions::about, "info", T("&About HMGRL Studio"), "", T("Version and licences")},
    };
    return entries;
}

#undef T

QString say(const char* text) {
    return QCoreApplication::translate("hmgrl::studio::Actions", text);
}

QAction* makeAction(QWidget* owner, const Theme& theme, const Entry& entry) {
    auto* action = new QAction(say(entry.text), owner);
    if (*entry.icon)
        action->setIcon(theme.icon(QString::fromLatin1(entry.icon)));
    if (*entry.shortcuts)
        action->setShortcuts(QKeySequence::listFromString(QString::fromLatin1(entry.shortcuts),
                                                          QKeySequence::PortableText));
    action->setIconText(say(entry.text).remove(QLatin1Char('&')).remove(QStringLiteral("…")));
    QString tip = say(entry.tip);
    if (!action->shortcut().isEmpty())
        tip += QStringLiteral("  (%1)").arg(action->shortcut().toString(QKeySequence::NativeText));
    action->setToolTip(tip);
    action->setStatusTip(say(entry.tip));
    owner->addAction(action);
    return action;
}

} // namespace

Actions makeActions(QWidget* owner, const Theme& theme) {
    Actions actions{};
    const std::vector<std::pair<const char*, const std::vector<Entry>*>> tables = {
        {QT_TRANSLATE_NOOP("hmgrl::studio::Actions", "Review"), &reviewEntries()},
        {QT_TRANSLATE_NOOP("hmgrl::studio::Actions", "Edit"), &editEntries()},
        {QT_TRANSLATE_NOOP("hmgrl::studio::Actions", "Project"), &fileEntries()},
        {QT_TRANSLATE_NOOP("hmgrl::studio::Actions", "Model"), &modelEntries()},
        {QT_TRANSLATE_NOOP("hmgrl::studio::Actions", "View"), &viewEntries()}};
    for (const auto& [title, entries] : tables) {
        Actions::Group group{say(title), {}};
        for (const Entry& entry : *entries) {
            actions.*entry.member = makeAction(owner, theme, entry);
            group.actions.push_back(actions.*entry.member);
        }
        actions.groups.push_back(std::move(group));
    }
    for (QAction* toggle : {actions.dark, actions.showEntities, actions.showRelations})
        toggle->setCheckable(true);
    return actions;
}

} // namespace hmgrl::studio
