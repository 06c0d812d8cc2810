#include "metrics/LogPanel.h"

#include "bridge/TextOffsets.h"
#include "theme/EmptyState.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QStackedLayout>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace hmgrl {
namespace {

/// Times in the muted colour, issues and errors in theirs.
class LogDelegate : public QStyledItemDelegate {
public:
    LogDelegate(const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme) {}

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto level = static_cast<LogModel::Level>(index.data(LogModel::LevelRole).toInt());
        QColor colour = index.column() == LogModel::TextColumn ? m_theme.colours().text
                                                               : m_theme.colours().textMuted;
        if (index.column() == LogModel::AboutColumn && level == LogModel::Level::Issue)
            colour = m_theme.colours().warning;
        if (index.column() == LogModel::AboutColumn && level == LogModel::Level::Error)
            colour = m_theme.colours().danger;
        option->palette.setColor(QPalette::Text, colour);
        option->palette.setColor(QPalette::HighlightedText, colour);
    }

private:
    const Theme& m_theme;
};

QString workTitle(const QString& name) {
    static const std::map<QString, const char*> titles = {
        {QStringLiteral("import"), QT_TRANSLATE_NOOP("hmgrl::LogPanel", "Import")},
        {QStringLiteral("extract"), QT_TRANSLATE_NOOP("hmgrl::LogPanel", "Extraction")},
        {QStringLiteral("retrain"), QT_TRANSLATE_NOOP("hmgrl::LogPanel", "Retraining")},
        {QStringLiteral("model"), QT_TRANSLATE_NOOP("hmgrl::LogPanel", "Model")}};
    const auto found = titles.find(name);
    return found == titles.end() ? QString() : LogPanel::tr(found->second);
}

} // namespace

LogPanel::LogPanel(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_model(new LogModel(this)) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* holder = new QWidget(this);
    m_stack = new QStackedLayout(holder);
    makeTable(theme);
    auto* empty = new EmptyState(theme, QStringLiteral("check"), holder);
    empty->setText(tr("Nothing to report"),
                   tr("Bad lines, unreadable images and failures appear here."));
    m_stack->addWidget(empty);
    m_stack->addWidget(m_table);
    layout->addWidget(holder, 1);
    layout->addWidget(makeTools(theme));
    connectSession(session);
}

void LogPanel::makeTable(const Theme& theme) {
    m_table = new QTableView(this);
    m_table->setModel(m_model);
    m_table->setItemDelegate(new LogDelegate(theme, m_table));
    m_table->setFont(theme.font(FontRole::Small));
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(26);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setColumnWidth(LogModel::TimeColumn, 80);
    m_table->setColumnWidth(LogModel::AboutColumn, 190);
    m_table->setAccessibleName(tr("Log"));
}

QWidget* LogPanel::makeTools(const Theme& theme) {
    auto* tools = new QWidget(this);
    auto* layout = new QVBoxLayout(tools);
    layout->setContentsMargins(4, 6, 8, 6);
    const auto add = [&](const char* icon, const QString& tip) {
        auto* button = new QToolButton(tools);
        button->setIcon(theme.icon(QString::fromLatin1(icon)));
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        layout->addWidget(button);
        return button;
    };
    connect(add("document", tr("Copy the selected lines")), &QToolButton::clicked, this,
            &LogPanel::copySelected);
    connect(add("trash", tr("Clear the log")), &QToolButton::clicked, this, [this] {
        m_model->clear();
        m_stack->setCurrentIndex(0);
    });
    layout->addStretch();
    return tools;
}

void LogPanel::connectSession(Session& session) {
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] {
        m_stack->setCurrentWidget(m_table);
        m_table->scrollToBottom();
    });
    connect(&session, &Session::failed, this, [this](const QString& message) {
        m_model->add(LogModel::Level::Error, tr("Failed"), {message});
        Q_EMIT attentionWanted();
    });
    connect(&session, &Session::told, this, [this](const QString& message) {
        m_model->add(LogModel::Level::Info, tr("Edit"), {message});
    });
    connect(&session, &Session::issuesFound, this,
            [this](const QString& title, const Issues& issues) {
                QStringList lines;
                for (const Issue& issue : issues)
                    lines << toQString(issue.text());
                m_model->add(LogModel::Level::Issue, title, lines);
                Q_EMIT attentionWanted();
            });
    connect(&session, &Session::workFinished, this, [this](const QString& name, bool cancelled) {
        if (const QString title = workTitle(name); !title.isEmpty())
            m_model->add(LogModel::Level::Info, title,
                         {cancelled ? tr("cancelled") : tr("finished")});
    });
}

void LogPanel::copySelected() {
    QStringList lines;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows(LogModel::TextColumn))
        lines << index.data().toString();
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace hmgrl
