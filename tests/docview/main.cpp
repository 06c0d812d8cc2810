#include "docview/Warnings.h"
#include "theme/Theme.h"

#include <QApplication>
#include <gtest/gtest.h>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    QApplication application(argc, argv);
    hmgrl::Theme theme;
    theme.install(application);
    hmgrl::test::failOnWarnings();
    return RUN_ALL_TESTS();
}
