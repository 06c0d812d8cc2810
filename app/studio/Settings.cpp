#include "studio/Settings.h"

#include <QFileInfo>

namespace hmgrl::studio {
namespace {

constexpr int recentLimit = 10;
/// Raised when the docks change, so that an old layout isn't applied to new ones.
constexpr int layoutVersion = 2;

QString key(const char* name) {
    return QStringLiteral("window%1/%2").arg(layoutVersion).arg(QLatin1String(name));
}

} // namespace

Settings::Settings(const QString& path)
    : m_settings(path.isEmpty() ? std::make_unique<QSettings>()
                                : std::make_unique<QSettings>(path, QSettings::IniFormat)) {}

bool Settings::dark() const {
    return m_settings->value(QStringLiteral("dark"), false).toBool();
}
void Settings::setDark(bool dark) {
    m_settings->setValue(QStringLiteral("dark"), dark);
}

QByteArray Settings::geometry() const {
    return m_settings->value(key("geometry")).toByteArray();
}
QByteArray Settings::layout() const {
    return m_settings->value(key("layout")).toByteArray();
}
QByteArray Settings::splitter() const {
    return m_settings->value(key("splitter")).toByteArray();
}

void Settings::setWindow(const QByteArray& geometry, const QByteArray& layout,
                         const QByteArray& splitter) {
    m_settings->setValue(key("geometry"), geometry);
    m_settings->setValue(key("layout"), layout);
    m_settings->setValue(key("splitter"), splitter);
}

QVariantMap Settings::diskChoices() const {
    return m_settings->value(QStringLiteral("disk")).toMap();
}
void Settings::setDiskChoices(const QVariantMap& choices) {
    m_settings->setValue(QStringLiteral("disk"), choices);
}

QStringList Settings::recentProjects() const {
    QStringList existing;
    for (const QString& path : m_settings->value(QStringLiteral("recent")).toStringList())
        if (QFileInfo::exists(path))
            existing << path;
    return existing;
}

void Settings::addRecentProject(const QString& path) {
    QStringList recent = m_settings->value(QStringLiteral("recent")).toStringList();
    recent.removeAll(path);
    recent.prepend(path);
    m_settings->setValue(QStringLiteral("recent"), recent.mid(0, recentLimit));
}

} // namespace hmgrl::studio
