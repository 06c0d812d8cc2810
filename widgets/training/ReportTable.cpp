#include "training/ReportTable.h"

#include "bridge/TextOffsets.h"
#include "theme/Theme.h"

#include <QHeaderView>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace hmgrl {
namespace {

enum Column { Group, Labels, Before, After, Change, ColumnCount };

bool isTotal(const RetrainFigure& figure) {
    return figure.group == "all" || figure.group == "seen" || figure.group == "unseen";
}

QString groupName(const RetrainFigure& figure) {
    const QString kind = figure.kind == CategoryKind::Entity ? ReportTable::tr("entities")
                                                             : ReportTable::tr("relations");
    if (figure.group == "all")
        return ReportTable::tr("All %1").arg(kind);
    if (figure.group == "seen")
        return ReportTable::tr("Seen %1").arg(kind);
    if (figure.group == "unseen")
        return ReportTable::tr("Unseen %1").arg(kind);
    return toQString(displayName(figure.group));
}

QString percent(double share) {
    return QLocale().toString(share * 100, 'f', 1) + QStringLiteral("\u2009%");
}

/// "▲ 3.1", "▼ 2.0" or "–" in points.
QString changeText(double change) {
    if (std::abs(change) < 0.0005)
        return QStringLiteral("–");
    return (change > 0 ? QStringLiteral("▲ ") : QStringLiteral("▼ ")) +
           QLocale().toString(std::abs(change) * 100, 'f', 1);
}

QIcon dot(const QColor& colour) {
    QPixmap pixmap(14, 14);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QPointF(7, 7), 4, 4);
    return pixmap;
}

} // namespace

ReportTable::ReportTable(const Theme& theme, QWidget* parent)
    : QTableWidget(0, ColumnCount, parent)
    , m_theme(theme) {
    setHorizontalHeaderLabels(
        {tr("Category"), tr("Labels"), tr("Before"), tr("After"), tr("Change")});
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(Group, QHeaderView::Stretch);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeaderItem(Group)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(28);
    setShowGrid(false);
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setFrameShape(NoFrame);
    connect(&theme, &Theme::changed, this, &ReportTable::fill);
}

void ReportTable::setFigures(std::vector<RetrainFigure> figures, ColourOf colourOf) {
    m_figures = std::move(figures);
    m_colourOf = std::move(colourOf);
    const auto change = [](const RetrainFigure& f) { return std::abs(f.after - f.before); };
    std::stable_sort(m_figures.begin(), m_figures.end(),
                     [&](const RetrainFigure& a, const RetrainFigure& b) {
                         if (isTotal(a) != isTotal(b))
                             return isTotal(a);
                         return !isTotal(a) && change(a) > change(b);
                     });
    fill();
}

void ReportTable::fill() {
    setRowCount(static_cast<int>(m_figures.size()));
    for (std::size_t i = 0; i < m_figures.size(); ++i)
        addRow(static_cast<int>(i), m_figures[i]);
}

void ReportTable::addRow(int row, const RetrainFigure& figure) {
    const double change = figure.after - figure.before;
    const QString texts[] = {groupName(figure),
                             QLocale().toString(static_cast<qulonglong>(figure.labels)),
                             percent(figure.before), percent(figure.after), changeText(change)};
    const ThemeColours& colours = m_theme.colours();
    for (int column = 0; column < ColumnCount; ++column) {
        auto* cell = new QTableWidgetItem(texts[column]);
        cell->setFont(m_theme.font(isTotal(figure) ? FontRole::BodyStrong : FontRole::Body));
        if (column != Group)
            cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        if (column == Labels || column == Before)
            cell->setForeground(colours.textMuted);
        setItem(row, column, cell);
    }
    const bool isSame = std::abs(change) < 0.0005;
    item(row, Change)
        ->setForeground(isSame       ? colours.textFaint
                        : change > 0 ? colours.success
                                     : colours.danger);
    if (!isTotal(figure) && m_colourOf)
        item(row, Group)
            ->setIcon(dot(m_theme.categoryColour(m_colourOf(figure.kind, figure.group))));
}

} // namespace hmgrl
