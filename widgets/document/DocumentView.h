#pragma once

#include "document/AnnotatedTextView.h"
#include "document/DocumentContent.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace hmgrl {

class DocumentHeader;
class ImagePane;
class TypePicker;

/// One document: its text with mentions and relations beside its image. Asks for edits, never makes
/// them.
class DocumentView : public QWidget {
    Q_OBJECT
public:
    explicit DocumentView(const Theme& theme, QWidget* parent = nullptr);

    void setTypes(const TypeCatalogue& types);
    void setContent(DocumentContent content); ///< keeps place and selection for the same document
    void clear();                             ///< no document
    void select(const DocumentItem& item);    ///< emits nothing

    [[nodiscard]] const DocumentContent& content() const { return m_content; }
    [[nodiscard]] AnnotatedTextView* textView() const { return m_text; }
    [[nodiscard]] ImagePane* imagePane() const { return m_image; }
    [[nodiscard]] TypePicker* picker() const { return m_picker; }

    // What menus and tool bars may call; all act on the selected item.
    void acceptSelected();
    void removeSelected(); ///< an accepted one is removed, a suggestion rejected
    void retypeSelected();
    void startRelation() { m_text->startRelation(); }
    void startMention() { m_text->startSpan(); }

Q_SIGNALS:
    void editRequested(const hmgrl::DocumentEdit& edit);
    void selectionChanged(const hmgrl::DocumentItem& item);
    void linkActivated(const QString& url);
    void documentDone(); ///< Enter when nothing in the document waits for a decision

private:
    void connectText();
    void refresh(bool sameDocument);
    void updateFooter();
    void updateLimit(int shown, int total);

    void activate(const DocumentItem& item, bool byKeyboard);
    void removeItem(const DocumentItem& item);
    void request(DocumentEdit::Action action, const DocumentItem& item);
    void requestType(const DocumentItem& item, const std::string& type, bool isNew);
    [[nodiscard]] Status statusOf(const DocumentItem& item) const;

    void pickType(const DocumentItem& item);
    void pickForSpan(int begin, int end);
    void pickForRelation(std::int64_t head, std::int64_t tail);
    void openPicker(CategoryKind kind, const QString& title,
                    const std::vector<Candidate>& candidates, const std::string& current,
                    const QRect& anchor);
    void finishPick(const std::string& type, bool isNew);
    void showMenu(const DocumentItem& item, const QPoint& position);

    TypeCatalogue m_types;
    DocumentContent m_content;
    TextOffsets m_offsets;
    DocumentEdit m_pending; ///< what the open picker will complete

    DocumentHeader* m_header;
    QStackedWidget* m_pages;
    QLabel* m_emptyText;
    AnnotatedTextView* m_text;
    QStackedWidget* m_textPages;
    ImagePane* m_image;
    QLabel* m_footer;
    QLabel* m_limit;
    QPushButton* m_more;
    TypePicker* m_picker;
};

} // namespace hmgrl
