#include "explore/BulkEdit.h"

#include "bridge/Plural.h"
#include "bridge/TextOffsets.h"
#include "data/Palette.h"
#include "project/BulkDecision.h"

#include <QCoreApplication>
#include <memory>
#include <set>

namespace hmgrl {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("hmgrl::BulkEdit", text);
}

QString countText(CategoryKind kind, std::size_t samples) {
    const auto count = static_cast<qsizetype>(samples);
    return kind == CategoryKind::Entity
               ? plural(count, say(QT_TRANSLATE_NOOP("hmgrl::BulkEdit", "one mention")),
                        say(QT_TRANSLATE_NOOP("hmgrl::BulkEdit", "%1 mentions")))
               : plural(count, say(QT_TRANSLATE_NOOP("hmgrl::BulkEdit", "one relation")),
                        say(QT_TRANSLATE_NOOP("hmgrl::BulkEdit", "%1 relations")));
}

/// Only relations are ever kept.
QString keptText(std::size_t kept, std::size_t all) {
    return say(QT_TRANSLATE_NOOP("hmgrl::BulkEdit",
                                 "%1 of %2 relations kept as they were: one end is rejected"))
        .arg(kept)
        .arg(all);
}

/// One step; `decide` returns how many samples it decided, and `label` names so many of them.
void edit(Session& session, const SampleGroup& group, std::function<std::size_t(Editor&)> decide,
          std::function<QString(const QString&)> label) {
    const auto done = std::make_shared<std::size_t>(0);
    const std::size_t all = group.ids.size();
    session.edit(
        [=, kind = group.kind](Editor& editor) {
            *done = decide(editor);
            return label(countText(kind, *done));
        },
        group.documents,
        [&session, done, all] {
            if (*done < all)
                Q_EMIT session.told(keptText(all - *done, all));
        });
}

void decideAs(Session& session, const SampleGroup& group, Status status, const QString& label) {
    edit(
        session, group,
        [kind = group.kind, ids = group.ids, status](Editor& editor) {
            return setStatus(editor, kind, ids, status);
        },
        [label](const QString& counted) { return label.arg(counted); });
}

} // namespace

SampleGroup samplesOf(const DiskData& disk, std::span<const int> rows) {
    SampleGroup group;
    group.kind = disk.kind;
    std::set<std::int64_t> documents;
    std::set<std::string> categories;
    for (const int row : rows) {
        const auto index = static_cast<std::size_t>(row);
        if (row < 0 || index >= disk.samples.size())
            continue;
        group.ids.push_back(disk.samples[index].id);
        documents.insert(disk.samples[index].document);
        categories.insert(disk.samples[index].type);
    }
    group.documents.assign(documents.begin(), documents.end());
    group.categories = static_cast<int>(categories.size());
    return group;
}

void accept(Session& session, const SampleGroup& group) {
    decideAs(session, group, Status::Accepted,
             say(QT_TRANSLATE_NOOP("hmgrl::BulkEdit", "Accept %1")));
}

void reject(Session& session, const SampleGroup& group) {
    decideAs(session, group, Status::Rejected,
             say(QT_TRANSLATE_NOOP("hmgrl::BulkEdit", "Reject %1")));
}

void retype(Session& session, const SampleGroup& group, const std::string& category) {
    Category added;
    added.kind = group.kind;
    added.name = category;
    added.colour = newcomerColour(added, session.categories());
    const bool isNew = session.category(group.kind, category) == nullptr;
    const QString label = say(QT_TRANSLATE_NOOP("hmgrl::BulkEdit", "Retype %1 as %2"));
    edit(
        session, group,
        [kind = group.kind, ids = group.ids, added, isNew](Editor& editor) {
            if (isNew)
                editor.addCategory(added);
            const std::size_t done = setType(editor, kind, ids, added.name);
            if (isNew && done == 0) // nothing carries it
                editor.removeCategory(kind, added.name);
            return done;
        },
        [label, name = toQString(displayName(category))](const QString& counted) {
            return label.arg(counted, name);
        });
}

} // namespace hmgrl
