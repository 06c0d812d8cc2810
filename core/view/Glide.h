#pragma once

#include <optional>
#include <utility>
#include <vector>

namespace hmgrl {

/// What a hand that let go while moving still does: the cursor runs on and slows down. A function
/// of the times it is given (milliseconds) and of nothing else.
class Glide {
public:
    void begin(double x, double y, double time); ///< the hand takes hold
    void move(double x, double y, double time);
    /// The hand lets go. False when it had come to rest: nothing glides.
    bool release(double time);
    /// Where the cursor would be; nothing once it has come to rest.
    [[nodiscard]] std::optional<std::pair<double, double>> at(double time) const;
    void stop() { m_isGliding = false; }
    [[nodiscard]] bool isGliding() const { return m_isGliding; }

    static constexpr double fadeTime = 260;    ///< the speed falls to 1/e in this time
    static constexpr double leastSpeed = 0.03; ///< pixels a millisecond: at rest below it
    static constexpr double memory = 80;       ///< of the hand's speed
    static constexpr double mostSpeed = 4;     ///< pixels a millisecond

private:
    struct Sample {
        double x, y, time;
    };
    std::vector<Sample> m_samples; ///< of the last `memory` milliseconds
    Sample m_start{};
    double m_speedX = 0, m_speedY = 0; ///< when let go
    bool m_isGliding = false;
};

} // namespace hmgrl
