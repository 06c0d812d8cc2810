#include "picture/DiskPictureCanvas.h"

#include "support/Error.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace hmgrl::picture {

namespace {

constexpr int subPixelBits = 4;

cv::Vec3b bgr(std::uint32_t rgb) {
    return {static_cast<uchar>(rgb & 0xFF), static_cast<uchar>(rgb >> 8 & 0xFF),
            static_cast<uchar>(rgb >> 16 & 0xFF)};
}

/// Drawn at twice the size with OpenCV's anti-aliasing, then averaged down: four times the shades
/// and no steps in thin lines. Large pictures are drawn at their own size to bound the memory.
class RasterCanvas : public Canvas {
public:
    RasterCanvas(int width, int height, const Font& font)
        : m_font(font)
        , m_width(width)
        , m_height(height)
        , m_scale(std::max(width, height) > 4000 ? 1 : 2)
        , m_image(height * m_scale, width * m_scale, CV_8UC3)
        , m_clip(0, 0, m_image.cols, m_image.rows) {}

    void beginGroup(const char*) override {}
    void endGroup() override { m_clip = {0, 0, m_image.cols, m_image.rows}; }
    void clipTo(const Frame& frame) override {
        m_clip = cv::Rect(static_cast<int>(std::lround(frame.x * m_scale)),
                          static_cast<int>(std::lround(frame.y * m_scale)),
                          static_cast<int>(std::lround(frame.width * m_scale)),
                          static_cast<int>(std::lround(frame.height * m_scale))) &
                 cv::Rect(0, 0, m_image.cols, m_image.rows);
    }
    void background(std::uint32_t rgb) override { m_image.setTo(cv::Scalar(bgr(rgb))); }

    void shadedDisk(Place centre, double radius, std::uint32_t inner,
                    std::uint32_t outer) override {
        const double x0 = centre.x * m_scale - 0.5;
        const double y0 = centre.y * m_scale - 0.5;
        const double reach = radius * m_scale;
        const cv::Rect box = around(x0, y0, reach + 1);
        const cv::Vec3b a = bgr(inner);
        const cv::Vec3b b = bgr(outer);
        for (int y = box.y; y < box.y + box.height; ++y)
            for (int x = box.x; x < box.x + box.width; ++x) {
                const double apart = std::hypot(x - x0, y - y0);
                const double cover = std::clamp(reach - apart + 0.5, 0.0, 1.0);
                const double t = std::min(1.0, apart / reach);
                auto& pixel = m_image.at<cv::Vec3b>(y, x);
                for (int c = 0; c < 3; ++c) {
                    const double shade = a[c] + t * (b[c] - a[c]);
                    pixel[c] = cv::saturate_cast<uchar>(pixel[c] + cover * (shade - pixel[c]));
                }
            }
    }

    void circle(const Circle& circle, const char*) override {
        if (circle.fill.alpha <= 0 && circle.radius > 40) {
            ring(circle);
            return;
        }
        const double width = circle.stroke.alpha > 0 ? circle.strokeWidth : 0;
        const double x = circle.centre.x * m_scale - 0.5;
        const double y = circle.centre.y * m_scale - 0.5;
        const cv::Rect box = around(x, y, (circle.radius + width) * m_scale + 3);
        if (box.empty())
            return;
        const cv::Point centre(fixed(x - box.x), fixed(y - box.y));
        const int radius = fixed(circle.radius * m_scale);
        const auto draw = [&](Ink ink, int thickness) {
            if (ink.alpha <= 0)
                return;
            cv::Mat mask = freshMask(box.size());
            cv::circle(mask, centre, radius, cv::Scalar(255), thickness, cv::LINE_AA, subPixelBits);
            blend(box, mask, ink);
        };
        draw(circle.fill, cv::FILLED);
        draw(circle.stroke, thickness(width));
    }

    void line(std::span<const Place> points, Ink stroke, double width) override {
        if (points.size() < 2 || stroke.alpha <= 0)
            return;
        double left = points[0].x, right = left, top = points[0].y, bottom = top;
        for (const Place& p : points) {
            left = std::min(left, p.x);
            right = std::max(right, p.x);
            top = std::min(top, p.y);
            bottom = std::max(bottom, p.y);
        }
        const double border = width + 2;
        const cv::Rect box = cv::Rect(cv::Point(bounded((left - border) * m_scale),
                                                bounded((top - border) * m_scale)),
                                      cv::Point(bounded((right + border) * m_scale) + 1,
                                                bounded((bottom + border) * m_scale) + 1)) &
                             m_clip;
        if (box.empty())
            return;
        std::vector<cv::Point> corners;
        for (const Place& p : points)
            corners.emplace_back(fixed(p.x * m_scale - 0.5 - box.x),
                                 fixed(p.y * m_scale - 0.5 - box.y));
        cv::Mat mask = freshMask(box.size());
        cv::polylines(mask, corners, false, cv::Scalar(255), thickness(width), cv::LINE_AA,
                      subPixelBits);
        blend(box, mask, stroke);
    }

