#include "data/Palette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <optional>
#include <set>
#include <string>

namespace hmgrl {
namespace {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

Triple operator*(const Matrix& m, const Triple& v) {
    Triple out{};
    for (std::size_t i = 0; i < 3; ++i)
        out[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
    return out;
}

double toLinear(double v) {
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}
double fromLinear(double v) {
    return v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}

Triple linearOf(std::uint32_t rgb) {
    const auto channel = [rgb](int shift) { return toLinear((rgb >> shift & 0xFFu) / 255.0); };
    return {channel(16), channel(8), channel(0)};
}

std::uint32_t packed(const Triple& linear) {
    std::uint32_t rgb = 0;
    for (const double v : linear)
        rgb = rgb << 8 |
              static_cast<std::uint32_t>(std::lround(fromLinear(std::clamp(v, 0.0, 1.0)) * 255));
    return rgb;
}

// Linear sRGB to cone responses and their cube roots to OKLab; with the inverses.
constexpr Matrix toCones = {{{0.4122214708, 0.5363325363, 0.0514459929},
                             {0.2119034982, 0.6806995451, 0.1073969566},
                             {0.0883024619, 0.2817188376, 0.6299787005}}};
constexpr Matrix fromCones = {{{4.0767416621, -3.3077115913, 0.2309699292},
                               {-1.2684380046, 2.6097574011, -0.3413193965},
                               {-0.0041960863, -0.7034186147, 1.7076147010}}};
constexpr Matrix toLab = {{{0.2104542553, 0.7936177850, -0.0040720468},
                           {1.9779984951, -2.4285922050, 0.4505937099},
                           {0.0259040371, 0.7827717662, -0.8086757660}}};
constexpr Matrix fromLab = {{{1, 0.3963377774, 0.2158037573},
                             {1, -0.1055613458, -0.0638541728},
                             {1, -0.0894841775, -1.2914855480}}};

Triple linearOf(const Oklab& colour) {
    Triple cones = fromLab * Triple{colour.lightness, colour.a, colour.b};
    for (double& v : cones)
        v = v * v * v;
    return fromCones * cones;
}

bool fits(const Triple& linear) {
    return std::all_of(linear.begin(), linear.end(),
                       [](double v) { return v > -1e-4 && v < 1 + 1e-4; });
}

Oklab polar(double lightness, double chroma, double degrees) {
    const double h = degrees * std::numbers::pi / 180;
    return {lightness, chroma * std::cos(h), chroma * std::sin(h)};
}

const Matrix& deficiency(ColourVision vision) {
    static constexpr Matrix full = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    static constexpr Matrix protan = {{{0.152286, 1.052583, -0.204868},
                                       {0.114503, 0.786281, 0.099216},
                                       {-0.003882, -0.048116, 1.051998}}};
    static constexpr Matrix deutan = {{{0.367322, 0.860646, -0.227968},
                                       {0.280085, 0.672501, 0.047413},
                                       {-0.011820, 0.042940, 0.968881}}};
    static constexpr Matrix tritan = {{{1.255528, -0.076749, -0.178779},
                                       {-0.078411, 0.930809, 0.147602},
                                       {0.004733, 0.691367, 0.303900}}};
    switch (vision) {
    case ColourVision::Protanopia:
        return protan;
    case ColourVision::Deuteranopia:
        return deutan;
    case ColourVision::Tritanopia:
        return tritan;
    case ColourVision::Full:
        break;
    }
    return full;
}

/// Categories of one kind in the order of a walk through the tree, branch by branch.
class Branches {
public:
    explicit Branches(std::span<const Category* const> categories)
        : m_all(categories)
        , m_branch(categories.size(), 0)
        , m_size() {
        std::map<std::string, std::size_t> byName;
        for (std::size_t i = 0; i < m_all.size(); ++i)
            byName.emplace(m_all[i]->name, i);
        std::map<std::size_t, std::size_t> branchOfRoot;
        for (std::size_t i = 0; i < m_all.size(); ++i) {
            const std::size_t root = rootOf(i, byName);
            const auto [found, isNew] = branchOfRoot.emplace(root, m_size.size());
            if (isNew)
                m_size.push_back(0);
            m_branch[i] = found->second;
            m_place.push_back(m_size[found->second]++);
        }
    }

    [[nodiscard]] std::size_t count() const { return m_size.size(); }
    [[nodiscard]] std::size_t size(std::size_t branch) const { return m_size[branch]; }
    [[nodiscard]] std::size_t branch(std::size_t i) const { return m_branch[i]; }
    [[nodiscard]] std::size_t place(std::size_t i) const { return m_place[i]; } ///< in its branch

private:
    /// Stops at unknown parents, and after as many steps as there are categories: at a cycle.
    [[nodiscard]] std::size_t rootOf(std::size_t i,
                                     const std::map<std::string, std::size_t>& byName) const {
        for (std::size_t step = 0; step < m_all.size(); ++step) {
            const auto parent = byName.find(m_all[i]->parent);
            if (m_all[i]->parent.empty() || parent == byName.end())
                return i;
            i = parent->second;
        }
        return i;
    }

    std::span<const Category* const> m_all;
    std::vector<std::size_t> m_branch, m_place, m_size;
};

/// How many hues each branch gets: one, and further ones for those with the most members a hue.
std::vector<std::size_t> hueCounts(const Branches& branches) {
    std::vector<std::size_t> hues(branches.count(), 1);
    const auto load = [&](std::size_t b) {
        return static_cast<double>(branches.size(b)) / static_cast<double>(hues[b]);
    };
    for (std::size_t used = hues.size(); used < paletteHues && !hues.empty(); ++used) {
        std::size_t fullest = 0;
        for (std::size_t b = 1; b < hues.size(); ++b)
            if (load(b) > load(fullest))
                fullest = b;
        if (load(fullest) <= static_cast<double>(markCount))
            break;
        ++hues[fullest];
    }
    return hues;
}

/// A place in the palette: the member-th of those that share a hue.
struct Slot {
    std::size_t hue, member;
    [[nodiscard]] std::size_t mark() const { return member % markCount; }
    /// Siblings that follow each other differ; a mark comes back in another shade.
    [[nodiscard]] std::size_t level() const { return (member + member / markCount) % 3 + rest(); }
    [[nodiscard]] std::size_t rest() const { return member / (3 * markCount) * 3; }
};

std::vector<Slot> slotsOf(std::span<const Category* const> categories) {
    const Branches branches(categories);
    const std::vector<std::size_t> hues = hueCounts(branches);
    std::vector<std::size_t> first(hues.size(), 0);
    std::exclusive_scan(hues.begin(), hues.end(), first.begin(), std::size_t{0});
    std::array<std::size_t, paletteHues> used{};
    std::vector<Slot> slots;
    for (std::size_t i = 0; i < categories.size(); ++i) {
        const std::size_t branch = branches.branch(i);
        const std::size_t share = branches.place(i) * hues[branch] / branches.size(branch);
        const std::size_t hue = (first[branch] + share) % paletteHues;
        slots.push_back({hue, used[hue]++});
    }
    return slots;
}

} // namespace

Oklab toOklab(std::uint32_t rgb) {
    Triple cones = toCones * linearOf(rgb);
    for (double& v : cones)
        v = std::cbrt(v);
    const Triple lab = toLab * cones;
    return {lab[0], lab[1], lab[2]};
}

std::uint32_t toRgb(const Oklab& colour) {
    double kept = 1;
    if (!fits(linearOf(colour))) {
        double low = 0, high = 1;
        for (int step = 0; step < 20; ++step) {
            kept = (low + high) / 2;
            (fits(linearOf({colour.lightness, colour.a * kept, colour.b * kept})) ? low : high) =
                kept;
        }
        kept = low;
    }
    return packed(linearOf({colour.lightness, colour.a * kept, colour.b * kept}));
}

double colourDistance(std::uint32_t a, std::uint32_t b) {
    const Oklab x = toOklab(a), y = toOklab(b);
    return std::hypot(x.lightness - y.lightness, x.a - y.a, x.b - y.b);
}

std::uint32_t seenBy(ColourVision vision, std::uint32_t rgb) {
    return packed(deficiency(vision) * linearOf(rgb));
}

std::uint32_t paletteShade(std::size_t hue, std::size_t level) {
    // Found by a search over OKLCH for the largest least distance under the three deficiencies,
    // hues held apart for the full eye, contrast at least 2 on white and on the dark surface.
    static constexpr std::array<Triple, paletteHues> pure = {{{0.61, 0.15, 246},
                                                              {0.52, 0.15, 42},
                                                              {0.52, 0.09, 168},
                                                              {0.76, 0.12, 96},
                                                              {0.49, 0.15, 300},
                                                              {0.61, 0.15, 342},
                                                              {0.76, 0.12, 192},
                                                              {0.70, 0.09, 30},
                                                              {0.64, 0.15, 120},
                                                              {0.73, 0.12, 276}}};
    // Lightness added and chroma multiplied, level by level.
    static constexpr std::array<std::array<double, 2>, 6> shades = {
        {{0, 1}, {0.075, 0.85}, {-0.075, 0.95}, {0.035, 0.6}, {-0.035, 0.65}, {0.11, 0.6}}};
    const Triple& base = pure[hue % paletteHues];
    const auto& shade = shades[level % shades.size()];
    // Beyond all shades the hue turns a little with every round.
    const double turn = 11.0 * static_cast<double>(level / shades.size());
    return toRgb(polar(base[0] + shade[0], base[1] * shade[1], base[2] + turn));
}

std::uint32_t newcomerColour(const Category& newcomer, std::span<const Category> others) {
    constexpr std::size_t levels = 6;
    std::set<std::uint32_t> used;
    std::optional<std::uint32_t> parent;
    for (const Category& other : others)
        if (other.kind == newcomer.kind) {
            used.insert(other.colour);
            if (other.name == newcomer.parent)
                parent = other.colour;
        }
    for (std::size_t hue = 0; parent && hue < paletteHues; ++hue) {
        std::vector<std::uint32_t> shades;
        for (std::size_t level = 0; level < levels; ++level)
            shades.push_back(paletteShade(hue, level));
        if (std::find(shades.begin(), shades.end(), *parent) == shades.end())
            continue;
        for (const std::uint32_t shade : shades)
            if (!used.contains(shade))
                return shade;
    }
    std::size_t index = 0;
    while (index < used.size() && used.contains(paletteColour(index)))
        ++index;
    return paletteColour(index);
}

void assignPalette(std::vector<Category>& categories) {
    for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation}) {
        std::vector<const Category*> some;
        for (const Category& category : categories)
            if (category.kind == kind)
                some.push_back(&category);
        const std::vector<Slot> slots = slotsOf(some);
        auto slot = slots.begin();
        for (Category& category : categories)
            if (category.kind == kind) {
                category.colour = paletteShade(slot->hue, slot->level());
                ++slot;
            }
    }
}

std::vector<std::uint8_t> categoryMarks(std::span<const Category> categories) {
    constexpr double clear = 0.07; // told apart at the size of a mark
    std::vector<const Category*> all;
    for (const Category& category : categories)
        all.push_back(&category);
    const std::vector<Slot> slots = slotsOf(all);
    std::vector<std::uint8_t> marks;
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::array<double, markCount> apart;
        apart.fill(clear);
        for (std::size_t j = 0; j < i; ++j)
            apart[marks[j]] =
                std::min(apart[marks[j]], colourDistance(all[i]->colour, all[j]->colour));
        std::size_t best = slots[i].mark();
        for (std::size_t mark = 0; mark < markCount; ++mark)
            if (apart[mark] > apart[best])
                best = mark;
        marks.push_back(static_cast<std::uint8_t>(best));
    }
    return marks;
}

std::uint32_t scaleColour(double t) {
    const double at = std::clamp(t, 0.0, 1.0);
    // Around the wheel from violet over blue and green to yellow.
    return toRgb(polar(0.40 + 0.45 * at, 0.115 + 0.035 * at, 300 - 195 * at));
}

} // namespace hmgrl
