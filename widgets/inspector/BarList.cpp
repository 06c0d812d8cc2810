#include "inspector/BarList.h"

#include "inspector/ReasonText.h"
#include "theme/Theme.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace hmgrl {
namespace {

constexpr int rowHeight = 32;
constexpr int valueWidth = 54;

} // namespace

BarList::BarList(const Theme& theme, Measure measure, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_measure(measure) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void BarList::setFacts(std::vector<CategoryFact> facts) {
    m_facts = std::move(facts);
    updateGeometry();
    update();
}

QSize BarList::sizeHint() const {
    return {220, static_cast<int>(m_facts.size()) * rowHeight};
}

/// A score is its own length; a distance is drawn as nearness, the nearest prototype fullest.
double BarList::lengthOf(const CategoryFact& fact) const {
    if (m_measure == Measure::Score)
        return std::clamp(fact.score, 0.0, 1.0);
    double farthest = 0;
    for (const CategoryFact& other : m_facts)
        farthest = std::max(farthest, other.distance);
    return farthest <= 0 ? 1 : std::clamp(1 - 0.92 * fact.distance / farthest, 0.04, 1.0);
}

QString BarList::valueOf(const CategoryFact& fact) const {
    const QLocale locale;
    if (m_measure == Measure::Distance)
        return locale.toString(fact.distance, 'f', 2);
    return locale.toString(fact.score * 100, 'f', fact.score < 0.1 ? 1 : 0) +
           QStringLiteral("\u2009%");
}

void BarList::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < m_facts.size(); ++i) {
        const QRect row(0, static_cast<int>(i) * rowHeight, width(), rowHeight);
        if (row.intersects(event->rect()))
            paintRow(painter, m_facts[i], row);
    }
}

void BarList::paintRow(QPainter& painter, const CategoryFact& fact, const QRect& row) const {
    const ThemeColours& colours = m_theme.colours();
    const QColor colour = m_theme.categoryColour(fact.colour);
    const QPointF dot(row.left() + 6, row.top() + 11);
    painter.setPen(QPen(colour, 1.6));
    painter.setBrush(fact.seen ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter.drawEllipse(dot, 3.6, 3.6);

    painter.setFont(m_theme.font(FontRole::Body));
    painter.setPen(colours.text);
    const QRect text = row.adjusted(18, 2, -valueWidth, -11);
    const QString label =
        painter.fontMetrics().elidedText(fact.label, Qt::ElideRight, text.width());
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, label);
    if (!fact.seen) {
        const int used = painter.fontMetrics().horizontalAdvance(label) + 8;
        painter.setFont(m_theme.font(FontRole::Small));
        painter.setPen(colours.textFaint);
        if (used + painter.fontMetrics().horizontalAdvance(tr("unseen")) < text.width())
            painter.drawText(text.adjusted(used, 1, 0, 1), Qt::AlignLeft | Qt::AlignVCenter,
                             tr("unseen"));
    }
    painter.setFont(m_theme.font(FontRole::Small));
    painter.setPen(colours.textMuted);
    painter.drawText(row.adjusted(0, 2, 0, -11), Qt::AlignRight | Qt::AlignVCenter, valueOf(fact));

    const QRectF well(row.left() + 18, row.bottom() - 8, row.width() - 18, 5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.surfaceSunken);
    painter.drawRoundedRect(well, 2.5, 2.5);
    painter.setBrush(colour);
    painter.drawRoundedRect(
        QRectF(well.topLeft(), QSizeF(std::max(5.0, well.width() * lengthOf(fact)), 5)), 2.5, 2.5);
}

bool BarList::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto row = static_cast<std::size_t>(std::max(0, help->pos().y() / rowHeight));
    QString text;
    if (row < m_facts.size()) {
        const CategoryFact& fact = m_facts[row];
        text = (fact.path.isEmpty() ? fact.label : fact.path + QStringLiteral(" / ") + fact.label) +
               (fact.seen ? tr(" (seen in training)") : tr(" (unseen in training)")) + u'\n' +
               tr("Hyperbolic distance %1").arg(QLocale().toString(fact.distance, 'f', 3));
        if (fact.reason)
            text += u'\n' + tr("Score: %1").arg(reasonText(*fact.reason));
    }
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

} // namespace hmgrl
