#pragma once

#include "bridge/Session.h"

#include <QScrollArea>
#include <map>
#include <memory>
#include <optional>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace hmgrl {

class DiskPane;
class QualityView;
class Theme;

/// Chooses how the disk is laid out, runs and stops it, and shows how faithful the picture is.
class LayoutPanel : public QScrollArea {
    Q_OBJECT
public:
    /// All must outlive the panel.
    LayoutPanel(Session& session, DiskPane& pane, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] LayoutMethod method() const;
    void setMethod(LayoutMethod method);
    [[nodiscard]] bool isRunning() const {
        return m_running.has_value();
    } ///< what this panel began

private:
    void makePage();
    void addMethod(QVBoxLayout* layout, QWidget* page);
    void addButtons(QVBoxLayout* layout, QWidget* page);
    void addQuality(QVBoxLayout* layout, QWidget* page);
    void connectSession();
    void run();
    void finish(CategoryKind kind, bool placed);
    void showMethod();
    void showState();
    void showProgress(const QString& name, const QString& stage, double done, double total);
    void takeQuality(CategoryKind kind);
    void showQuality();

    struct Known {
        std::shared_ptr<const DiskQuality> now, before;
    };

    Session& m_session;
    DiskPane& m_pane;
    const Theme& m_theme;
    std::map<CategoryKind, Known> m_quality;
    std::optional<CategoryKind> m_running; ///< whose layout was asked for here and hasn't ended
    std::optional<CategoryKind> m_asked;   ///< whose next quality is of a layout asked for here
    QComboBox* m_method = nullptr;
    QLabel* m_sentence = nullptr;
    QLabel* m_perplexityLabel = nullptr;
    QSpinBox* m_perplexity = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_stop = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_stage = nullptr;
    QLabel* m_noQuality = nullptr;
    QualityView* m_view = nullptr;
};

} // namespace hmgrl
