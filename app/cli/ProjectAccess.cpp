#include "cli/ProjectAccess.h"

#include "workflow/Shipped.h"

namespace hmgrl::cli {

ProjectAccess::ProjectAccess(const std::filesystem::path& path, bool create)
    : m_path(path) {
    auto project =
        create && !std::filesystem::exists(path) ? Project::create(path) : Project::open(path);
    // std::function copies: the project moves in through a shared holder.
    auto holder = std::make_shared<std::unique_ptr<Project>>(std::move(project));
    m_thread.post([holder](ProjectThread::Slot& slot) {
        slot.project = std::move(*holder);
        slot.generation = 1;
    });
    m_link.emplace(m_thread, 1);
}

std::filesystem::path ProjectAccess::modelFolder(const Context& context) const {
    const auto accepted = call([](Project& p) { return p.setting("model").value_or(""); });
    if (context.model.empty() && !accepted.empty())
        return m_path.parent_path() / accepted;
    return cli::modelFolder(context);
}

std::shared_ptr<const Engine> ProjectAccess::loadEngine(const Context& context) const {
    auto engine = Engine::load(modelFolder(context), engineOptions(context));
    call([&](Project& p) {
        if (p.isReadOnly())
            return;
        p.addModelCategories(engine->categories());
        p.setSetting("model_hash", engine->modelHash());
    });
    return engine;
}

std::filesystem::path modelFolder(const Context& context) {
    if (!context.model.empty())
        return context.model;
    auto shipped = shippedModel();
    if (shipped.empty())
        throw Error("no model: the shipped checkpoint was not found, name one with --model");
    return shipped;
}

EngineOptions engineOptions(const Context& context) {
    EngineOptions options;
    options.threads = context.threads;
    options.device = context.device;
    return options;
}

} // namespace hmgrl::cli
