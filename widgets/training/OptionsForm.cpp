#include "training/OptionsForm.h"

#include <QFormLayout>
#include <QLabel>
#include <algorithm>
#include <cmath>

namespace hmgrl {

QString PlainSpinBox::textFromValue(double value) const {
    return locale().toString(value, 'f', QLocale::FloatingPointShortest);
}

OptionsForm::OptionsForm(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QFormLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setVerticalSpacing(6);
    m_layout->setLabelAlignment(Qt::AlignLeft);
}

void OptionsForm::setField(const OptionInfo& info, double value, bool isInteger) {
    QDoubleSpinBox*& box = m_boxes[info.name];
    if (!box) {
        QString name = QString::fromUtf8(info.name).replace(u'_', u' ');
        name[0] = name[0].toUpper();
        box = new PlainSpinBox(this);
        box->setDecimals(isInteger ? 0 : 7);
        box->setRange(std::max(info.min, -1e9), std::min(info.max, 1e10));
        box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
        box->setGroupSeparatorShown(false);
        box->setButtonSymbols(QAbstractSpinBox::NoButtons); // wheel and arrow keys step
        box->setMinimumWidth(96);
        auto* label = new QLabel(name, this);
        for (QWidget* widget : {static_cast<QWidget*>(box), static_cast<QWidget*>(label)})
            widget->setToolTip(QString::fromUtf8(info.help));
        label->setBuddy(box);
        m_layout->addRow(label, box);
    }
    box->setValue(value);
}

QDoubleSpinBox* OptionsForm::spinBox(const std::string& name) const {
    const auto found = m_boxes.find(name);
    return found == m_boxes.end() ? nullptr : found->second;
}

double OptionsForm::field(const std::string& name, double otherwise) const {
    const QDoubleSpinBox* box = spinBox(name);
    return box ? box->value() : otherwise;
}

} // namespace hmgrl
