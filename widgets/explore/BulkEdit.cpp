#include "explore/BulkEdit.h"

#include "bridge/Plural.h"
#include "bridge/TextOffsets.h"
#include "data/Palette.h"

#include <QCoreApplication>
#include <set>

namespace hmgrl {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("hmgrl::BulkEdit", text);
}

QString countText(const SampleGroup& group) {
    const auto count = static_cast<qsizetype>(group.ids.size());
    return group.kind == CategoryKind::Entity
               ? plural(count, say(QT_TRANSLATE_NOOP("hmgrl::BulkEdit", "one mention")),
                        say(QT_TRANSLATE_NOOP("hmgrl::BulkEdit", "%1 mentions")))
               : plural(count, say(QT_TRANSLATE_NOOP("hmgrl::BulkEdit", "one relation")),
                        say(QT_TRANSLATE_NOOP("hmgrl::BulkEdit", "%1 relations")));
}

void setStatus(Session& session, const SampleGroup& group, Status status, const QString& label) {
    session.edit(
        label.arg(countText(group)),
        [kind = group.kind, ids = group.ids, status](Editor& editor) {
            for (const std::int64_t id : ids)
                kind == CategoryKind::Entity ? editor.setMentionStatus(id, status)
                                             : editor.setRelationStatus(id, status);
        },
        group.documents);
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
    setStatus(session, group, Status::Accepted,
              say(QT_TRANSLATE_NOOP("hmgrl::BulkEdit", "Accept %1")));
}

void reject(Session& session, const SampleGroup& group) {
    setStatus(session, group, Status::Rejected,
              say(QT_TRANSLATE_NOOP("hmgrl::BulkEdit", "Reject %1")));
}

void retype(Session& session, const SampleGroup& group, const std::string& category) {
    Category added;
    added.kind = group.kind;
    added.name = category;
    added.colour = newcomerColour(added, session.categories());
    const bool isNew = session.category(group.kind, category) == nullptr;
    const QString label = say(QT_TRANSLATE_NOOP("hmgrl::BulkEdit", "Retype %1 as %2"))
                              .arg(countText(group), toQString(displayName(category)));
    session.edit(
        label,
        [kind = group.kind, ids = group.ids, added, isNew](Editor& editor) {
            if (isNew)
                editor.addCategory(added);
            for (const std::int64_t id : ids)
                kind == CategoryKind::Entity ? editor.setMentionType(id, added.name)
                                             : editor.setRelationType(id, added.name);
        },
        group.documents);
}

} // namespace hmgrl
