#include "inspector/InspectorView.h"

#include "document/Contrast.h"
#include "document/StatusChip.h"
#include "inspector/BarList.h"
#include "inspector/ReasonText.h"
#include "inspector/RowList.h"
#include "theme/EmptyState.h"
#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>
#include <cmath>

namespace hmgrl {

/// One page at a time, as high as that page: a QStackedWidget would be as high as the highest, and
/// a scroll area around it would scroll through nothing.
class PageStack : public QWidget {
public:
    explicit PageStack(QWidget* parent)
        : QWidget(parent)
        , m_layout(new QVBoxLayout(this)) {
        m_layout->setContentsMargins(0, 0, 0, 0);
    }
    void addPage(QWidget* page) {
        m_layout->addWidget(page);
        page->setVisible(m_layout->count() == 1);
    }
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int index) {
        m_layout->itemAt(m_current)->widget()->hide();
        m_layout->itemAt(index)->widget()->show();
        m_current = index;
    }

private:
    QVBoxLayout* m_layout;
    int m_current = 0;
};

namespace {

constexpr std::size_t fewDistances = 6;

QVBoxLayout* columnOf(QWidget* page) {
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(16, 14, 16, 16);
    layout->setSpacing(6);
    return layout;
}

void addChips(QVBoxLayout* layout, std::initializer_list<StatusChip*> chips) {
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    for (StatusChip* chip : chips)
        row->addWidget(chip);
    row->addStretch(1);
    layout->addLayout(row);
}

QString countText(int count, const QString& sentence) {
    return count > 0 ? sentence.arg(count) : QString();
}

} // namespace

InspectorView::InspectorView(const Theme& theme, QWidget* parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_pages(new PageStack(this)) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(230);
    auto* empty = new EmptyState(theme, QStringLiteral("inspector"), this);
    empty->setText(tr("Nothing selected"), tr("Choose a mention, a relation or a point of the disk "
                                              "to see what the model thinks of it, "
                                              "how far the prototypes are and what lies near."));
    for (QWidget* page : {static_cast<QWidget*>(empty), documentPage(), samplePage()})
        m_pages->addPage(page);
    m_pages->setProperty("role", "plain");
    setWidget(m_pages);
    for (RowList* rows : {m_neighbours, m_mentions, m_relations})
        connect(rows, &RowList::activated, this, &InspectorView::jumpRequested);
}

QLabel* InspectorView::addHeading(QVBoxLayout* layout, const QString& text) const {
    auto* label = new QLabel(text);
    label->setFont(m_theme.font(FontRole::SmallStrong));
    label->setProperty("role", "muted");
    label->setContentsMargins(0, 12, 0, 0);
    layout->addWidget(label);
    return label;
}

QLabel* InspectorView::addText(QVBoxLayout* layout) const {
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(label);
    return label;
}

QWidget* InspectorView::samplePage() {
    auto* page = new QWidget;
    QVBoxLayout* layout = columnOf(page);
    m_title = addText(layout);
    m_title->setFont(m_theme.font(FontRole::Heading));
    m_type = addText(layout);
    m_type->setFont(m_theme.font(FontRole::BodyStrong));
    m_accepted = new StatusChip(m_theme, StatusChip::Tone::Success, page);
    m_suggested = new StatusChip(m_theme, StatusChip::Tone::Accent, page);
    m_rejected = new StatusChip(m_theme, StatusChip::Tone::Danger, page);
    m_seen = new StatusChip(m_theme, StatusChip::Tone::Plain, page);
    m_unseen = new StatusChip(m_theme, StatusChip::Tone::Warning, page);
    addChips(layout, {m_accepted, m_suggested, m_rejected, m_seen, m_unseen});
    m_description = addText(layout);
    m_description->setProperty("role", "muted");
    m_bestHeading = addHeading(layout, tr("What the model thinks"));
    layout->addWidget(m_best = new BarList(m_theme, BarList::Measure::Score));
    m_lead = addText(layout);
    m_lead->setProperty("role", "muted");
    m_lead->setFont(m_theme.font(FontRole::Small));
    m_lead->setObjectName(QStringLiteral("lead"));
    m_lead->setToolTip(
        tr("Log-odds against the second candidate. Nearness: how near the prototype is, by the "
           "model's temperature. Words: how alike the words and the category's name, "
           "description and examples are. Argument types: whether the relation goes between "
           "such things. Calibration: what seen categories must give way to unseen ones, those "
           "learned from few labels less."));
    m_distanceHeading = addHeading(layout, tr("Distance to the prototypes"));
    layout->addWidget(m_distances = new BarList(m_theme, BarList::Measure::Distance));
    m_allDistances = new QPushButton;
    m_allDistances->setProperty("role", "flat");
    m_allDistances->setObjectName(QStringLiteral("allDistances"));
    m_allDistances->setCheckable(true);
    layout->addWidget(m_allDistances, 0, Qt::AlignLeft);
    m_neighbourHeading = addHeading(layout, tr("Nearest neighbours"));
    m_neighbourHint = addText(layout);
    m_neighbourHint->setProperty("role", "faint");
    layout->addWidget(m_neighbours = new RowList(m_theme));
    layout->addStretch(1);
    connect(m_allDistances, &QPushButton::toggled, this, &InspectorView::showDistances);
    return page;
}

