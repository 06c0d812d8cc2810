#include "taxonomy/ClaimsPanel.h"

#include "bridge/TextOffsets.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace hmgrl {
namespace {

/// Check box, the claimed words, their context below, the score at the right.
class ClaimDelegate : public QStyledItemDelegate {
public:
    ClaimDelegate(const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme) {}

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
        return {option.rect.width(), 50};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const ThemeColours& colours = m_theme.colours();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool selected = option.state & QStyle::State_Selected;
        if (selected || option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, selected ? colours.accentSoft : colours.surfaceRaised);
        paintCheck(*painter, option, index.data(Qt::CheckStateRole).toInt() == Qt::Checked);
        const QRect text = option.rect.adjusted(36, 6, -58, -6);
        paintLine(*painter, text.adjusted(0, 0, 0, -18), index.data(ClaimsModel::MentionRole),
                  FontRole::BodyStrong, colours.text);
        paintLine(*painter, text.adjusted(0, 20, 0, 0), index.data(ClaimsModel::ContextRole),
                  FontRole::Small, colours.textMuted);
        painter->setFont(m_theme.font(FontRole::Small));
        painter->setPen(colours.textMuted);
        const double score = index.data(ClaimsModel::ScoreRole).toDouble();
        painter->drawText(option.rect.adjusted(0, 0, -12, 0), Qt::AlignRight | Qt::AlignVCenter,
                          QStringLiteral("%1 %").arg(score * 100, 0, 'f', 0));
        painter->restore();
    }

    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override {
        if (event->type() != QEvent::MouseButtonRelease)
            return false;
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->position().x() > option.rect.left() + 34)
            return false;
        const bool checked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        return model->setData(index, checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
    }

private:
    static void paintCheck(QPainter& painter, const QStyleOptionViewItem& row, bool checked) {
        constexpr int side = 16; // as the style sheet has it
        QStyleOptionViewItem box = row;
        box.rect = QRect(row.rect.left() + 12, row.rect.center().y() + 1 - side / 2, side, side);
        box.state.setFlag(QStyle::State_On, checked);
        row.widget->style()->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &box, &painter,
                                           row.widget);
    }

    void paintLine(QPainter& painter, const QRect& rect, const QVariant& text, FontRole role,
                   const QColor& colour) const {
        const QFont font = m_theme.font(role);
        painter.setFont(font);
        painter.setPen(colour);
        painter.drawText(
            rect, Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetrics(font).elidedText(text.toString(), Qt::ElideRight, rect.width()));
    }

    const Theme& m_theme;
};

} // namespace

ClaimsPanel::ClaimsPanel(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(theme)
    , m_model(new ClaimsModel(session, this))
    , m_title(new QLabel(this))
    , m_explanation(new QLabel(this)) {
    m_title->setFont(theme.font(FontRole::BodyStrong));
    m_title->setWordWrap(true);
    m_explanation->setProperty("role", "muted");
    m_explanation->setFont(theme.font(FontRole::Small));
    m_explanation->setWordWrap(true);
    makeList();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 10, 0, 10);
    layout->setSpacing(6);
    for (QLabel* label : {m_title, m_explanation}) {
        label->setContentsMargins(12, 0, 12, 0);
        layout->addWidget(label);
    }
    layout->addWidget(m_list, 1);
    layout->addLayout(makeButtons());
    connect(m_model, &ClaimsModel::checkedChanged, this, &ClaimsPanel::updateTexts);
    updateTexts();
}

void ClaimsPanel::makeList() {
    m_list = new QListView(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ClaimDelegate(m_theme, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("Claims of the new category"));
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) {
                if (index.isValid())
                    m_session.select(m_model->selectionAt(index.row()));
            });
}

QLayout* ClaimsPanel::makeButtons() {
    m_all = new QPushButton(this);
    m_accept = new QPushButton(this);
    m_accept->setProperty("role", "primary");
    auto* close = new QPushButton(tr("Close"), this);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(12, 0, 12, 0);
    buttons->addWidget(m_all);
    buttons->addStretch();
    buttons->addWidget(close);
    buttons->addWidget(m_accept);
    connect(m_all, &QPushButton::clicked, this,
            [this] { m_model->setAllChecked(m_model->checkedCount() < m_model->rowCount()); });
    connect(m_accept, &QPushButton::clicked, m_model, &ClaimsModel::acceptChecked);
    connect(close, &QPushButton::clicked, this, &ClaimsPanel::closeRequested);
    return buttons;
}

void ClaimsPanel::updateTexts() {
    const int count = m_model->rowCount();
    const int checked = m_model->checkedCount();
    const QString name = toQString(displayName(m_model->category().name));
    m_title->setText(count == 0   ? tr("“%1” claims nothing more").arg(name)
                     : count == 1 ? tr("“%1” claims one suggestion").arg(name)
                                  : tr("“%1” claims %2 suggestions").arg(name).arg(count));
    m_explanation->setText(
        count > 0
            ? tr("Most certain first. Click one to see it in its document; accept what is right.")
            : tr("Its prototype is on the disk. A more telling description may attract more."));
    m_all->setText(checked < count ? tr("Check all") : tr("Check none"));
    m_all->setEnabled(count > 0);
    m_accept->setText(tr("Accept %1").arg(checked));
    m_accept->setEnabled(checked > 0);
}

} // namespace hmgrl
