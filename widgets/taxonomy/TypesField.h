#pragma once

#include "data/Category.h"

#include <QComboBox>
#include <string>
#include <vector>

class QListWidget;
class QListWidgetItem;
class QMenu;

namespace hmgrl {

/// A field that says which entity types are chosen, "any" when none is, and opens a list of all to
/// tick them. A ticked type stands for all below it, which are shown ticked and can't be chosen
/// apart.
class TypesField : public QComboBox {
    Q_OBJECT
public:
    /// Entity types of the categories; others are left out.
    TypesField(const std::vector<Category>& categories, QWidget* parent);

    /// Names that aren't among the types are dropped.
    void setTypes(const std::vector<std::string>& types);
    [[nodiscard]] const std::vector<std::string>& types() const { return m_types; }
    [[nodiscard]] QListWidget* list() const { return m_list; }
    void showPopup() override;

Q_SIGNALS:
    void changed();

private:
    void fill(const std::vector<Category>& categories);
    void take(QListWidgetItem* item);
    void showTicks();
    [[nodiscard]] bool isCovered(const std::string& name) const;

    QMenu* m_menu;
    QListWidget* m_list;
    std::vector<std::string> m_types;
    bool m_isShowing = false; ///< ticks are set by the program
};

} // namespace hmgrl
