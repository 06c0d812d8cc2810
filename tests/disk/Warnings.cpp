#include "disk/Warnings.h"

#include <QMutex>
#include <QMutexLocker>
#include <QString>
#include <QStringList>
#include <vtkObjectFactory.h>
#include <vtkOutputWindow.h>
#include <vtkSmartPointer.h>

namespace hmgrl::test {

namespace {
QMutex mutex;
QStringList warnings;

void note(const QString& message) {
    const QMutexLocker lock(&mutex);
    warnings << message;
}

void onQtMessage(QtMsgType type, const QMessageLogContext& /*context*/, const QString& message) {
    if (type != QtDebugMsg && type != QtInfoMsg)
        note(message);
}

class VtkMessages : public vtkOutputWindow {
public:
    static VtkMessages* New();
    void DisplayText(const char* text) override { note(QString::fromUtf8(text)); }
};
vtkStandardNewMacro(VtkMessages);
} // namespace

WarningListener::WarningListener() {
    qInstallMessageHandler(onQtMessage);
    vtkOutputWindow::SetInstance(vtkSmartPointer<VtkMessages>::New());
}

void WarningListener::OnTestStart(const ::testing::TestInfo& /*info*/) {
    const QMutexLocker lock(&mutex);
    warnings.clear();
}

void WarningListener::OnTestEnd(const ::testing::TestInfo& /*info*/) {
    const QMutexLocker lock(&mutex);
    for (const QString& warning : warnings)
        ADD_FAILURE() << "unexpected warning: " << warning.toStdString();
}

} // namespace hmgrl::test
