#pragma once

#include "data/Category.h"
#include "data/Document.h"
#include "data/EmbeddingSet.h"
#include "data/Prediction.h"
#include "support/Cancel.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hmgrl {

/// A row of the queue.
struct DocumentSummary {
    std::int64_t id = 0;
    std::string key;
    std::string excerpt;                           ///< first 160 code points, white space collapsed
    std::string imagePath;                         ///< absolute, or empty
    int accepted = 0, suggested = 0, rejected = 0; ///< mentions and relations together
    double uncertainty = 0;                        ///< largest over the suggestions, 0 without any
    /// Holds predictions of the current model: of the setting "model_hash" when the project has it,
    /// else of any model.
    bool extracted = false;
    bool reviewed = false;
};

/// Where documents are found. Empty fields don't restrict.
struct DocumentQuery {
    std::string text;     ///< full-text search (FTS5); user text, never query syntax
    std::string category; ///< has a live mention or relation of this category
    std::optional<bool> reviewed;
    enum class Order { Imported, Uncertainty, Key, Status } order = Order::Imported;
};

/// One placed sample for the disk.
struct SampleRow {
    CategoryKind kind = CategoryKind::Entity;
    std::int64_t id = 0; ///< mention or relation row
    std::int64_t document = 0;
    Status status = Status::Suggested;
    std::string type;                  ///< category it carries now
    std::vector<Candidate> candidates; ///< the model's, best first
    std::vector<float> latent;
    std::optional<DiskPoint> where;
};

/// What a relation connects.
struct RelationEnds {
    std::int64_t id = 0;
    std::int64_t head = 0, tail = 0; ///< mention rows
    std::string type;                ///< empty: untyped
};

/// A stored latent that is to be ranked.
struct LatentRow {
    CategoryKind kind = CategoryKind::Entity;
    std::vector<float> latent;
    /// Of a relation: what is known of the mention at each end.
    struct End {
        std::string acceptedType;  ///< empty: not decided
        std::vector<float> latent; ///< may be empty
    };
    End head = {}, tail = {};
};

class Editor;

/// The project file (SQLite, WAL, foreign keys). One object belongs to one thread; several objects,
/// in several threads or processes, may open the same file. Every user edit is one transaction that
/// can be undone and redone, also after the file was closed and opened again.
class Project {
public:
    /// @throws Error when the file exists already or can't be made
    [[nodiscard]] static std::unique_ptr<Project> create(const std::filesystem::path& path);
    /// Migrates older schemas. @throws Error for no file, another program's file, a schema from the
    /// future, a damaged or locked file; a read-only file opens read-only.
    [[nodiscard]] static std::unique_ptr<Project> open(const std::filesystem::path& path);
    virtual ~Project() = default;

    [[nodiscard]] virtual std::filesystem::path path() const = 0;
    [[nodiscard]] virtual bool isReadOnly() const = 0;
    [[nodiscard]] virtual int schemaVersion() const = 0;

    // Reading.
    [[nodiscard]] virtual std::size_t documentCount() const = 0;
    [[nodiscard]] virtual std::vector<DocumentSummary>
    documents(const DocumentQuery& query = {}) const = 0;
    [[nodiscard]] virtual std::optional<DocumentSummary> summary(std::int64_t document) const = 0;
    [[nodiscard]] virtual Document
    document(std::int64_t id) const = 0; ///< @throws Error when absent
    [[nodiscard]] virtual std::vector<std::int64_t> documentIds() const = 0; ///< in import order
    [[nodiscard]] virtual std::string thumbnail(std::int64_t document) const = 0; ///< JPEG or empty
    [[nodiscard]] virtual std::vector<Category> categories() const = 0;
    /// Live mentions (entity) and relations by category name: accepted + suggested.
    [[nodiscard]] virtual std::vector<std::pair<std::string, int>>
    categoryCounts(CategoryKind kind) const = 0;
    [[nodiscard]] virtual std::vector<SampleRow> samples(CategoryKind kind) const = 0;
    /// What a mention or relation is ranked by; nothing when no model has read it.
    [[nodiscard]] virtual std::optional<LatentRow> latent(CategoryKind kind,
                                                          std::int64_t sample) const = 0;
    /// Accepted and suggested relations of all documents, by id.
    [[nodiscard]] virtual std::vector<RelationEnds> relationEnds() const = 0;
    /// Free-form settings of the project, e.g. "model": folder of the accepted checkpoint.
    [[nodiscard]] virtual std::optional<std::string> setting(const std::string& key) const = 0;

