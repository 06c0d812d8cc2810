#pragma once

#include "document/AnnotationLayout.h"
#include "document/AnnotationPainter.h"
#include "document/DocumentItem.h"
#include "document/WordSnap.h"

#include <QAbstractScrollArea>
#include <optional>

namespace hmgrl {

class Theme;

/// Shows an annotated text and tells what the analyst points at, by mouse or by keyboard alone. It
/// changes nothing itself: whoever listens decides and sets the text again.
///
/// Keys: arrows move among mentions, Tab among mentions and relations; Enter activates; Delete, T,
/// 0-9 act on the selected item; R starts a relation, whose tail arrows, Tab or a click choose; N
/// starts the span of a new mention, which Left and Right move, Shift widens by words, Ctrl+Shift
/// by characters; Esc ends what was begun.
class AnnotatedTextView : public QAbstractScrollArea {
    Q_OBJECT
public:
    enum class Mode { Browse, NewSpan, RelationTail };

    explicit AnnotatedTextView(const Theme& theme, QWidget* parent = nullptr);

    /// Keeps the selection when the item is still there, and the scroll position when
    /// `sameDocument`.
    void setText(AnnotatedText text, bool sameDocument);
    [[nodiscard]] const AnnotatedText& text() const { return m_text; }
    [[nodiscard]] const AnnotationLayout& annotationLayout() const { return m_layout; }

    void select(
        const DocumentItem& item); ///< scrolls to it, widens the limit when needed; emits nothing
    [[nodiscard]] DocumentItem selected() const { return m_selected; }
    /// Selects the next suggestion after the selected item, from the top when there is none; false
    /// when nothing waits for a decision.
    bool selectNextSuggestion();

    [[nodiscard]] Mode mode() const { return m_mode; }
    void startRelation(); ///< from the selected mention
    void startSpan();
    void cancel(); ///< back to browsing; a second call clears the selection
    void clearSpan();
    [[nodiscard]] TextRange span() const { return m_span; }

    /// Characters laid out; the rest waits for showMore(), so that a huge text stays quick.
    [[nodiscard]] int shownCharacters() const;
    void showMore();

    /// Screen position for a popup that belongs to an item or to the current span.
    [[nodiscard]] QRect anchor(const DocumentItem& item) const;
    [[nodiscard]] QRect spanAnchor() const;

Q_SIGNALS:
    void selectionChanged(const hmgrl::DocumentItem& item);
    /// Enter, or a click on a suggestion.
    void activated(const hmgrl::DocumentItem& item, bool byKeyboard);
    void deleteRequested(const hmgrl::DocumentItem& item);
    void typeRequested(const hmgrl::DocumentItem& item);
    void hotKeyPressed(const hmgrl::DocumentItem& item, int digit);
    void spanChosen(int begin, int end); ///< UTF-16; stays marked until clearSpan()
    void spanChanged(const hmgrl::DocumentItem& mention, int begin, int end);
    void relationChosen(std::int64_t head, std::int64_t tail);
    void menuRequested(const hmgrl::DocumentItem& item, const QPoint& globalPosition);
    void modeChanged(hmgrl::AnnotatedTextView::Mode mode);
    void shownChanged(int shown, int total);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void changeEvent(QEvent* event) override;

private:
    // Layout and painting.
    void relayout();
    void updateScrollBar();
    void setLimit(int limit);
    void scrollTo(const QRectF& bounds);
    [[nodiscard]] AnnotationStyle style() const;
    [[nodiscard]] AnnotationFocus focus() const;
    [[nodiscard]] QPointF toLayout(QPointF viewportPosition) const;
    [[nodiscard]] QRect toGlobal(const QRectF& bounds) const;
    [[nodiscard]] QString toolTipOf(const AnnotationHit& hit) const;

    // Items.
    [[nodiscard]] AnnotationHit hitOf(const DocumentItem& item) const;
    [[nodiscard]] DocumentItem itemOf(const AnnotationHit& hit) const;
    [[nodiscard]] Status statusOf(const AnnotationHit& hit) const;
    [[nodiscard]] std::vector<AnnotationHit> inOrder(bool withRelations) const;
    void choose(const DocumentItem& item);
    void setHover(const AnnotationHit& hit);
    void setMode(Mode mode);

    // Mouse.
    void click(const AnnotationHit& hit);
    void dragTo(QPointF position, Qt::KeyboardModifiers modifiers);
    void finishSpan();

    // Keyboard.
    bool browseKey(const QKeyEvent& event);
    bool itemKey(const QKeyEvent& event);
    bool spanKey(const QKeyEvent& event);
    bool tailKey(const QKeyEvent& event);
    bool resizeSelected(const QKeyEvent& event);
    bool step(int direction, bool withRelations); ///< false at either end
    void stepLine(int direction);
    void stepTail(int direction);
    void finishRelation(int tail);
    [[nodiscard]] TextRange moved(TextRange span, const QKeyEvent& event) const;

    const Theme& m_theme;
    AnnotatedText m_text;
    AnnotationLayout m_layout;
    int m_limit = 0;
    int m_laidOutWidth = -1;

    Mode m_mode = Mode::Browse;
    DocumentItem m_selected;
    AnnotationHit m_hover;
    TextRange m_span;
    int m_head = -1, m_tail = -1; ///< mentions of the relation that is being made

    struct Press {
        QPointF where;
        int character = -1;
        AnnotationHit hit;
        bool isDrag = false;
    };
    std::optional<Press> m_press;
};

} // namespace hmgrl
