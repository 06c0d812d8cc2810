#include "explore/DiskHeader.h"

#include "explore/RelationFilter.h"
#include "theme/Theme.h"

#include <QAbstractItemView>
#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <algorithm>

namespace hmgrl {
namespace {

constexpr int roomForLabels = 860;
constexpr int roomForCounts = 690;

QLabel* muted(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setProperty("role", "muted");
    return label;
}

} // namespace

DiskHeader::DiskHeader(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_counts(new QLabel(this))
    , m_colourLabel(muted(tr("Colour by"), this))
    , m_sizeLabel(muted(tr("Size by"), this))
    , m_relationFilter(new RelationFilter(theme, this)) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 7, 10, 7);
    layout->setSpacing(0);
    m_entities = addSegment(tr("Entities"), "segmentLeft", CategoryKind::Entity);
    m_relations = addSegment(tr("Relations"), "segmentRight", CategoryKind::Relation);
    auto* group = new QButtonGroup(this);
    group->addButton(m_entities);
    group->addButton(m_relations);
    m_entities->setChecked(true);
    m_counts->setProperty("role", "faint");
    m_counts->setFont(theme.font(FontRole::Small));
    m_colourBy = addChoice(colourNames(), tr("Colour the disk by"));
    m_sizeBy = addChoice(sizeNames(), tr("Size of the points by"));
    for (int i = 0; i < m_colourBy->count(); ++i)
        m_colourBy->setItemData(i, explanation(static_cast<ColourBy>(i)), Qt::ToolTipRole);
    layout->addSpacing(14);
    layout->addWidget(m_counts);
    layout->addStretch(1); // against 100: the choices take the room that they need first
    layout->addWidget(m_relationFilter);
    layout->addSpacing(8);
    layout->addWidget(m_colourLabel);
    layout->addSpacing(6);
    layout->addWidget(m_colourBy, 100);
    layout->addSpacing(8);
    layout->addWidget(m_sizeLabel);
    layout->addSpacing(6);
    layout->addWidget(m_sizeBy, 60);
    connect(m_relationFilter, &RelationFilter::hiddenChanged, this,
            &DiskHeader::hiddenRelationsChanged);
    for (QWidget* extra : {m_colourLabel, m_sizeLabel, m_counts})
        extra->hide(); // until there is room
    explain();
}

QToolButton* DiskHeader::addSegment(const QString& text, const char* role, CategoryKind kind) {
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setCheckable(true);
    button->setProperty("role", QString::fromLatin1(role));
    button->setToolTip(kind == CategoryKind::Entity ? tr("Mentions and entity types")
                                                    : tr("Relations and their types"));
    layout()->addWidget(button);
    connect(button, &QToolButton::clicked, this, [this, kind] { Q_EMIT kindChosen(kind); });
    return button;
}

QComboBox* DiskHeader::addChoice(const QStringList& names, const QString& accessibleName) {
    auto* box = new QComboBox(this);
    box->addItems(names);
    int widest = 0;
    for (const QString& name : names)
        widest = std::max(widest, box->fontMetrics().horizontalAdvance(name));
    box->setMaximumWidth(widest + 52);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(7);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    box->view()->setMinimumWidth(widest + 40);
    box->setAccessibleName(accessibleName);
    box->setToolTip(accessibleName);
    connect(box, &QComboBox::currentIndexChanged, this, [this] {
        explain();
        Q_EMIT lookChosen();
    });
    return box;
}

void DiskHeader::explain() {
    if (m_colourBy)
        m_colourBy->setToolTip(explanation(colourBy()));
}

void DiskHeader::setKind(CategoryKind kind) {
    (kind == CategoryKind::Entity ? m_entities : m_relations)->setChecked(true);
}

void DiskHeader::setCounts(const QString& text) {
    m_counts->setText(text);
}

ColourBy DiskHeader::colourBy() const {
    return static_cast<ColourBy>(m_colourBy->currentIndex());
}

void DiskHeader::setColourBy(ColourBy by) {
    m_colourBy->setCurrentIndex(static_cast<int>(by));
}

SizeBy DiskHeader::sizeBy() const {
    return static_cast<SizeBy>(m_sizeBy->currentIndex());
}

void DiskHeader::setSizeBy(SizeBy by) {
    m_sizeBy->setCurrentIndex(static_cast<int>(by));
}

/// What isn't needed to work gives way first.
void DiskHeader::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_colourLabel->setVisible(width() >= roomForLabels);
    m_sizeLabel->setVisible(width() >= roomForLabels);
    m_counts->setVisible(width() >= roomForCounts);
}

} // namespace hmgrl