    // Importing and derived data: transactions of their own, not part of undo.
    /// Stores documents (key made unique by a suffix when taken, which is returned as an Issue)
    /// with their accepted mentions and relations; unknown categories are added as unseen.
    /// A document that is here already, the same to the letter and with a decision at every label
    /// that it brings, is left out with an Issue, so that a file that grew can be imported again.
    /// A document whose text or fields can't be stored (NUL, invalid UTF-8) is left out and a
    /// faulty label is left out of its document, each with an Issue. All or nothing when it throws.
    /// Returns the ids of the stored ones.
    virtual std::vector<std::int64_t> addDocuments(const std::vector<Document>& documents,
                                                   Issues& issues) = 0;
    virtual void setThumbnail(std::int64_t document, const std::string& jpeg) = 0;
    /// Categories that are new by (kind, name) are added. Others take `seen`; those without a
    /// description, as imported labels make them, also take description, colour and an absent
    /// parent; all else stays the project's.
    virtual void addModelCategories(const std::vector<Category>& categories) = 0;
    /// Replaces the document's suggestions and every prediction and latent of it by this
    /// extraction. Spans that are accepted or rejected already are not suggested again; their
    /// prediction is kept.
    virtual void storeExtraction(std::int64_t document, const Extraction& extraction,
                                 const std::string& modelHash) = 0;
    /// New rankings for stored latents (a category was added): replaces candidates, and the type
    /// and score of suggestions. None for a latent that can't be ranked, as another model's: what
    /// is stored stays.
    using Ranker = std::function<std::optional<std::vector<Candidate>>(const LatentRow&)>;
    virtual void rescore(const Ranker& rank, const CancelToken& cancel = {}) = 0;
    virtual void storeCoordinates(CategoryKind kind,
                                  const std::vector<std::pair<std::int64_t, DiskPoint>>& where) = 0;
    virtual void setSetting(const std::string& key, const std::string& value) = 0;

    // Editing. The function's changes become one undoable step, with the label that it returns; if
    // it throws, nothing changed.
    virtual void edit(const std::function<std::string(Editor&)>& change) = 0;
    void edit(const std::string& label, const std::function<void(Editor&)>& change);
    [[nodiscard]] virtual std::optional<std::string> undoLabel() const = 0; ///< nothing: can't undo
    [[nodiscard]] virtual std::optional<std::string> redoLabel() const = 0;
    /// Documents touched by the undone or redone step.
    virtual std::vector<std::int64_t> undo() = 0;
    virtual std::vector<std::int64_t> redo() = 0;

    /// Every document with all labels in canonical JSONL order: equal content gives equal bytes.
    [[nodiscard]] virtual std::string canonicalExport() const = 0;
};

/// The primitive edits. Only inside Project::edit. All throw Error when a row or category is absent
/// or a value is out of range.
class Editor {
public:
    virtual ~Editor() = default;
    virtual std::int64_t addMention(std::int64_t document, const Mention& mention) = 0;
    /// Rejecting takes the relations that use it along: suggested ones are removed, others
    /// rejected.
    virtual void setMentionStatus(std::int64_t mention, Status status) = 0;
    virtual void setMentionType(std::int64_t mention,
                                const std::string& category) = 0; ///< accepts it too
    /// Accepts it too: a corrected span is a decision.
    virtual void setMentionSpan(std::int64_t mention, Span span) = 0;
    virtual void removeMention(std::int64_t mention) = 0; ///< and the relations that use it
    /// head and tail are mention rows here.
    virtual std::int64_t addRelation(std::int64_t document, std::int64_t head, std::int64_t tail,
                                     const std::string& category) = 0;
    virtual void setRelationStatus(std::int64_t relation, Status status) = 0;
    /// Accepts it too.
    virtual void setRelationType(std::int64_t relation, const std::string& category) = 0;
    /// Then the relation can be neither accepted nor suggested nor typed.
    [[nodiscard]] virtual bool hasRejectedEnd(std::int64_t relation) const = 0;
    virtual void removeRelation(std::int64_t relation) = 0;
    virtual void setReviewed(std::int64_t document, bool reviewed) = 0;
    /// With its labels and all that was read of it. An import may have taken its key by the time it
    /// is brought back; then it comes back under the next free one.
    virtual void removeDocument(std::int64_t document) = 0;
    virtual void addCategory(const Category& category) = 0;
    virtual void changeCategory(CategoryKind kind, const std::string& name, const Category& to) = 0;
    /// Its mentions and relations go back to untyped. @throws Error when it has children
    virtual void removeCategory(CategoryKind kind, const std::string& name) = 0;
    virtual void setSetting(const std::string& key, const std::string& value) = 0; ///< undoable
};

} // namespace hmgrl
