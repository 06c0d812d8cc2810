#include "cli/ProjectAccess.h"

#include "data/Palette.h"
#include "support/Text.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace hmgrl::cli {
namespace {

struct AddArguments {
    std::string project, name, kind = "entity", description, parent;
    std::vector<std::string> heads, tails;
    bool json = false;
    std::size_t claims = 20;
};

/// The words of a mention, "head -> tail" of a relation.
std::string mentionText(const Document& document, std::int64_t row, CategoryKind kind) {
    const auto text = [&](const Mention& mention) {
        return substring(document.text, mention.span.begin, mention.span.end);
    };
    if (kind == CategoryKind::Entity) {
        for (const Mention& mention : document.mentions)
            if (mention.id == row)
                return text(mention);
    } else {
        for (const Relation& relation : document.relations)
            if (relation.id == row)
                return text(document.mentions[static_cast<std::size_t>(relation.head)]) + " -> " +
                       text(document.mentions[static_cast<std::size_t>(relation.tail)]);
    }
    return {};
}

nlohmann::json claimToJson(const SampleRow& claim, const Document& document) {
    return {{"document", document.key},
            {"text", mentionText(document, claim.id, claim.kind)},
            {"score", claim.candidates.front().score},
            {"distance", claim.candidates.front().distance}};
}

ExitCode add(const Context& context, const AddArguments& args) {
    const ProjectAccess project(args.project);
    const auto engine = project.loadEngine(context);
    Category category{
        categoryKindFromString(args.kind), args.name, args.description, args.parent, false, 0};
    category.heads = args.heads;
    category.tails = args.tails;
    project.call([&](Project& p) {
        const auto all = p.categories();
        category.colour = newcomerColour(category, all);
        p.edit("Add category " + category.name,
               [&](Editor& editor) { editor.addCategory(category); });
    });
    SpaceSlot slot;
    const SpaceChange change = renewSpace(project.link(), *engine, slot, context.cancel);
    const DiskData& disk =
        category.kind == CategoryKind::Entity ? change.entities : change.relations;
    const auto claims = claimsOf(disk, category.name);
    const int row = disk.prototypeRow(category.name);
    const DiskPoint place =
        row >= 0 && disk.isPlaced() ? disk.where[static_cast<std::size_t>(row)] : DiskPoint{};
    nlohmann::json list = nlohmann::json::array();
    for (std::size_t i = 0; i < std::min(claims.size(), args.claims); ++i)
        list.push_back(claimToJson(
            claims[i], project.call([&](Project& p) { return p.document(claims[i].document); })));
    if (args.json) {
        const nlohmann::json out = {{"category", category.name},
                                    {"claims", claims.size()},
                                    {"prototype", {{"r", place.r}, {"theta", place.theta}}},
                                    {"best", list}};
        std::printf("%s\n", out.dump(1).c_str());
        return Done;
    }
    std::printf("%s \"%s\": prototype at r %.3f, angle %.3f; %zu claims\n", args.kind.c_str(),
                category.name.c_str(), place.r, place.theta, claims.size());
    for (const auto& claim : list)
        std::printf("  %.3f  %s  (%s)\n", claim["score"].get<double>(),
                    claim["text"].get<std::string>().c_str(),
                    claim["document"].get<std::string>().c_str());
    return Done;
}

ExitCode list(const std::string& path, bool asJson) {
    const ProjectAccess project(path);
    nlohmann::json out = nlohmann::json::array();
    project.call([&](Project& p) {
        std::map<std::pair<CategoryKind, std::string>, int> counts;
        for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation})
            for (const auto& [name, count] : p.categoryCounts(kind))
                counts[{kind, name}] = count;
        for (const Category& category : p.categories())
            out.push_back({{"kind", toString(category.kind)},
                           {"name", category.name},
                           {"parent", category.parent},
                           {"seen", category.seen},
                           {"count", counts[{category.kind, category.name}]},
                           {"description", category.description},
                           {"heads", category.heads},
                           {"tails", category.tails}});
    });
    if (asJson) {
        std::printf("%s\n", out.dump(1).c_str());
        return Done;
    }
    for (const auto& row : out)
        std::printf("%-9s %-6s %5d  %s\n", row["kind"].get<std::string>().c_str(),
                    row["seen"].get<bool>() ? "seen" : "unseen", row["count"].get<int>(),
                    row["name"].get<std::string>().c_str());
    return Done;
}

void registerAdd(CLI::App& group, const std::function<void(Action)>& choose) {
    auto* command =
        group.add_subcommand("add", "Define an unseen category and list what it claims");
    auto args = std::make_shared<AddArguments>();
    command->add_option("PROJECT", args->project, "Project file (*.hmgrl)")->required();
    command->add_option("NAME", args->name, "Name, e.g. facility/lighthouse")->required();
    command->add_option("--kind", args->kind, "entity or relation")
        ->check(CLI::IsMember({"entity", "relation"}));
    command->add_option("--description", args->description, "A sentence: the model reads it");
    command->add_option("--parent", args->parent, "Category above it");
    command->add_option("--heads", args->heads, "Relations: entity types they go from [any]")
        ->delimiter(',');
    command->add_option("--tails", args->tails, "Relations: entity types they go to [any]")
        ->delimiter(',');
    command->add_option("--claims", args->claims, "How many claims are listed");
    command->add_flag("--json", args->json, "As JSON");
    command->callback(
        [args, choose] { choose([args](Context& context) { return add(context, *args); }); });
}

void registerList(CLI::App& group, const std::function<void(Action)>& choose) {
    auto* command = group.add_subcommand("list", "List the categories of a project");
    auto path = std::make_shared<std::string>();
    auto json = std::make_shared<bool>(false);
    command->add_option("PROJECT", *path, "Project file (*.hmgrl)")->required();
    command->add_flag("--json", *json, "As JSON");
    command->callback(
        [path, json, choose] { choose([path, json](Context&) { return list(*path, *json); }); });
}

} // namespace

void addCategory(CLI::App& parent, std::function<void(Action)> choose) {
    auto* group = parent.add_subcommand("category", "Define and list categories");
    group->require_subcommand(1);
    registerAdd(*group, choose);
    registerList(*group, choose);
}

} // namespace hmgrl::cli
