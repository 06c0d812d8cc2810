#pragma once

#include <gtest/gtest.h>

namespace hmgrl::test {

/// Fails the test during which Qt or VTK warns.
class WarningListener : public ::testing::EmptyTestEventListener {
public:
    WarningListener();
    void OnTestStart(const ::testing::TestInfo& info) override;
    void OnTestEnd(const ::testing::TestInfo& info) override;
};

} // namespace hmgrl::test
