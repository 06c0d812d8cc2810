#pragma once

#include <QToolButton>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

class QFrame;
class QListWidget;

namespace hmgrl {

class Theme;

/// Which kinds of relations may be drawn as arcs: a button that opens a list to check. What is
/// hidden is known by name, so that it stays hidden when relations come and go.
class RelationFilter : public QToolButton {
    Q_OBJECT
public:
    struct Entry {
        std::string name;
        std::uint32_t colour = 0; ///< 0xRRGGBB
        int count = 0;            ///< arcs
    };

    explicit RelationFilter(const Theme& theme, QWidget* parent = nullptr);

    void setEntries(std::vector<Entry> entries);
    [[nodiscard]] const std::set<std::string>& hidden() const { return m_hidden; }
    void setHidden(std::set<std::string> names); ///< hiddenChanged() isn't emitted
    [[nodiscard]] QListWidget* list() const { return m_list; }

Q_SIGNALS:
    void hiddenChanged(); ///< by the user

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void open();
    void makePopup();
    void fill();
    void read();
    void setAll(bool shown);
    void showState();

    const Theme& m_theme;
    QFrame* m_popup;
    QListWidget* m_list;
    std::vector<Entry> m_entries;
    std::set<std::string> m_hidden;
    bool m_filling = false;
};

} // namespace hmgrl
