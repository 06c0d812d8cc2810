#include "project/Schema.h"

#include <array>

namespace hmgrl {
namespace {

// Labels (mentions, relations) and derived data (predictions) are apart: a prediction belongs to a
// span or a pair of spans of a document, not to a row, so re-extracting never touches what an
// analyst decided and undoing a decision never brings back an old model's numbers. Row ids are
// never used twice (AUTOINCREMENT): a step that is undone and done again finds its own ids free.
// `excerpt` stands before `text`, so a listing never reads the pages of long texts.
constexpr const char* kSchema1 = R"sql(
CREATE TABLE documents(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  excerpt TEXT NOT NULL,
  image_path TEXT NOT NULL,
  image_ref TEXT NOT NULL,
  url TEXT NOT NULL,
  topic TEXT NOT NULL,
  extra TEXT NOT NULL,
  text TEXT NOT NULL);
CREATE VIRTUAL TABLE document_text USING fts5(
  key, text, content='documents', content_rowid='id',
  tokenize='unicode61 remove_diacritics 2', prefix='2 3');
CREATE TABLE document_states(
  document INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  accepted INTEGER NOT NULL DEFAULT 0,
  suggested INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  uncertainty REAL NOT NULL DEFAULT 0,
  model_hash TEXT NOT NULL DEFAULT '');
CREATE TABLE reviews(
  document INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE);
CREATE TABLE thumbnails(
  document INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  jpeg BLOB NOT NULL);
CREATE TABLE categories(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind INTEGER NOT NULL CHECK(kind IN (0, 1)),
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  parent INTEGER REFERENCES categories(id),
  seen INTEGER NOT NULL CHECK(seen IN (0, 1)),
  colour INTEGER NOT NULL,
  UNIQUE(kind, name));
CREATE INDEX categories_parent ON categories(parent);
CREATE TABLE mentions(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  category INTEGER REFERENCES categories(id) ON DELETE SET NULL,
  score REAL NOT NULL,
  status INTEGER NOT NULL CHECK(status IN (0, 1, 2)),
  CHECK(0 <= span_begin AND span_begin < span_end));
CREATE INDEX mentions_span ON mentions(document, span_begin, span_end);
CREATE INDEX mentions_category ON mentions(category, document);
CREATE TABLE relations(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  head INTEGER NOT NULL REFERENCES mentions(id) ON DELETE CASCADE,
  tail INTEGER NOT NULL REFERENCES mentions(id) ON DELETE CASCADE,
  category INTEGER REFERENCES categories(id) ON DELETE SET NULL,
  score REAL NOT NULL,
  status INTEGER NOT NULL CHECK(status IN (0, 1, 2)),
  CHECK(head <> tail));
CREATE INDEX relations_document ON relations(document);
CREATE INDEX relations_head ON relations(head, tail);
CREATE INDEX relations_tail ON relations(tail);
CREATE INDEX relations_category ON relations(category, document);
CREATE TABLE mention_predictions(
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  model_hash TEXT NOT NULL,
  uncertainty REAL NOT NULL,
  r REAL,
  theta REAL,
  candidates BLOB,
  latent BLOB,
  UNIQUE(document, span_begin, span_end));
CREATE TABLE relation_predictions(
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  head_begin INTEGER NOT NULL,
  head_end INTEGER NOT NULL,
  tail_begin INTEGER NOT NULL,
  tail_end INTEGER NOT NULL,
  model_hash TEXT NOT NULL,
  uncertainty REAL NOT NULL,
  r REAL,
  theta REAL,
  candidates BLOB,
  latent BLOB,
  UNIQUE(document, head_begin, head_end, tail_begin, tail_end));
CREATE TABLE settings(
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL);
CREATE TABLE steps(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label TEXT NOT NULL,
  made TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  undone INTEGER NOT NULL DEFAULT 0);
CREATE TABLE changes(
  id INTEGER PRIMARY KEY,
  step INTEGER NOT NULL REFERENCES steps(id) ON DELETE CASCADE,
  entity TEXT NOT NULL,
  row TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL);
CREATE INDEX changes_step ON changes(step);
)sql";

// Which entity types the head (side 0) and the tail (1) of a relation may be; no row: any.
constexpr const char* kSchema2 = R"sql(
CREATE TABLE category_arguments(
  relation INTEGER NOT NULL REFERENCES categories(id) ON DELETE CASCADE,
  side INTEGER NOT NULL CHECK(side IN (0, 1)),
  entity INTEGER NOT NULL REFERENCES categories(id) ON DELETE CASCADE,
  PRIMARY KEY(relation, side, entity));
CREATE INDEX category_arguments_entity ON category_arguments(entity);
)sql";

constexpr std::array kMigrations{Migration{0, kSchema1}, Migration{1, kSchema2}};

} // namespace

std::span<const Migration> migrations() {
    return kMigrations;
}

int currentSchema() {
    return kMigrations.back().from + 1;
}

void migrate(Connection& connection, std::span<const Migration> steps) {
    Transaction transaction(connection);
    // Read inside the transaction: another program may have migrated the file in the meantime.
    for (const Migration& step : steps) {
        if (connection.scalar("PRAGMA user_version") != step.from)
            continue;
        connection.execute(step.sql);
        connection.execute("PRAGMA user_version=" + std::to_string(step.from + 1));
    }
    connection.execute("PRAGMA application_id=" + std::to_string(kApplicationId));
    transaction.commit();
}

} // namespace hmgrl
