#include "disk/GraphicsSetup.h"
#include "docview/Warnings.h"

#include <QApplication>
#include <QStandardPaths>
#include <gtest/gtest.h>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    hmgrl::prepareGraphics();
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs); // the desktop's hear no test
    QApplication application(argc, argv);
    hmgrl::test::failOnWarnings();
    return RUN_ALL_TESTS();
}
