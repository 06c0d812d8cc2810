#include "interchange/Embeddings.h"

#include "support/Error.h"
#include "support/Files.h"

#include <bit>
#include <charconv>
#include <nlohmann/json.hpp>
#include <type_traits>

namespace hmgrl {

namespace {

namespace fs = std::filesystem;

/// Format 1.0: magic, version, length of the header, a Python dictionary filled up with blanks so
/// that the numbers begin at a multiple of 64 bytes, the numbers row by row.
template <typename Number>
std::string npy(std::span<const Number> numbers, std::size_t rows, std::size_t columns) {
    static_assert(std::endian::native == std::endian::little && std::is_floating_point_v<Number>);
    std::string header = "{'descr': '<f" + std::to_string(sizeof(Number)) +
                         "', 'fortran_order': False, 'shape': (" + std::to_string(rows) + ", " +
                         std::to_string(columns) + "), }";
    constexpr std::size_t before = 10, alignment = 64;
    while ((before + header.size() + 1) % alignment != 0)
        header += ' ';
    header += '\n';
    std::string bytes("\x93NUMPY\x01\x00", 8);
    bytes += static_cast<char>(header.size() & 0xFF);
    bytes += static_cast<char>(header.size() >> 8);
    bytes += header;
    bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes());
    return bytes;
}

/// The shortest digits that give the same number again; knows no locale.
void appendNumber(std::string& to, float value) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    to.append(digits.data(), end.ptr);
}

void appendField(std::string& to, const std::string& text) {
    for (const char c : text)
        switch (c) {
        case '\t':
            to += "\\t";
            break;
        case '\n':
            to += "\\n";
            break;
        case '\r':
            to += "\\r";
            break;
        case '\\':
            to += "\\\\";
            break;
        default:
            to += c;
        }
}

void appendLine(std::string& to, const std::vector<std::string>& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0)
            to += '\t';
        appendField(to, fields[i]);
    }
    to += '\n';
}

/// Files that are put into their folder one by one, after all could be written beside it.
class Batch {
public:
    explicit Batch(const fs::path& folder)
        : m_folder(folder)
        , m_beside(folder / ".unfinished") {
        std::error_code failure;
        fs::create_directories(m_beside, failure);
        if (failure)
            throw Error(folder.string(), {}, "cannot make the folder: " + failure.message());
    }
    ~Batch() {
        std::error_code ignored;
        fs::remove_all(m_beside, ignored);
    }
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;

    void write(const char* name, const std::string& bytes) {
        writeFileAtomically(m_beside / name, bytes);
        m_names.emplace_back(name);
    }
    void finish() {
        for (const std::string& name : m_names) {
            std::error_code failure;
            fs::rename(m_beside / name, m_folder / name, failure);
            if (failure)
                throw Error((m_folder / name).string(), {}, "cannot replace: " + failure.message());
        }
    }

private:
    fs::path m_folder, m_beside;
    std::vector<std::string> m_names;
};

/// Calls line(row) for each row; looks for Cancel and reports now and then.
template <typename Line>
void eachRow(const EmbeddingTable& table, const char* stage, const CancelToken& cancel,
             const ProgressSink& progress, Line line) {
    constexpr std::size_t often = 512;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (row % often == 0) {
            cancel.throwIfCancelled();
            if (progress)
                progress({stage, static_cast<double>(row), static_cast<double>(table.rows()), {}});
        }
        line(row);
    }
}

std::string tensors(const EmbeddingTable& table, const CancelToken& cancel,
                    const ProgressSink& progress) {
    std::string text;
    eachRow(table, "Writing vectors", cancel, progress, [&](std::size_t row) {
        for (std::size_t i = 0; i < table.width; ++i) {
            if (i > 0)
                text += '\t';
            appendNumber(text, table.latents[row * table.width + i]);
        }
        text += '\n';
    });
    return text;
}

std::string metadata(const EmbeddingTable& table, const CancelToken& cancel,
                     const ProgressSink& progress) {
    std::string text;
    appendLine(text, table.columns);
    eachRow(table, "Writing metadata", cancel, progress, [&](std::size_t row) {
        const std::vector<std::string> fields = table.metadata(row);
        if (fields.size() != table.columns.size())
            throw Error({}, "embeddings",
                        "row " + std::to_string(row) + ": expected " +
                            std::to_string(table.columns.size()) + " fields, found " +
                            std::to_string(fields.size()));
        appendLine(text, fields);
    });
    return text;
}

std::string config(const EmbeddingTable& table) {
    const nlohmann::ordered_json json = {{"embeddings",
                                          {{{"tensorName", table.name},
                                            {"tensorShape", {table.rows(), table.width}},
                                            {"tensorPath", "tensors.tsv"},
                                            {"metadataPath", "metadata.tsv"}}}}};
    return json.dump(2) + "\n";
}

constexpr const char* textConfig =
    "embeddings {\n  tensor_path: \"tensors.tsv\"\n  metadata_path: \"metadata.tsv\"\n}\n";

} // namespace

void writeEmbeddings(const EmbeddingTable& table, const fs::path& folder, const CancelToken& cancel,
                     const ProgressSink& progress) {
    if (table.latents.size() != table.rows() * table.width)
        throw Error({}, "embeddings",
                    "expected " + std::to_string(table.rows() * table.width) + " numbers, found " +
                        std::to_string(table.latents.size()));
    Batch files(folder);
    files.write("tensors.tsv", tensors(table, cancel, progress));
    files.write("metadata.tsv", metadata(table, cancel, progress));
    files.write("latents.npy", npy(table.latents, table.rows(), table.width));
    cancel.throwIfCancelled();
    files.write("disk.npy",
                npy(std::span<const double>(table.disk.empty() ? nullptr : table.disk[0].data(),
                                            2 * table.rows()),
                    table.rows(), 2));
    files.write("projector_config.json", config(table));
    files.write("projector_config.pbtxt", textConfig);
    cancel.throwIfCancelled();
    files.finish();
}

} // namespace hmgrl
