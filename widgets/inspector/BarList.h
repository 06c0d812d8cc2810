#pragma once

#include "inspector/InspectorFacts.h"

#include <QWidget>

namespace hmgrl {

class Theme;

/// Categories with a bar each: probability, or nearness to the prototype. A filled dot marks a seen
/// category, a ring an unseen one.
class BarList : public QWidget {
    Q_OBJECT
public:
    enum class Measure { Score, Distance };

    BarList(const Theme& theme, Measure measure, QWidget* parent = nullptr);

    void setFacts(std::vector<CategoryFact> facts);
    [[nodiscard]] const std::vector<CategoryFact>& facts() const { return m_facts; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override; ///< tool tips with the whole path

private:
    void paintRow(QPainter& painter, const CategoryFact& fact, const QRect& row) const;
    [[nodiscard]] double lengthOf(const CategoryFact& fact) const; ///< of the bar, 0..1
    [[nodiscard]] QString valueOf(const CategoryFact& fact) const;

    const Theme& m_theme;
    Measure m_measure;
    std::vector<CategoryFact> m_facts;
};

} // namespace hmgrl
