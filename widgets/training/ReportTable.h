#pragma once

#include "extraction/Retrainer.h"

#include <QTableWidget>
#include <functional>

namespace hmgrl {

class Theme;

/// Held-out accuracy before and after a retraining, group by group: totals first, then categories
/// with the largest change first.
class ReportTable : public QTableWidget {
    Q_OBJECT
public:
    explicit ReportTable(const Theme& theme, QWidget* parent = nullptr);

    /// `colourOf` gives a category's 0xRRGGBB.
    using ColourOf = std::function<std::uint32_t(CategoryKind, const std::string&)>;
    void setFigures(std::vector<RetrainFigure> figures, ColourOf colourOf);

private:
    void fill();
    void addRow(int row, const RetrainFigure& figure);

    const Theme& m_theme;
    std::vector<RetrainFigure> m_figures;
    ColourOf m_colourOf;
};

} // namespace hmgrl
