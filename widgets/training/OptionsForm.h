#pragma once

#include "support/Options.h"

#include <QDoubleSpinBox>
#include <QWidget>
#include <limits>
#include <map>
#include <string>
#include <type_traits>

class QFormLayout;

namespace hmgrl {

/// A spin box that writes numbers without trailing zeros: 0.0005, not 0.0005000.
class PlainSpinBox : public QDoubleSpinBox {
    Q_OBJECT
public:
    using QDoubleSpinBox::QDoubleSpinBox;
    [[nodiscard]] QString textFromValue(double value) const override;
};

/// A form over the numeric fields of an options aggregate, made from the table that also makes the
/// command line's help: names, ranges and help are written once.
class OptionsForm : public QWidget {
    Q_OBJECT
public:
    explicit OptionsForm(QWidget* parent = nullptr);

    template <typename Options>
    void setOptions(const Options& options) {
        Options::describe(options, [this](const OptionInfo& info, const auto& value) {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>)
                setField(info, static_cast<double>(value), std::is_integral_v<T>);
        });
    }

    /// The values as they stand; fields the form doesn't show keep their defaults.
    template <typename Options>
    [[nodiscard]] Options options() const {
        Options out;
        Options::describe(out, [this](const OptionInfo& info, auto& value) {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>)
                value = static_cast<T>(field(info.name, static_cast<double>(value)));
        });
        return out;
    }

    [[nodiscard]] QDoubleSpinBox* spinBox(const std::string& name) const;

private:
    void setField(const OptionInfo& info, double value, bool isInteger);
    [[nodiscard]] double field(const std::string& name, double otherwise) const;

    QFormLayout* m_layout;
    std::map<std::string, QDoubleSpinBox*> m_boxes;
};

} // namespace hmgrl
