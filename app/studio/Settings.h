#pragma once

#include <QSettings>
#include <QStringList>
#include <QVariantMap>
#include <memory>

namespace hmgrl::studio {

/// What the program remembers of its user. One object, made in main and passed on; tests give a
/// file of their own.
class Settings {
public:
    /// Empty path: the user's settings.
    explicit Settings(const QString& path = {});

    [[nodiscard]] bool dark() const;
    void setDark(bool dark);

    [[nodiscard]] QByteArray geometry() const;
    [[nodiscard]] QByteArray layout() const;
    [[nodiscard]] QByteArray splitter() const;
    void setWindow(const QByteArray& geometry, const QByteArray& layout,
                   const QByteArray& splitter);

    /// What the disk's colours, sizes and filters were; see DiskPane.
    [[nodiscard]] QVariantMap diskChoices() const;
    void setDiskChoices(const QVariantMap& choices);

    /// Newest first, at most ten, only files that exist.
    [[nodiscard]] QStringList recentProjects() const;
    void addRecentProject(const QString& path);

private:
    std::unique_ptr<QSettings> m_settings;
};

} // namespace hmgrl::studio
