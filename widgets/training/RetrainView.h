#pragma once

#include "extraction/Retrainer.h"
#include "training/ReportTable.h"

#include <QElapsedTimer>
#include <QWidget>
#include <map>
#include <string>
#include <vector>

class QCheckBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace hmgrl {

class LiveChart;
class OptionsForm;
class Theme;

/// Accepted labels of one category, what a retraining would learn from.
struct LabelCount {
    CategoryKind kind = CategoryKind::Entity;
    std::string category;
    bool seen = false;
    int labels = 0;
};

/// Options, progress and outcome of an incremental training. Starts nothing itself.
class RetrainView : public QWidget {
    Q_OBJECT
public:
    enum class Phase { Ready, Running, Cancelling, Finished };

    explicit RetrainView(const Theme& theme, QWidget* parent = nullptr);

    /// Without a model nothing can be started; the reason is shown.
    void setReady(bool ready, const QString& reason = {});
    void setLabels(const std::vector<LabelCount>& labels);

    void begin();
    void setProgress(const QString& stage, double done, double total);
    /// "loss.rank" goes to the losses, "metric.H" to the metrics; x is the last progress.
    void addValues(const std::map<std::string, double>& values);
    void finish(const RetrainReport& report, const ReportTable::ColourOf& colourOf);
    void end(const QString& message); ///< cancelled, failed, accepted or discarded: back to Ready

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] OptionsForm* form() const { return m_form; }
    [[nodiscard]] LiveChart* lossChart() const { return m_losses; }
    [[nodiscard]] LiveChart* metricChart() const { return m_metrics; }
    [[nodiscard]] ReportTable* table() const { return m_table; }
    [[nodiscard]] QPushButton* startButton() const { return m_start; }
    [[nodiscard]] QPushButton* cancelButton() const { return m_cancel; }
    [[nodiscard]] QPushButton* acceptButton() const { return m_accept; }
    [[nodiscard]] QPushButton* discardButton() const { return m_discard; }
    [[nodiscard]] QCheckBox* gate() const { return m_gate; }
    [[nodiscard]] QString statusText() const;

Q_SIGNALS:
    void startRequested(const hmgrl::RetrainOptions& options);
    void cancelRequested();
    void acceptRequested();
    void discardRequested();

private:
    [[nodiscard]] QWidget* optionsColumn();
    QWidget* optionsArea();
    [[nodiscard]] QWidget* progressColumn();
    [[nodiscard]] QWidget* reportColumn();
    void connectButtons();
    void setPhase(Phase phase);
    void updateButtons();
    void showWarnings(const RetrainReport& report);
    [[nodiscard]] QString remaining(double done, double total) const;

    const Theme& m_theme;
    Phase m_phase = Phase::Ready;
    bool m_isReady = false;
    int m_labelCount = 0;
    double m_step = 0;
    QElapsedTimer m_clock;

    OptionsForm* m_form;
    QLabel* m_labels;
    QPushButton* m_start;
    QPushButton* m_cancel;
    QLabel* m_status;
    QProgressBar* m_progress;
    QStackedWidget* m_charts;
    LiveChart* m_losses;
    LiveChart* m_metrics;
    QWidget* m_options;
    QWidget* m_report;
    QLabel* m_reportTitle;
    ReportTable* m_table;
    QLabel* m_warnings;
    QCheckBox* m_gate;
    QPushButton* m_accept;
    QPushButton* m_discard;
};

} // namespace hmgrl
