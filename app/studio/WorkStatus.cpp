#include "studio/WorkStatus.h"

#include "bridge/TextOffsets.h"
#include "extraction/Engine.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QTime>
#include <QToolButton>

namespace hmgrl::studio {
namespace {

QString titleOf(const QString& work) {
    static const std::map<QString, const char*> titles = {
        {QStringLiteral("import"), QT_TRANSLATE_NOOP("hmgrl::studio::WorkStatus", "Importing")},
        {QStringLiteral("extract"), QT_TRANSLATE_NOOP("hmgrl::studio::WorkStatus", "Extracting")},
        {QStringLiteral("layout"),
         QT_TRANSLATE_NOOP("hmgrl::studio::WorkStatus", "Laying out the disk")},
        {QStringLiteral("retrain"), QT_TRANSLATE_NOOP("hmgrl::studio::WorkStatus", "Retraining")},
        {QStringLiteral("categories"),
         QT_TRANSLATE_NOOP("hmgrl::studio::WorkStatus", "Placing the categories")},
        {QStringLiteral("quality.entity"),
         QT_TRANSLATE_NOOP("hmgrl::studio::WorkStatus", "Measuring the layout")},
        {QStringLiteral("quality.relation"),
         QT_TRANSLATE_NOOP("hmgrl::studio::WorkStatus", "Measuring the layout")},
        {QStringLiteral("export"), QT_TRANSLATE_NOOP("hmgrl::studio::WorkStatus", "Exporting")},
        {QStringLiteral("model"),
         QT_TRANSLATE_NOOP("hmgrl::studio::WorkStatus", "Loading the model")}};
    const auto found = titles.find(work);
    return found == titles.end() ? work : WorkStatus::tr(found->second);
}

} // namespace

WorkStatus::WorkStatus(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_stage(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_cancel(new QToolButton(this))
    , m_saved(new QLabel(this))
    , m_model(new QLabel(this)) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(6);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(160);
    m_cancel->setIcon(theme.icon(QStringLiteral("close")));
    m_cancel->setIconSize({12, 12});
    m_cancel->setToolTip(tr("Cancel this work"));
    m_cancel->setAccessibleName(tr("Cancel the running work"));
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_stage, m_bar, m_cancel, m_saved, m_model})
        layout->addWidget(widget);
    connectSession();
    finish({});
    showModel();
}

void WorkStatus::connectSession() {
    connect(m_cancel, &QToolButton::clicked, &m_session, &Session::cancelWork);
    connect(&m_session, &Session::workStarted, this, [this](const QString& name) {
        m_running << name;
        showProgress(name, {}, 0, 0);
    });
    connect(&m_session, &Session::workProgress, this, &WorkStatus::showProgress);
    connect(&m_session, &Session::workFinished, this, &WorkStatus::finish);
    connect(&m_session, &Session::modelReady, this, &WorkStatus::showModel);
    connect(&m_session, &Session::projectClosed, this, &WorkStatus::showModel);
    connect(&m_session, &Session::saved, this, [this] {
        m_saved->setText(
            tr("saved %1").arg(QTime::currentTime().toString(QStringLiteral("HH:mm"))));
    });
}

void WorkStatus::showProgress(const QString& name, const QString& stage, double done,
                              double total) {
    QString text = stage.isEmpty() ? titleOf(name) : stage;
    if (total > 0)
        text += tr("  %1 of %2").arg(done, 0, 'f', 0).arg(total, 0, 'f', 0);
    m_stage->setText(text);
    m_bar->setRange(0, total > 0 ? 1000 : 0);
    if (total > 0)
        m_bar->setValue(static_cast<int>(1000 * done / total));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_stage, m_bar, m_cancel})
        widget->show();
}

void WorkStatus::finish(const QString& name) {
    m_running.removeOne(name);
    if (!m_running.isEmpty())
        return showProgress(m_running.last(), {}, 0, 0);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_stage, m_bar, m_cancel})
        widget->hide();
}

void WorkStatus::showModel() {
    const auto engine = m_session.engine();
    if (!engine) {
        m_model->setText(tr("no model"));
        return;
    }
    const QString hash = toQString(engine->modelHash()).left(8);
    m_model->setText(tr("model %1").arg(hash));
    m_model->setToolTip(toQString(engine->folder().string()));
}

} // namespace hmgrl::studio
