#pragma once

#include "theme/Theme.h"

#include <QPixmap>
#include <gtest/gtest.h>

namespace hmgrl::test {

/// A test that runs once in light and once in dark.
class ThemedTest : public testing::TestWithParam<Theme::Mode> {
protected:
    ThemedTest();
    ~ThemedTest() override;

    [[nodiscard]] const Theme& theme() const { return m_theme; }
    /// Checks that a picture isn't blank, and saves it to the folder HMGRL_PICTURES when that is
    /// set, so that people can look at what a test can only count.
    void keep(const QPixmap& picture, const char* name) const;

private:
    Theme m_theme;
};

} // namespace hmgrl::test
