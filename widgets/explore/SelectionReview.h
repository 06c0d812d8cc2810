#pragma once

#include "bridge/Session.h"
#include "explore/BulkEdit.h"

#include <QObject>

namespace hmgrl {

class DiskWidget;
class SelectionBar;
class Theme;
class TypePicker;

/// Shows the selection bar when the user has selected several samples, and does what it asks for.
class SelectionReview : public QObject {
    Q_OBJECT
public:
    /// All must outlive this.
    SelectionReview(Session& session, const Theme& theme, DiskWidget& disk,
                    QObject* parent = nullptr);

    void setData(std::shared_ptr<const DiskData> data);
    /// True while the user's own selection of several samples stands: nothing else replaces it.
    [[nodiscard]] bool isActive() const { return m_isActive; }
    void leave(); ///< what is selected now isn't the user's choice any more

private:
    void userSelected();
    void update();
    void clear();
    void openPicker();
    void picked(const std::string& category);

    Session& m_session;
    const Theme& m_theme;
    DiskWidget& m_disk;
    SelectionBar* m_bar;
    TypePicker* m_picker;
    std::shared_ptr<const DiskData> m_data;
    SampleGroup m_group;
    bool m_isActive = false;
};

} // namespace hmgrl
