#pragma once

#include "document/DocumentContent.h"

#include <initializer_list>
#include <string>

namespace hmgrl::test {

/// Entity types and relations of the test documents.
[[nodiscard]] std::vector<Category> categories();

/// Builds documents by naming words of their text; rows are counted from 1 for mentions and from
/// 101 for relations.
class DocumentBuilder {
public:
    explicit DocumentBuilder(std::string text);

    /// The `nth` occurrence of `words` in the text.
    DocumentBuilder& mention(const std::string& words, const std::string& type,
                             Status status = Status::Accepted, double score = 1, int nth = 0);
    /// Between mentions by their order of adding, from 0.
    DocumentBuilder& relation(int head, int tail, const std::string& type,
                              Status status = Status::Accepted, double score = 1);
    [[nodiscard]] DocumentContent build() const { return m_content; }

private:
    DocumentContent m_content;
};

/// Code points before the first occurrence of `words`, and after it.
[[nodiscard]] Span spanOf(const std::string& text, const std::string& words, int nth = 0);

[[nodiscard]] DocumentContent lovelace();    ///< a plain caption
[[nodiscard]] DocumentContent wrapped();     ///< relations across lines
[[nodiscard]] DocumentContent nested();      ///< mentions within mentions
[[nodiscard]] DocumentContent manyScripts(); ///< emoji, combining marks, right-to-left

} // namespace hmgrl::test
