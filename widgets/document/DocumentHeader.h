#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace hmgrl {

struct DocumentContent;
class StatusChip;
class Theme;

/// Key, topic, link and state of a document in one line.
class DocumentHeader : public QWidget {
    Q_OBJECT
public:
    explicit DocumentHeader(const Theme& theme, QWidget* parent = nullptr);

    void setContent(const DocumentContent& content);
    void clear();
    [[nodiscard]] bool showsRejected() const;

Q_SIGNALS:
    void linkActivated(const QString& url); ///< http or https only
    void rejectedToggled(bool shown);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void setCounts(const DocumentContent& content);
    void elide();

    const Theme& m_theme;
    QLabel* m_key;
    QLabel* m_topic;
    QLabel* m_link;
    StatusChip* m_accepted;
    StatusChip* m_suggested;
    StatusChip* m_reviewed;
    StatusChip* m_truncated;
    QToolButton* m_rejected;
    QString m_keyText, m_topicText;
};

} // namespace hmgrl
