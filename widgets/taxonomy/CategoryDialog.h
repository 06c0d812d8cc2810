#pragma once

#include "taxonomy/CategoryForm.h"
#include "theme/Theme.h"

#include <QDialog>
#include <optional>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace hmgrl {

class TypesField;

/// Defines a new category or changes one. Faults are told beside the field as one types;
/// submitted() carries a sound category.
class CategoryDialog : public QDialog {
    Q_OBJECT
public:
    /// `editing` set: change this one, its kind is fixed.
    CategoryDialog(const Theme& theme, std::vector<Category> categories,
                   std::optional<Category> editing, QWidget* parent = nullptr);

    void setInput(const CategoryInput& input);
    [[nodiscard]] CategoryInput input() const;
    [[nodiscard]] bool isSound() const;
    void accept() override;

Q_SIGNALS:
    void submitted(const hmgrl::Category& category);

private:
    void buildForm(const Theme& theme);
    void addArguments(QFormLayout& form);
    void fillParents();
    void validate();

    std::vector<Category> m_categories;
    std::optional<Category> m_editing;
    QComboBox* m_kind;
    QLineEdit* m_name;
    QComboBox* m_parent;
    QPlainTextEdit* m_description;
    TypesField* m_heads;
    TypesField* m_tails;
    QLabel* m_hint;
    QPushButton* m_submit;
};

} // namespace hmgrl
