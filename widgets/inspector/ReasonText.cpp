#include "inspector/ReasonText.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <array>
#include <cmath>

namespace hmgrl {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ReasonText)
};

constexpr double smallest = 0.05; ///< of a part that is worth a word

QString signedNumber(double value) {
    const QString digits = QLocale().toString(std::abs(value), 'f', 1);
    return (value < 0 ? QStringLiteral("\u2212") : QStringLiteral("+")) + digits;
}

using Parts = std::array<std::pair<QString, double>, 4>;

Parts partsOf(const CategorySpace::Reason& reason) {
    return {{{Words::tr("nearness"), reason.nearness},
             {Words::tr("words"), reason.words},
             {Words::tr("argument types"), reason.arguments},
             {Words::tr("calibration"), reason.calibration}}};
}

QString joined(const Parts& parts) {
    QStringList out;
    for (const auto& [name, value] : parts)
        if (std::abs(value) >= smallest)
            out += name + QStringLiteral("\u00a0") + signedNumber(value);
    return out.join(QStringLiteral("\u00a0\u00b7 "));
}

} // namespace

QString reasonText(const CategorySpace::Reason& reason) {
    return joined(partsOf(reason));
}

QString leadText(const std::vector<CategoryFact>& best) {
    if (best.size() < 2 || !best[0].reason || !best[1].reason)
        return {};
    const CategorySpace::Reason& a = *best[0].reason;
    const CategorySpace::Reason& b = *best[1].reason;
    Parts parts = partsOf({a.nearness - b.nearness, a.words - b.words, a.arguments - b.arguments,
                           a.calibration - b.calibration});
    std::stable_sort(parts.begin(), parts.end(),
                     [](const auto& x, const auto& y) { return x.second > y.second; });
    const QString differences = joined(parts);
    return differences.isEmpty()
               ? QString()
               : Words::tr("Ahead of \u201c%1\u201d: %2", "%2: words +2.1, nearness −0.4, ...")
                     .arg(best[1].label, differences);
}

} // namespace hmgrl
