#include "models/ClaimsModel.h"

#include "bridge/Plural.h"
#include "bridge/TextOffsets.h"
#include "support/Text.h"

#include <algorithm>
#include <optional>
#include <set>

namespace hmgrl {
namespace {

struct Words {
    QString mention, context;
};

QString quoted(const Document& document, Span span, int around) {
    const auto words = substring(document.text, span.begin - around, span.end + around);
    return toQString(collapseSpace(words));
}

QString mentionText(const Document& document, int index) {
    return quoted(document, document.mentions.at(static_cast<std::size_t>(index)).span, 0);
}

/// The words of a sample and some before and after; nothing when it is gone.
std::optional<Words> wordsOf(const Document& document, const SampleRow& sample) {
    constexpr int around = 48;
    if (sample.kind == CategoryKind::Entity) {
        for (const Mention& mention : document.mentions)
            if (mention.id == sample.id)
                return Words{quoted(document, mention.span, 0),
                             quoted(document, mention.span, around)};
        return std::nullopt;
    }
    for (const Relation& relation : document.relations)
        if (relation.id == sample.id) {
            const QString pair = mentionText(document, relation.head) + QStringLiteral(" → ") +
                                 mentionText(document, relation.tail);
            return Words{pair, quoted(document, {0, 0}, 2 * around)};
        }
    return std::nullopt;
}

} // namespace

ClaimsModel::ClaimsModel(Session& session, QObject* parent)
    : QAbstractListModel(parent)
    , m_session(session) {
    connect(&session, &Session::projectClosed, this, [this] { setClaims({}, {}); });
    connect(&session, &Session::documentsChanged, this, &ClaimsModel::followDocuments);
}

int ClaimsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ClaimsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case MentionRole:
        return row.mention;
    case ContextRole:
        return row.context;
    case ScoreRole:
        return row.sample.candidates.empty() ? 0.0 : row.sample.candidates.front().score;
    case DocumentRole:
        return QVariant::fromValue<qlonglong>(row.sample.document);
    case SampleRole:
        return QVariant::fromValue<qlonglong>(row.sample.id);
    case Qt::CheckStateRole:
        return row.checked ? Qt::Checked : Qt::Unchecked;
    default:
        return {};
    }
}

bool ClaimsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    m_rows[static_cast<std::size_t>(index.row())].checked = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
    Q_EMIT checkedChanged();
    return true;
}

Qt::ItemFlags ClaimsModel::flags(const QModelIndex& index) const {
    const auto flags = QAbstractListModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsUserCheckable : flags;
}

void ClaimsModel::setClaims(const Category& category, const std::vector<SampleRow>& claims) {
    beginResetModel();
    m_category = category;
    m_rows.clear();
    for (const SampleRow& claim : claims)
        m_rows.push_back({claim, {}, {}, true});
    endResetModel();
    Q_EMIT checkedChanged();
    describeRows();
}

void ClaimsModel::followDocuments(const std::vector<std::int64_t>& ids) {
    const auto isTouched = [&](const Row& row) {
        return std::find(ids.begin(), ids.end(), row.sample.document) != ids.end();
    };
    if (ids.empty() || std::any_of(m_rows.begin(), m_rows.end(), isTouched))
        describeRows();
}

void ClaimsModel::describeRows() {
    ++m_request;
    if (m_rows.empty())
        return;
    std::vector<SampleRow> samples;
    for (const Row& row : m_rows)
        samples.push_back(row.sample);
    m_session.run(
        this,
        [samples](Project& project) {
            std::vector<std::optional<Words>> words;
            for (const SampleRow& sample : samples)
                words.push_back(project.summary(sample.document)
                                    ? wordsOf(project.document(sample.document), sample)
                                    : std::nullopt);
            return words;
        },
        [this, request = m_request](const std::vector<std::optional<Words>>& words) {
            if (request != m_request || words.size() != m_rows.size())
                return;
            std::vector<Row> there;
            for (std::size_t i = 0; i < words.size(); ++i)
                if (words[i])
                    there.push_back({m_rows[i].sample, words[i]->mention, words[i]->context,
                                     m_rows[i].checked});
            if (there.size() == m_rows.size()) {
                m_rows = std::move(there);
                Q_EMIT dataChanged(index(0), index(rowCount() - 1));
                return;
            }
            beginResetModel();
            m_rows = std::move(there);
            endResetModel();
            Q_EMIT checkedChanged();
        });
}

Selection ClaimsModel::selectionAt(int row) const {
    if (row < 0 || row >= rowCount())
        return {};
    const SampleRow& sample = m_rows[static_cast<std::size_t>(row)].sample;
    return {sample.document, sample.kind, sample.id};
}

int ClaimsModel::checkedCount() const {
    return static_cast<int>(
        std::count_if(m_rows.begin(), m_rows.end(), [](const Row& row) { return row.checked; }));
}

void ClaimsModel::setAllChecked(bool checked) {
    if (m_rows.empty())
        return;
    for (Row& row : m_rows)
        row.checked = checked;
    Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::CheckStateRole});
    Q_EMIT checkedChanged();
}

void ClaimsModel::acceptChecked() {
    std::vector<std::int64_t> ids;
    std::set<std::int64_t> documents;
    for (const Row& row : m_rows)
        if (row.checked) {
            ids.push_back(row.sample.id);
            documents.insert(row.sample.document);
        }
    if (ids.empty())
        return;
    m_session.edit(
        plural(static_cast<qsizetype>(ids.size()), tr("Accept a claim"), tr("Accept %1 claims")),
        [ids, category = m_category](Editor& editor) {
            for (const std::int64_t id : ids)
                if (category.kind == CategoryKind::Entity)
                    editor.setMentionType(id, category.name);
                else
                    editor.setRelationType(id, category.name);
        },
        {documents.begin(), documents.end()});
    beginResetModel();
    std::erase_if(m_rows, [](const Row& row) { return row.checked; });
    endResetModel();
    ++m_request;
    Q_EMIT checkedChanged();
}

} // namespace hmgrl