    void text(Place baseline, const std::string& utf8, const TextStyle& style) override {
        const double size = style.size * m_scale;
        TextMask mask = m_font.render(utf8, size, style.bold,
                                      style.halo.alpha > 0 ? style.haloWidth * m_scale : 0);
        const double length = m_font.width(utf8, size, style.bold);
        const double shift = style.anchor == Anchor::Begin    ? 0
                             : style.anchor == Anchor::Middle ? length / 2
                                                              : length;
        const cv::Rect whole(static_cast<int>(std::lround(baseline.x * m_scale - shift)) +
                                 mask.left,
                             static_cast<int>(std::lround(baseline.y * m_scale)) + mask.top,
                             mask.width, mask.height);
        const cv::Rect box = whole & m_clip;
        if (box.empty())
            return;
        const auto draw = [&](std::vector<std::uint8_t>& coverage, Ink ink) {
            const cv::Mat all(mask.height, mask.width, CV_8U, coverage.data());
            blend(box, all(cv::Rect(box.x - whole.x, box.y - whole.y, box.width, box.height)), ink);
        };
        draw(mask.halo, style.halo);
        draw(mask.ink, style.ink);
    }

    std::string finish() override {
        cv::Mat small = m_image;
        if (m_scale > 1)
            cv::resize(m_image, small, {m_width, m_height}, 0, 0, cv::INTER_AREA);
        std::vector<uchar> bytes;
        if (!cv::imencode(".png", small, bytes))
            throw Error({}, "disk picture", "the PNG encoder failed");
        return {bytes.begin(), bytes.end()};
    }

private:
    /// OpenCV draws circles with corners every few degrees, which shows in large ones.
    void ring(const Circle& circle) {
        const int corners =
            std::clamp(static_cast<int>(std::sqrt(circle.radius * m_scale) * 40), 360, 20000);
        std::vector<Place> points;
        for (int k = 0; k <= corners; ++k) {
            const double angle = 2 * std::numbers::pi * k / corners;
            points.push_back({circle.centre.x + circle.radius * std::cos(angle),
                              circle.centre.y + circle.radius * std::sin(angle)});
        }
        line(points, circle.stroke, circle.strokeWidth);
    }

    /// OpenCV's fixed-point coordinates; far away is cut off so that they can't overflow.
    static int fixed(double value) {
        return static_cast<int>(
            std::lround(std::clamp(value, -30000.0, 30000.0) * (1 << subPixelBits)));
    }
    static int bounded(double value) { return static_cast<int>(std::clamp(value, -1e6, 1e6)); }
    [[nodiscard]] int thickness(double width) const {
        return std::max(1, static_cast<int>(std::lround(width * m_scale)));
    }
    [[nodiscard]] cv::Rect around(double x, double y, double reach) const {
        return cv::Rect(cv::Point(bounded(x - reach), bounded(y - reach)),
                        cv::Point(bounded(x + reach) + 2, bounded(y + reach) + 2)) &
               m_clip;
    }
    /// All zero; the memory is kept from one mark to the next.
    cv::Mat freshMask(cv::Size size) {
        if (m_mask.cols < size.width || m_mask.rows < size.height)
            m_mask.create(std::max(m_mask.rows, size.height), std::max(m_mask.cols, size.width),
                          CV_8U);
        cv::Mat mask = m_mask(cv::Rect({0, 0}, size));
        mask.setTo(cv::Scalar(0));
        return mask;
    }
    void blend(const cv::Rect& box, const cv::Mat& mask, Ink ink) {
        const cv::Vec3b colour = bgr(ink.rgb);
        const int alpha = static_cast<int>(std::lround(std::clamp(ink.alpha, 0.0, 1.0) * 256));
        for (int y = 0; y < box.height; ++y) {
            const uchar* cover = mask.ptr<uchar>(y);
            auto* pixel = m_image.ptr<cv::Vec3b>(box.y + y) + box.x;
            for (int x = 0; x < box.width; ++x) {
                if (cover[x] == 0)
                    continue;
                const int weight = cover[x] * alpha; // of 255 * 256
                for (int c = 0; c < 3; ++c)
                    pixel[x][c] = static_cast<uchar>(
                        (pixel[x][c] * (65280 - weight) + colour[c] * weight + 32640) / 65280);
            }
        }
    }

    const Font& m_font;
    int m_width, m_height, m_scale;
    cv::Mat m_image;
    cv::Mat m_mask;
    cv::Rect m_clip;
};

} // namespace

std::unique_ptr<Canvas> rasterCanvas(int width, int height, const Font& font) {
    return std::make_unique<RasterCanvas>(width, height, font);
}

} // namespace hmgrl::picture
