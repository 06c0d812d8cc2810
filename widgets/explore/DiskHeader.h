#pragma once

#include "data/Category.h"
#include "explore/DiskColouring.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QToolButton;

namespace hmgrl {

class RelationFilter;
class Theme;

/// The line above the disk: which kind it shows, what colours and sizes say, which relations are
/// drawn.
class DiskHeader : public QWidget {
    Q_OBJECT
public:
    explicit DiskHeader(const Theme& theme, QWidget* parent = nullptr);

    void setKind(CategoryKind kind);
    void setCounts(const QString& text);
    [[nodiscard]] ColourBy colourBy() const;
    void setColourBy(ColourBy by);
    [[nodiscard]] SizeBy sizeBy() const;
    void setSizeBy(SizeBy by);
    [[nodiscard]] RelationFilter& relations() { return *m_relationFilter; }

Q_SIGNALS:
    void kindChosen(hmgrl::CategoryKind kind);
    void lookChosen(); ///< colours or sizes
    void hiddenRelationsChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QToolButton* addSegment(const QString& text, const char* role, CategoryKind kind);
    QComboBox* addChoice(const QStringList& names, const QString& accessibleName);
    void explain();

    const Theme& m_theme;
    QToolButton* m_entities;
    QToolButton* m_relations;
    QLabel* m_counts;
    QLabel* m_colourLabel;
    QLabel* m_sizeLabel;
    QComboBox* m_colourBy;
    QComboBox* m_sizeBy;
    RelationFilter* m_relationFilter;
};

} // namespace hmgrl
