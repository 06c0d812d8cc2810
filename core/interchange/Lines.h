#pragma once

#include "interchange/Importer.h"

#include <functional>
#include <string>

namespace hmgrl {

/// "line 12", the place of a line in issues.
[[nodiscard]] std::string linePlace(long long number);

/// Name of `file` and the line: the key of a document whose source gives none.
[[nodiscard]] std::string lineKey(const std::filesystem::path& file, long long number);

/// The path with '/' between its parts and bytes that aren't UTF-8 as %XX: safe to show and to
/// store.
[[nodiscard]] std::string shownPath(const std::filesystem::path& path);

/// ".jsonl" of "A.JSONL"; ASCII only.
[[nodiscard]] std::string lowerExtension(const std::filesystem::path& file);

/// Calls visit(line, number from 1) for every line that isn't blank, without its line end and the
/// byte order mark. Lines that are too long, hold a NUL or invalid UTF-8 become issues, and so does
/// an Error that visit throws (file and place filled in when it names none); the next line goes on.
/// @throws Error when the file can't be read or is too large, Cancelled
void forEachLine(const std::filesystem::path& file, const ImportOptions& options, Issues& issues,
                 const CancelToken& cancel, const ProgressSink& progress,
                 const std::function<void(const std::string&, long long)>& visit);

/// Adds what `error` says to `issues`, at `file` and `place` where it names none.
void addIssue(const Error& error, const std::string& file, const std::string& place,
              Issues& issues);

} // namespace hmgrl
