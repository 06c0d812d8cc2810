#pragma once

#include "document/DocumentContent.h"

#include <QObject>
#include <memory>

namespace hmgrl {

class DocumentView;
class Session;
struct Selection;

/// Keeps a DocumentView in step with a session: shows the selected document and turns what the view
/// asks for into project edits with labels a person understands.
class DocumentController : public QObject {
    Q_OBJECT
public:
    /// Both must outlive the controller.
    DocumentController(Session& session, DocumentView& view, QObject* parent = nullptr);

Q_SIGNALS:
    void documentDone(std::int64_t document); ///< Enter, and nothing left to decide
    void linkActivated(const QString& url);   ///< http or https

private:
    void followSelection(const Selection& selection);
    void followDocuments(const std::vector<std::int64_t>& ids);
    void followCategories();
    void load();
    void show(DocumentContent content);
    void apply(const DocumentEdit& edit);
    void applyTyped(const DocumentEdit& edit);
    void addCategoryFor(const DocumentEdit& edit);
    void select(const DocumentItem& item);
    [[nodiscard]] CategoryKind kindOf(const DocumentEdit& edit) const;
    [[nodiscard]] QString label(const DocumentEdit& edit) const;
    [[nodiscard]] QString typeLabel(CategoryKind kind, const std::string& type) const;

    Session& m_session;
    DocumentView& m_view;
    std::int64_t m_document = -1;
    int m_request = 0; ///< answers to older requests are dropped
    std::shared_ptr<DocumentItem>
        m_created; ///< filled on the project thread by the last adding edit
};

} // namespace hmgrl
