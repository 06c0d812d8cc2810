#pragma once

#include "cli/Command.h"
#include "extraction/Engine.h"
#include "workflow/Jobs.h"

#include <memory>
#include <optional>

namespace hmgrl::cli {

/// A project opened for one subcommand: its thread and the link that the workflow's jobs want.
class ProjectAccess {
public:
    /// Opens; with `create` an absent file is made. @throws Error
    explicit ProjectAccess(const std::filesystem::path& path, bool create = false);

    [[nodiscard]] const ProjectLink& link() const { return *m_link; }
    template <typename Job>
    auto call(Job job) const {
        return m_link->call(std::move(job));
    }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

    /// --model, else the project's accepted checkpoint, else the shipped one.
    [[nodiscard]] std::filesystem::path modelFolder(const Context& context) const;
    /// Loads the model and makes its categories known to the project.
    [[nodiscard]] std::shared_ptr<const Engine> loadEngine(const Context& context) const;

private:
    std::filesystem::path m_path;
    ProjectThread m_thread;
    std::optional<ProjectLink> m_link;
};

/// The checkpoint for commands without a project. @throws Error when there is none
[[nodiscard]] std::filesystem::path modelFolder(const Context& context);
[[nodiscard]] EngineOptions engineOptions(const Context& context);

} // namespace hmgrl::cli
