#include "studio/PictureDialog.h"

#include "bridge/TextOffsets.h"
#include "support/Error.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QVBoxLayout>
#include <algorithm>
#include <optional>

namespace hmgrl::studio {
namespace {

/// Nothing: larger than a picture can be.
std::optional<std::pair<int, int>> sizeOf(const PictureOptions& options) {
    try {
        return pictureSize(options);
    } catch (const Error&) {
        return std::nullopt;
    }
}

} // namespace

PictureDialog::PictureDialog(const PictureOptions& options, QWidget* parent)
    : QDialog(parent)
    , m_options(options)
    , m_format(new QComboBox(this))
    , m_resolution(new QComboBox(this))
    , m_colours(new QComboBox(this))
    , m_title(new QLineEdit(toQString(options.title), this))
    , m_legend(new QCheckBox(tr("&Legend beside the disk"), this)) {
    setWindowTitle(tr("Export disk picture"));
    makeFields();
    auto* about =
        new QLabel(tr("The disk as you see it now, with the layers that are shown."), this);
    about->setObjectName(QStringLiteral("muted"));
    about->setWordWrap(true);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    form->addRow(tr("&Format:"), m_format);
    form->addRow(tr("&Resolution:"), m_resolution);
    form->addRow(tr("&Colours:"), m_colours);
    form->addRow(tr("&Title:"), m_title);
    form->addRow(QString(), m_legend);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Save)->setText(tr("Save as…"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(14);
    layout->addWidget(about);
    layout->addLayout(form);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(440);
    updateFields();
}

void PictureDialog::makeFields() {
    m_format->addItem(tr("PDF – vectors, for print"), QStringLiteral("pdf"));
    m_format->addItem(tr("SVG – vectors, for editing and the web"), QStringLiteral("svg"));
    m_format->addItem(tr("PNG – pixels"), QStringLiteral("png"));
    m_format->setAccessibleName(tr("Format"));
    m_format->setToolTip(tr("Vectors stay sharp at any size, and their text stays text"));
    m_resolution->setAccessibleName(tr("Resolution"));
    m_resolution->setToolTip(tr("Pixels of a PNG; vectors have none"));
    m_colours->addItem(tr("Light, on white paper"), false);
    m_colours->addItem(tr("Dark"), true);
    m_colours->setCurrentIndex(m_options.dark ? 1 : 0);
    m_colours->setAccessibleName(tr("Colours"));
    m_title->setPlaceholderText(tr("none"));
    m_title->setAccessibleName(tr("Title"));
    m_title->setToolTip(tr("A line above the disk"));
    m_title->setMaxLength(200);
    m_legend->setChecked(m_options.legend);
    m_legend->setToolTip(tr("What the colours mean, and how many points there are of each"));
    connect(m_format, &QComboBox::currentIndexChanged, this, &PictureDialog::updateFields);
    connect(m_legend, &QCheckBox::toggled, this, &PictureDialog::updateFields);
    for (int scale = 1; scale <= 4; ++scale)
        m_resolution->addItem(QString(), static_cast<double>(scale));
    m_resolution->setCurrentIndex(1);
}

void PictureDialog::updateFields() {
    m_resolution->setEnabled(suffix() == QLatin1String("png"));
    const auto* items = qobject_cast<QStandardItemModel*>(m_resolution->model());
    int largest = 0;
    for (int i = 0; i < m_resolution->count(); ++i) {
        PictureOptions sized = options();
        sized.scale = m_resolution->itemData(i).toDouble();
        const auto size = sizeOf(sized);
        items->item(i)->setEnabled(size.has_value());
        m_resolution->setItemText(
            i, size ? tr("%1× – %L2 by %L3 pixels").arg(i + 1).arg(size->first).arg(size->second)
                    : tr("%1× – too large").arg(i + 1));
        if (size)
            largest = i;
    }
    m_resolution->setCurrentIndex(std::min(m_resolution->currentIndex(), largest));
}

PictureOptions PictureDialog::options() const {
    PictureOptions options = m_options;
    options.dark = m_colours->currentData().toBool();
    options.title = fromQString(m_title->text().trimmed());
    options.legend = m_legend->isChecked();
    options.scale = m_resolution->currentData().toDouble();
    return options;
}

QString PictureDialog::suffix() const {
    return m_format->currentData().toString();
}

} // namespace hmgrl::studio
