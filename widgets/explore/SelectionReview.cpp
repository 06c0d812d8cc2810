#include "explore/SelectionReview.h"

#include "bridge/Plural.h"
#include "disk/DiskWidget.h"
#include "document/TypeList.h"
#include "document/TypePicker.h"
#include "explore/SelectionBar.h"

namespace hmgrl {

SelectionReview::SelectionReview(Session& session, const Theme& theme, DiskWidget& disk,
                                 QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_theme(theme)
    , m_disk(disk)
    , m_bar(new SelectionBar(theme, &disk))
    , m_picker(new TypePicker(theme, &disk)) {
    connect(&disk, &DiskWidget::selectionChanged, this, &SelectionReview::userSelected);
    connect(m_bar, &SelectionBar::acceptRequested, this, [this] { accept(m_session, m_group); });
    connect(m_bar, &SelectionBar::rejectRequested, this, [this] { reject(m_session, m_group); });
    connect(m_bar, &SelectionBar::retypeRequested, this, &SelectionReview::openPicker);
    connect(m_bar, &SelectionBar::clearRequested, this, &SelectionReview::clear);
    connect(m_picker, &TypePicker::picked, this,
            [this](const std::string& category) { picked(category); });
}

void SelectionReview::setData(std::shared_ptr<const DiskData> data) {
    m_data = std::move(data);
    update();
}

void SelectionReview::leave() {
    m_isActive = false;
    m_bar->hide();
}

void SelectionReview::userSelected() {
    m_isActive = true;
    update();
}

/// The rows of the same samples, which the disk keeps selected when its data change.
void SelectionReview::update() {
    if (!m_isActive)
        return;
    const std::vector<int> rows = m_disk.selectedRows();
    m_group = m_data ? samplesOf(*m_data, rows) : SampleGroup{};
    if (m_group.ids.size() < 2)
        return leave();
    const auto count = static_cast<qsizetype>(m_group.ids.size());
    const QString what =
        (m_group.kind == CategoryKind::Entity ? tr("%1 mentions") : tr("%1 relations")).arg(count);
    m_bar->setText(what + QStringLiteral(" · ") +
                   plural(m_group.categories, tr("one category"), tr("%1 categories")));
    m_bar->show();
}

void SelectionReview::clear() {
    leave();
    m_disk.selectRows({});
    m_disk.setFocus(Qt::OtherFocusReason);
}

void SelectionReview::openPicker() {
    const TypeCatalogue types(m_session.categories());
    const QString title = m_group.kind == CategoryKind::Entity ? tr("Category of all mentions")
                                                               : tr("Category of all relations");
    m_picker->open(title, rankedChoices(types, m_group.kind, {}), {}, m_bar->retypeAnchor());
}

void SelectionReview::picked(const std::string& category) {
    if (!m_group.ids.empty() && !category.empty())
        retype(m_session, m_group, category);
}

} // namespace hmgrl
