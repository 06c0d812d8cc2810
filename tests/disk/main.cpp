#include "disk/GraphicsSetup.h"
#include "disk/Warnings.h"

#include <QApplication>
#include <QFontInfo>
#include <QTemporaryDir>
#include <gtest/gtest.h>

int main(int argc, char** argv) {
    ::testing::InitGoogleTest(&argc, argv);
    const QTemporaryDir runtime; // Qt warns where the system has none
    if (!qEnvironmentVariableIsSet("XDG_RUNTIME_DIR"))
        qputenv("XDG_RUNTIME_DIR", runtime.path().toUtf8());
    hmgrl::prepareGraphics();
    const QApplication application(argc, argv);
    // Stored pictures hold words: whatever fonts a system has besides, they are drawn in the
    // program's.
    QFont font(QStringLiteral("Inter"));
    font.setPointSizeF(10);
    QApplication::setFont(font);
    if (QFontInfo(font).family() != font.family())
        qFatal("expected the font Inter (package fonts-inter), found %s",
               qPrintable(QFontInfo(font).family()));
    ::testing::UnitTest::GetInstance()->listeners().Append(new hmgrl::test::WarningListener);
    return RUN_ALL_TESTS();
}
