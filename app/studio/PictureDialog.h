#pragma once

#include "picture/DiskPicture.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace hmgrl::studio {

/// Asks how the disk is to be exported: format, resolution, colours, title and legend.
/// Resolutions too large for a picture can't be chosen.
class PictureDialog : public QDialog {
    Q_OBJECT
public:
    /// @param options what is offered first
    explicit PictureDialog(const PictureOptions& options, QWidget* parent = nullptr);

    [[nodiscard]] PictureOptions options() const;
    [[nodiscard]] QString suffix() const; ///< "pdf", "svg" or "png"

private:
    void makeFields();
    void updateFields();

    PictureOptions m_options;
    QComboBox* m_format;
    QComboBox* m_resolution;
    QComboBox* m_colours;
    QLineEdit* m_title;
    QCheckBox* m_legend;
};

} // namespace hmgrl::studio