QWidget* InspectorView::documentPage() {
    auto* page = new QWidget;
    QVBoxLayout* layout = columnOf(page);
    m_key = addText(layout);
    m_key->setFont(m_theme.font(FontRole::Heading));
    m_topic = addText(layout);
    m_topic->setProperty("role", "muted");
    m_docAccepted = new StatusChip(m_theme, StatusChip::Tone::Success, page);
    m_docSuggested = new StatusChip(m_theme, StatusChip::Tone::Accent, page);
    m_docRejected = new StatusChip(m_theme, StatusChip::Tone::Danger, page);
    m_docReviewed = new StatusChip(m_theme, StatusChip::Tone::Plain, page);
    addChips(layout, {m_docAccepted, m_docSuggested, m_docRejected, m_docReviewed});
    m_docHint = addText(layout);
    m_docHint->setProperty("role", "muted");
    m_mentionHeading = addHeading(layout, {});
    layout->addWidget(m_mentions = new RowList(m_theme));
    m_relationHeading = addHeading(layout, {});
    layout->addWidget(m_relations = new RowList(m_theme));
    layout->addStretch(1);
    return page;
}

QString InspectorView::title() const {
    const QString titles[] = {QString(), m_key->text(), m_title->text()};
    return titles[m_pages->current()];
}

void InspectorView::setPage(int page) {
    if (m_pages->current() != page)
        verticalScrollBar()->setValue(0);
    m_pages->setCurrent(page);
}

void InspectorView::showNothing() {
    setPage(0);
}

void InspectorView::showDocument(const DocumentFacts& facts) {
    m_key->setText(facts.key);
    m_topic->setText(facts.topic);
    m_topic->setVisible(!facts.topic.isEmpty());
    m_docAccepted->setText(countText(facts.accepted, tr("%1 accepted")));
    m_docSuggested->setText(countText(facts.suggested, tr("%1 suggested")));
    m_docRejected->setText(countText(facts.rejected, tr("%1 rejected")));
    m_docReviewed->setText(facts.reviewed ? tr("reviewed") : QString());
    const bool isBare = facts.mentions.empty() && facts.relations.empty();
    m_docHint->setVisible(isBare);
    m_docHint->setText(facts.extracted
                           ? tr("The model found nothing here. Drag over words to add a mention.")
                           : tr("Not extracted yet. Run the extraction, or drag over words to add "
                                "a mention."));
    m_mentionHeading->setText(tr("Mentions (%1)").arg(facts.mentions.size()));
    m_mentionHeading->setVisible(!facts.mentions.empty());
    m_relationHeading->setText(tr("Relations (%1)").arg(facts.relations.size()));
    m_relationHeading->setVisible(!facts.relations.empty());
    m_mentions->setRows(facts.mentions);
    m_relations->setRows(facts.relations);
    setPage(1);
}

void InspectorView::showSample(const SampleFacts& facts) {
    const bool isSame = m_sample.sample.item == facts.sample.item && m_pages->current() == 2;
    SampleFacts known = facts;
    if (isSame && facts.isSearching) { // what was found before stays until the new answer comes
        known.distances = m_sample.distances;
        known.neighbours = m_sample.neighbours;
    }
    m_sample = std::move(known);
    m_title->setText(facts.sample.text);
    const bool isTyped = !facts.type.name.empty();
    m_type->setText(isTyped ? (facts.type.path.isEmpty()
                                   ? facts.type.label
                                   : facts.type.path + QStringLiteral(" / ") + facts.type.label)
                            : tr("Not typed yet"));
    const QColor colour =
        readableOn(m_theme.categoryColour(facts.type.colour), m_theme.colours().surface);
    m_type->setStyleSheet(QStringLiteral("color: %1").arg(colour.name()));
    const Status status = facts.sample.status;
    m_accepted->setText(status == Status::Accepted ? tr("accepted") : QString());
    m_suggested->setText(
        status == Status::Suggested
            ? tr("suggested, %1\u2009%").arg(std::lround(std::max(0.0, facts.type.score) * 100))
            : QString());
    m_rejected->setText(status == Status::Rejected ? tr("rejected") : QString());
    m_seen->setText(isTyped && facts.type.seen ? tr("seen in training") : QString());
    m_unseen->setText(isTyped && !facts.type.seen ? tr("unseen") : QString());
    m_description->setText(facts.description);
    m_description->setVisible(!facts.description.isEmpty());
    m_best->setFacts(facts.best);
    m_bestHeading->setVisible(!facts.best.empty());
    m_best->setVisible(!facts.best.empty());
    m_lead->setText(leadText(facts.best));
    m_lead->setVisible(!m_lead->text().isEmpty());
    if (!isSame)
        m_allDistances->setChecked(false);
    showDistances(m_allDistances->isChecked());
    m_neighbours->setRows(m_sample.neighbours);
    m_neighbourHint->setVisible(m_sample.neighbours.empty());
    m_neighbourHint->setText(facts.isSearching ? tr("Searching…")
                             : m_sample.distances.empty()
                                 ? tr("Not embedded yet: neighbours appear after the extraction.")
                                 : tr("It is the only one of its kind so far."));
    setPage(2);
    if (!isSame)
        verticalScrollBar()->setValue(0);
}

void InspectorView::showDistances(bool all) {
    const std::size_t total = m_sample.distances.size();
    const std::size_t shown = all ? total : std::min(total, fewDistances);
    m_distances->setFacts({m_sample.distances.begin(),
                           m_sample.distances.begin() + static_cast<std::ptrdiff_t>(shown)});
    m_distances->setVisible(total > 0);
    m_distanceHeading->setVisible(total > 0);
    m_allDistances->setVisible(total > fewDistances);
    m_allDistances->setText(all ? tr("Show the nearest only") : tr("Show all %1").arg(total));
}

} // namespace hmgrl
