#include "document/DocumentView.h"

#include "document/DocumentHeader.h"
#include "document/ImagePane.h"
#include "document/TypeList.h"
#include "document/TypePicker.h"
#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace hmgrl {
namespace {

QLabel* emptyState(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    label->setProperty("role", "muted");
    label->setMargin(24);
    return label;
}

} // namespace

DocumentView::DocumentView(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_header(new DocumentHeader(theme, this))
    , m_pages(new QStackedWidget(this))
    , m_emptyText(emptyState(tr("This document has no text"), this))
    , m_text(new AnnotatedTextView(theme, this))
    , m_textPages(new QStackedWidget(this))
    , m_image(new ImagePane(theme, this))
    , m_footer(new QLabel(this))
    , m_limit(new QLabel(this))
    , m_more(new QPushButton(tr("Show more"), this))
    , m_picker(new TypePicker(theme, this)) {
    setProperty("role", "plain");
    setAttribute(Qt::WA_StyledBackground);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    m_textPages->addWidget(m_text);
    m_textPages->addWidget(m_emptyText);
    splitter->addWidget(m_textPages);
    splitter->addWidget(m_image);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({620, 360});
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(3);

    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(splitter, 1);
    auto* footer = new QHBoxLayout;
    footer->setContentsMargins(20, 3, 14, 5);
    footer->addWidget(m_footer, 1);
    footer->addWidget(m_limit);
    footer->addWidget(m_more);
    column->addLayout(footer);
    m_footer->setFont(theme.font(FontRole::Small));
    m_footer->setProperty("role", "faint");
    m_footer->setTextFormat(Qt::PlainText);
    m_footer->setMinimumWidth(60);
    m_footer->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_limit->setFont(theme.font(FontRole::Small));
    m_more->setProperty("role", "flat");
    m_pages->addWidget(
        emptyState(tr("Choose a document in the queue to read and annotate it here"), this));
    m_pages->addWidget(page);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    connectText();
    updateFooter();
    updateLimit(0, 0);
}

void DocumentView::connectText() {
    connect(m_text, &AnnotatedTextView::selectionChanged, this, [this](const DocumentItem& item) {
        updateFooter();
        Q_EMIT selectionChanged(item);
    });
    connect(m_text, &AnnotatedTextView::activated, this, &DocumentView::activate);
    connect(m_text, &AnnotatedTextView::deleteRequested, this, &DocumentView::removeItem);
    connect(m_text, &AnnotatedTextView::typeRequested, this, &DocumentView::pickType);
    connect(m_text, &AnnotatedTextView::hotKeyPressed, this,
            [this](const DocumentItem& item, int digit) {
                if (const TypeChoice* type = m_types.byHotKey(item.kind, digit))
                    requestType(item, type->name, false);
            });
    connect(m_text, &AnnotatedTextView::spanChosen, this, &DocumentView::pickForSpan);
    connect(m_text, &AnnotatedTextView::spanChanged, this,
            [this](const DocumentItem& item, int begin, int end) {
                DocumentEdit edit;
                edit.action = DocumentEdit::Action::SetSpan;
                edit.item = item;
                edit.span = m_offsets.toSpan(begin, end);
                Q_EMIT editRequested(edit);
            });
    connect(m_text, &AnnotatedTextView::relationChosen, this, &DocumentView::pickForRelation);
    connect(m_text, &AnnotatedTextView::menuRequested, this, &DocumentView::showMenu);
    connect(m_text, &AnnotatedTextView::modeChanged, this, &DocumentView::updateFooter);
    connect(m_text, &AnnotatedTextView::shownChanged, this, &DocumentView::updateLimit);
    connect(m_more, &QPushButton::clicked, m_text, &AnnotatedTextView::showMore);
    connect(m_header, &DocumentHeader::linkActivated, this, &DocumentView::linkActivated);
    connect(m_header, &DocumentHeader::rejectedToggled, this, [this] { refresh(true); });
    connect(m_picker, &TypePicker::picked, this, &DocumentView::finishPick);
    connect(m_picker, &TypePicker::dismissed, m_text, &AnnotatedTextView::clearSpan);
}

void DocumentView::setTypes(const TypeCatalogue& types) {
    m_types = types;
    refresh(true);
}

void DocumentView::setContent(DocumentContent content) {
    const bool isSame =
        m_pages->currentIndex() == 1 && content.document.id == m_content.document.id;
    if (!isSame)
        m_picker->hide();
    const bool sameText = isSame && content.document.text == m_content.document.text;
    m_content = std::move(content);
    if (!sameText)
        m_offsets = TextOffsets(m_content.document.text);
    m_header->setContent(m_content);
    m_image->setImage(toQString(m_content.document.imagePath),
                      toQString(m_content.document.imageRef));
    m_textPages->setCurrentIndex(m_content.document.text.empty() ? 1 : 0);
    m_pages->setCurrentIndex(1);
    refresh(isSame);
}

void DocumentView::clear() {
    m_picker->hide();
    m_content = {};
    m_offsets = {};
    m_pages->setCurrentIndex(0);
    refresh(false);
}

void DocumentView::refresh(bool sameDocument) {
    m_text->setText(
        annotatedText(m_content.document, m_offsets, m_types, m_header->showsRejected()),
        sameDocument);
    updateFooter();
}

void DocumentView::select(const DocumentItem& item) {
    m_text->select(item);
    updateFooter();
}

void DocumentView::updateFooter() {
    const DocumentItem item = m_text->selected();
    QString text;
    if (m_text->mode() == AnnotatedTextView::Mode::RelationTail)
        text = tr("Relation from “%1”: choose its tail by click or arrows, Enter confirms, Esc "
                  "cancels")
                   .arg(m_content.describe(item));
    else if (m_text->mode() == AnnotatedTextView::Mode::NewSpan)
        text = tr("New mention: ← → move, Shift widens, Ctrl+Shift by character, Enter types it, "
                  "Esc cancels");
    else if (item.isNull())
        text = tr("Drag over words or press N for a new mention  ·  ← → Tab select  ·  Enter next "
                  "suggestion");
    else if (statusOf(item) != Status::Accepted)
        text = tr("Enter accept  ·  Delete reject  ·  T type  ·  R relation  ·  0–9 type at once");
    else
        text = tr("T type  ·  R relation  ·  Delete remove  ·  Shift+← → resize  ·  Enter next "
                  "suggestion");
    m_footer->setText(text);
}

void DocumentView::updateLimit(int shown, int total) {
    const bool isCut = shown < total;
    m_limit->setVisible(isCut);
    m_more->setVisible(isCut);
    m_limit->setText(tr("Showing the first %1 of %2 characters")
                         .arg(QLocale().toString(shown), QLocale().toString(total)));
}

} // namespace hmgrl
