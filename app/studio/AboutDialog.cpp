#include "studio/AboutDialog.h"

#include <QIcon>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace hmgrl::studio {

AboutDialog::AboutDialog(const Theme& theme, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("About HMGRL Studio"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(40, 32, 40, 24);
    layout->setSpacing(10);
    auto* logo = new QLabel(this);
    logo->setPixmap(QIcon(QStringLiteral(":/icons/hmgrl-studio.svg")).pixmap(88, 88));
    auto* name = new QLabel(tr("HMGRL Studio"), this);
    name->setFont(theme.font(FontRole::Heading));
    auto* version = new QLabel(tr("Version %1").arg(QStringLiteral(HMGRL_VERSION)), this);
    version->setProperty("role", "muted");
    auto* text = new QLabel(tr("Annotate and explore text and image pairs with an embedded "
                               "hyperbolic model that also knows "
                               "categories it has never seen.\n\nFree software under the GNU "
                               "General Public License, version "
                               "3 or later. Built with Qt, Qt Charts, VTK, LibTorch, OpenCV, "
                               "SQLite, libcurl and gumbo."),
                            this);
    text->setWordWrap(true);
    text->setFixedWidth(380);
    text->setAlignment(Qt::AlignCenter);
    auto* close = new QPushButton(tr("Close"), this);
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    for (QWidget* widget : std::initializer_list<QWidget*>{logo, name, version, text, close})
        layout->addWidget(widget, 0, Qt::AlignHCenter);
}

} // namespace hmgrl::studio
