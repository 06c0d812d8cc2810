#pragma once

namespace hmgrl::test {

/// From now on a Qt warning fails the test in which it appears.
void failOnWarnings();

} // namespace hmgrl::test
