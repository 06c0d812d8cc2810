#pragma once

#include "inspector/InspectorFacts.h"

#include <QScrollArea>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace hmgrl {

class BarList;
class PageStack;
class RowList;
class StatusChip;
class Theme;

/// What is selected, explained: why the model ranks it so, how far the prototypes are and what lies
/// near; or a document's extractions; or how to begin.
class InspectorView : public QScrollArea {
    Q_OBJECT
public:
    explicit InspectorView(const Theme& theme, QWidget* parent = nullptr);

    void showNothing();
    void showDocument(const DocumentFacts& facts);
    void showSample(const SampleFacts& facts);

    [[nodiscard]] BarList* bestBars() const { return m_best; }
    [[nodiscard]] BarList* distanceBars() const { return m_distances; }
    [[nodiscard]] RowList* neighbourRows() const { return m_neighbours; }
    [[nodiscard]] RowList* mentionRows() const { return m_mentions; }
    [[nodiscard]] RowList* relationRows() const { return m_relations; }
    [[nodiscard]] QString title() const;

Q_SIGNALS:
    /// The analyst wants to see this mention or relation where it stands.
    void jumpRequested(std::int64_t document, const hmgrl::DocumentItem& item);

private:
    [[nodiscard]] QWidget* samplePage();
    [[nodiscard]] QWidget* documentPage();
    QLabel* addHeading(QVBoxLayout* layout, const QString& text) const;
    QLabel* addText(QVBoxLayout* layout) const;
    void showDistances(bool all);
    void setPage(int page);

    const Theme& m_theme;
    PageStack* m_pages;
    SampleFacts m_sample;

    QLabel* m_title;
    QLabel* m_type;
    StatusChip *m_accepted, *m_suggested, *m_rejected, *m_seen, *m_unseen;
    QLabel* m_description;
    QLabel* m_bestHeading;
    BarList* m_best;
    QLabel* m_lead; ///< why the best is ahead
    QLabel* m_distanceHeading;
    BarList* m_distances;
    QPushButton* m_allDistances;
    QLabel* m_neighbourHeading;
    QLabel* m_neighbourHint;
    RowList* m_neighbours;

    QLabel* m_key;
    QLabel* m_topic;
    StatusChip *m_docAccepted, *m_docSuggested, *m_docRejected, *m_docReviewed;
    QLabel* m_docHint;
    QLabel *m_mentionHeading, *m_relationHeading;
    RowList *m_mentions, *m_relations;
};

} // namespace hmgrl
