#include "document/DocumentHeader.h"

#include "document/DocumentContent.h"
#include "document/StatusChip.h"
#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QUrl>

namespace hmgrl {
namespace {

bool isWebAddress(const QUrl& url) {
    return url.isValid() &&
           (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https"));
}

} // namespace

DocumentHeader::DocumentHeader(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_key(new QLabel(this))
    , m_topic(new QLabel(this))
    , m_link(new QLabel(this))
    , m_accepted(new StatusChip(theme, StatusChip::Tone::Success, this))
    , m_suggested(new StatusChip(theme, StatusChip::Tone::Accent, this))
    , m_reviewed(new StatusChip(theme, StatusChip::Tone::Plain, this))
    , m_truncated(new StatusChip(theme, StatusChip::Tone::Warning, this))
    , m_rejected(new QToolButton(this)) {
    m_key->setFont(theme.font(FontRole::BodyStrong));
    m_topic->setProperty("role", "muted");
    for (QLabel* label : {m_key, m_topic}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_link->setTextFormat(Qt::RichText);
    m_truncated->setToolTip(
        tr("The text is longer than the model reads: nothing is suggested in its end"));
    m_rejected->setCheckable(true);
    m_rejected->setToolTip(tr("Show what was rejected"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(20, 8, 14, 6);
    layout->setSpacing(8);
    layout->addWidget(m_key);
    layout->addWidget(m_topic);
    layout->addWidget(m_link);
    layout->addStretch(1);
    for (QWidget* chip : {static_cast<QWidget*>(m_truncated), static_cast<QWidget*>(m_reviewed),
                          static_cast<QWidget*>(m_suggested), static_cast<QWidget*>(m_accepted),
                          static_cast<QWidget*>(m_rejected)})
        layout->addWidget(chip);
    connect(m_link, &QLabel::linkActivated, this, &DocumentHeader::linkActivated);
    connect(m_rejected, &QToolButton::toggled, this, &DocumentHeader::rejectedToggled);
    setFixedHeight(46);
    clear();
}

void DocumentHeader::clear() {
    setContent({});
}

bool DocumentHeader::showsRejected() const {
    return m_rejected->isChecked();
}

void DocumentHeader::setContent(const DocumentContent& content) {
    m_keyText = toQString(content.document.key);
    m_topicText = toQString(content.document.topic);
    const QUrl url(toQString(content.document.url), QUrl::StrictMode);
    m_link->setVisible(isWebAddress(url));
    if (isWebAddress(url)) {
        m_link->setText(QStringLiteral("<a href=\"%1\">%2 \u2197</a>")
                            .arg(QString::fromLatin1(url.toEncoded()).toHtmlEscaped(),
                                 url.host().toHtmlEscaped()));
        m_link->setToolTip(url.toDisplayString().toHtmlEscaped());
    }
    m_reviewed->setText(content.reviewed ? tr("reviewed") : QString());
    m_truncated->setText(content.truncated ? tr("read in part") : QString());
    setCounts(content);
    elide();
}

void DocumentHeader::setCounts(const DocumentContent& content) {
    int counts[3] = {0, 0, 0};
    for (const Mention& mention : content.document.mentions)
        ++counts[static_cast<int>(mention.status)];
    for (const Relation& relation : content.document.relations)
        ++counts[static_cast<int>(relation.status)];
    const auto text = [](int count, const QString& sentence) {
        return count > 0 ? sentence.arg(count) : QString();
    };
    m_suggested->setText(text(counts[0], tr("%1 suggested")));
    m_accepted->setText(text(counts[1], tr("%1 accepted")));
    m_rejected->setText(tr("%1 rejected").arg(counts[2]));
    m_rejected->setVisible(counts[2] > 0);
}

void DocumentHeader::elide() {
    const int room = width() / 3;
    m_key->setText(m_key->fontMetrics().elidedText(m_keyText, Qt::ElideMiddle, room));
    m_key->setToolTip(m_keyText.toHtmlEscaped());
    m_topic->setText(m_topic->fontMetrics().elidedText(m_topicText, Qt::ElideRight, room / 2));
    m_topic->setVisible(!m_topicText.isEmpty());
}

void DocumentHeader::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    elide();
}

} // namespace hmgrl
