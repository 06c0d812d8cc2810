#include "disk/GraphicsSetup.h"
#include "disk/Warnings.h"

#include <QApplication>
#include <QTemporaryDir>
#include <gtest/gtest.h>

int main(int argc, char** argv) {
    ::testing::InitGoogleTest(&argc, argv);
    const QTemporaryDir runtime; // Qt warns where the system has none
    if (!qEnvironmentVariableIsSet("XDG_RUNTIME_DIR"))
        qputenv("XDG_RUNTIME_DIR", runtime.path().toUtf8());
    hmgrl::prepareGraphics();
    const QApplication application(argc, argv);
    ::testing::UnitTest::GetInstance()->listeners().Append(new hmgrl::test::WarningListener);
    return RUN_ALL_TESTS();
}
