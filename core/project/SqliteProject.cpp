#include "project/SqliteProject.h"

#include "project/CanonicalExport.h"
#include "project/DocumentImport.h"
#include "project/DuplicateRemover.h"
#include "project/ExtractionStore.h"
#include "project/ProjectFile.h"
#include "project/SqliteEditor.h"
#include "project/Texts.h"

namespace hmgrl {

std::unique_ptr<Project> Project::create(const std::filesystem::path& path) {
    return std::make_unique<SqliteProject>(createProjectFile(path));
}

std::unique_ptr<Project> Project::open(const std::filesystem::path& path) {
    return std::make_unique<SqliteProject>(openProjectFile(path));
}

SqliteProject::SqliteProject(std::unique_ptr<Connection> connection)
    : m_connection(std::move(connection))
    , m_documents(*m_connection)
    , m_categories(*m_connection)
    , m_samples(*m_connection)
    , m_history(*m_connection) {}

template <typename Work>
auto SqliteProject::guarded(Work&& work) const {
    try {
        return work();
    } catch (const SQLite::Exception& failure) {
        throw errorFor(failure, m_connection->path());
    }
}

template <typename Work>
void SqliteProject::change(Work&& work) {
    guarded([&] {
        Transaction transaction(*m_connection);
        work();
        transaction.commit();
    });
}

int SqliteProject::schemaVersion() const {
    return guarded([&] { return static_cast<int>(m_connection->scalar("PRAGMA user_version")); });
}

std::size_t SqliteProject::documentCount() const {
    return guarded([&] { return m_documents.count(); });
}

std::vector<DocumentSummary> SqliteProject::documents(const DocumentQuery& query) const {
    return guarded([&] { return m_documents.list(query); });
}

std::optional<DocumentSummary> SqliteProject::summary(std::int64_t document) const {
    return guarded([&] { return m_documents.summary(document); });
}

Document SqliteProject::document(std::int64_t id) const {
    return guarded([&] { return m_documents.read(id); });
}

std::vector<std::int64_t> SqliteProject::documentIds() const {
    return guarded([&] { return m_documents.ids(); });
}

std::string SqliteProject::thumbnail(std::int64_t document) const {
    return guarded([&] { return m_documents.thumbnail(document); });
}

std::vector<Category> SqliteProject::categories() const {
    return guarded([&] { return m_categories.all(); });
}

std::vector<std::pair<std::string, int>> SqliteProject::categoryCounts(CategoryKind kind) const {
    return guarded([&] { return m_categories.counts(kind); });
}

std::vector<SampleRow> SqliteProject::samples(CategoryKind kind) const {
    return guarded([&] { return m_samples.all(kind); });
}

std::vector<RelationEnds> SqliteProject::relationEnds() const {
    return guarded([&] { return m_samples.relationEnds(); });
}

std::optional<std::string> SqliteProject::setting(const std::string& key) const {
    return guarded([&]() -> std::optional<std::string> {
        Query row = m_connection->query("SELECT value FROM settings WHERE key = ?");
        return row.with(key).next() ? std::optional(row.text(0)) : std::nullopt;
    });
}

std::vector<std::int64_t> SqliteProject::addDocuments(const std::vector<Document>& documents,
                                                      Issues& issues) {
    std::vector<std::int64_t> ids;
    Issues found;
    change([&] {
        DocumentImport import(*m_connection, found);
        for (const Document& document : documents)
            if (const auto id = import.add(document))
                ids.push_back(*id);
    });
    issues.insert(issues.end(), found.begin(), found.end());
    return ids;
}

void SqliteProject::setThumbnail(std::int64_t document, const std::string& jpeg) {
    change([&] { m_documents.setThumbnail(document, jpeg); });
}

void SqliteProject::addModelCategories(const std::vector<Category>& categories) {
    change([&] { m_categories.merge(categories); });
}

void SqliteProject::storeExtraction(std::int64_t document, const Extraction& extraction,
                                    const std::string& modelHash) {
    change([&] { ExtractionStore(*m_connection).store(document, extraction, modelHash); });
}

std::optional<LatentRow> SqliteProject::latent(CategoryKind kind, std::int64_t sample) const {
    return m_samples.latent(kind, sample);
}

void SqliteProject::rescore(const Ranker& rank, const CancelToken& cancel) {
    change([&] { m_samples.rescore(rank, cancel); });
}

void SqliteProject::storeCoordinates(CategoryKind kind,
                                     const std::vector<std::pair<std::int64_t, DiskPoint>>& where) {
    change([&] { m_samples.setPlaces(kind, where); });
}

void SqliteProject::setSetting(const std::string& key, const std::string& value) {
    for (const std::string* text : {&key, &value})
        requireSoundText(*text, "setting");
    change([&] {
        m_connection
            ->query("INSERT INTO settings(key, value) VALUES (?, ?) "
                    "ON CONFLICT(key) DO UPDATE SET value = excluded.value")
            .with(key, value)
            .run();
    });
}

void Project::edit(const std::string& label, const std::function<void(Editor&)>& change) {
    edit([&](Editor& editor) {
        change(editor);
        return label;
    });
}

void SqliteProject::edit(const std::function<std::string(Editor&)>& work) {
    change([&] {
        StepRecorder recorder(*m_connection);
        SqliteEditor editor(*m_connection, recorder);
        const std::string label = work(editor);
        requireSoundText(label, "label of the edit");
        DuplicateRemover(*m_connection, [&](const RowRef& ref) {
            recorder.touch(ref);
        }).settle(recorder.touched());
        for (const std::int64_t document : recorder.store(label))
            m_documents.refreshState(document);
    });
}

std::optional<std::string> SqliteProject::undoLabel() const {
    return guarded([&] { return m_history.label(History::Direction::Undo); });
}

std::optional<std::string> SqliteProject::redoLabel() const {
    return guarded([&] { return m_history.label(History::Direction::Redo); });
}

std::vector<std::int64_t> SqliteProject::move(History::Direction direction) {
    std::vector<std::int64_t> documents;
    change([&] {
        for (const std::int64_t document : m_history.move(direction)) {
            m_documents.refreshState(document);
            documents.push_back(document);
        }
    });
    return documents;
}

std::vector<std::int64_t> SqliteProject::undo() {
    return move(History::Direction::Undo);
}

std::vector<std::int64_t> SqliteProject::redo() {
    return move(History::Direction::Redo);
}

std::string SqliteProject::canonicalExport() const {
    return guarded([&] {
        const Transaction snapshot(*m_connection, Transaction::Mode::Read);
        DocumentQuery byKey;
        byKey.order = DocumentQuery::Order::Key;
        std::string out;
        for (const DocumentSummary& summary : m_documents.list(byKey))
            out += canonicalLine(m_documents.read(summary.id), summary.reviewed);
        return out;
    });
}

} // namespace hmgrl
