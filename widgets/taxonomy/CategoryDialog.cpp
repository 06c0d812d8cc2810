#include "taxonomy/CategoryDialog.h"

#include "bridge/TextOffsets.h"
#include "taxonomy/TypesField.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>

namespace hmgrl {
namespace {

/// A dynamic property that the style sheet looks at.
void setInvalid(QWidget* widget, bool invalid) {
    if (widget->property("invalid").toBool() == invalid)
        return;
    widget->setProperty("invalid", invalid);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

void setRole(QWidget* widget, const char* role) {
    widget->setProperty("role", QString::fromLatin1(role));
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace

CategoryDialog::CategoryDialog(const Theme& theme, std::vector<Category> categories,
                               std::optional<Category> editing, QWidget* parent)
    : QDialog(parent)
    , m_categories(std::move(categories))
    , m_editing(std::move(editing))
    , m_kind(new QComboBox(this))
    , m_name(new QLineEdit(this))
    , m_parent(new QComboBox(this))
    , m_description(new QPlainTextEdit(this))
    , m_heads(new TypesField(m_categories, this))
    , m_tails(new TypesField(m_categories, this))
    , m_hint(new QLabel(this))
    , m_submit(nullptr) {
    setWindowTitle(m_editing ? tr("Edit category") : tr("New category"));
    setMinimumWidth(460);
    m_kind->addItem(tr("Entity type"), static_cast<int>(CategoryKind::Entity));
    m_kind->addItem(tr("Relation"), static_cast<int>(CategoryKind::Relation));
    buildForm(theme);
    fillParents();
    if (m_editing)
        setInput({m_editing->kind, toQString(displayName(m_editing->name)), m_editing->parent,
                  toQString(m_editing->description), m_editing->heads, m_editing->tails});
    m_kind->setEnabled(!m_editing);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &CategoryDialog::fillParents);
    connect(m_parent, &QComboBox::currentIndexChanged, this, &CategoryDialog::validate);
    connect(m_name, &QLineEdit::textChanged, this, &CategoryDialog::validate);
    connect(m_description, &QPlainTextEdit::textChanged, this, &CategoryDialog::validate);
    validate();
    m_name->setFocus();
}

void CategoryDialog::buildForm(const Theme& theme) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(22, 20, 22, 18);
    layout->setSpacing(12);
    auto* title = new QLabel(windowTitle(), this);
    title->setFont(theme.font(FontRole::Title));
    auto* intro =
        new QLabel(tr("The model reads the name and the description, so one good sentence "
                      "places the category without any training."),
                   this);
    intro->setWordWrap(true);
    intro->setProperty("role", "muted");
    m_name->setPlaceholderText(tr("for example: lighthouse"));
    m_description->setPlaceholderText(
        tr("for example: a tower with a bright light that guides ships near the coast"));
    m_description->setFixedHeight(84);
    m_description->setTabChangesFocus(true);
    m_hint->setWordWrap(true);
    m_hint->setFont(theme.font(FontRole::Small));
    m_hint->setMinimumHeight(32);
    m_hint->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->addRow(tr("&Kind"), m_kind);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Parent"), m_parent);
    form->addRow(tr("&Description"), m_description);
    addArguments(*form);
    form->addRow(QString(), m_hint);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_submit = buttons->addButton(m_editing ? tr("Save") : tr("Add category"),
                                  QDialogButtonBox::AcceptRole);
    m_submit->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &CategoryDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(title);
    layout->addWidget(intro);
    layout->addLayout(form);
    layout->addWidget(buttons);
}

void CategoryDialog::addArguments(QFormLayout& form) {
    form.addRow(tr("&From"), m_heads);
    form.addRow(tr("&To"), m_tails);
    m_heads->setAccessibleName(tr("Types that the relation goes from"));
    m_tails->setAccessibleName(tr("Types that the relation goes to"));
    const auto show = [this, rows = &form] {
        const bool isRelation =
            m_kind->currentData().toInt() == static_cast<int>(CategoryKind::Relation);
        for (TypesField* field : {m_heads, m_tails})
            rows->setRowVisible(field, isRelation);
        adjustSize();
    };
    connect(m_kind, &QComboBox::currentIndexChanged, this, show);
    show();
}

void CategoryDialog::fillParents() {
    const auto kind = static_cast<CategoryKind>(m_kind->currentData().toInt());
    m_parent->clear();
    m_parent->addItem(tr("none"), QString());
    std::vector<std::string> names;
    for (const Category& category : m_categories)
        if (category.kind == kind && (!m_editing || category.name != m_editing->name))
            names.push_back(category.name);
    std::sort(names.begin(), names.end());
    for (const std::string& name : names)
        m_parent->addItem(toQString(name).replace(QLatin1Char('_'), QLatin1Char(' ')),
                          toQString(name));
    validate();
}

void CategoryDialog::setInput(const CategoryInput& input) {
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(input.kind)));
    m_name->setText(input.name);
    m_parent->setCurrentIndex(std::max(0, m_parent->findData(toQString(input.parent))));
    m_description->setPlainText(input.description);
    m_heads->setTypes(input.heads);
    m_tails->setTypes(input.tails);
}

CategoryInput CategoryDialog::input() const {
    return {static_cast<CategoryKind>(m_kind->currentData().toInt()),
            m_name->text(),
            fromQString(m_parent->currentData().toString()),
            m_description->toPlainText(),
            m_heads->types(),
            m_tails->types()};
}

bool CategoryDialog::isSound() const {
    return categoryFault(input(), m_categories, m_editing ? m_editing->name : std::string())
        .isEmpty();
}

void CategoryDialog::validate() {
    if (!m_submit)
        return;
    const CategoryInput now = input();
    const QString fault =
        categoryFault(now, m_categories, m_editing ? m_editing->name : std::string());
    const bool untouched = now.name.isEmpty();
    setInvalid(m_name, !fault.isEmpty() && !untouched);
    setRole(m_hint, !fault.isEmpty() && !untouched ? "danger" : "muted");
    if (!fault.isEmpty())
        m_hint->setText(untouched ? QString() : fault);
    else if (now.description.simplified().isEmpty())
        m_hint->setText(tr("Will be “%1”. A description makes it far more precise.")
                            .arg(toQString(categoryKey(now))));
    else
        m_hint->setText(tr("Will be “%1”.").arg(toQString(categoryKey(now))));
    m_submit->setEnabled(fault.isEmpty());
}

void CategoryDialog::accept() {
    if (!isSound())
        return;
    Category category = makeCategory(input(), m_categories);
    if (m_editing) {
        category.colour = m_editing->colour;
        category.seen = m_editing->seen;
    }
    Q_EMIT submitted(category);
    QDialog::accept();
}

} // namespace hmgrl
