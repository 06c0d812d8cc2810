#include "cli/ProjectAccess.h"

#include "interchange/JsonText.h"
#include "interchange/Jsonl.h"

#include <cstdio>
#include <iostream>

namespace hmgrl::cli {
namespace {

constexpr std::size_t linesAtOnce = 64; ///< bounds memory when a pipe never ends

/// The document with the extraction's mentions and relations added as suggestions.
Document withSuggestions(Document document, const Extraction& extraction) {
    const auto typed = [](auto& item, const std::vector<Candidate>& candidates) {
        item.candidates = candidates;
        if (candidates.empty())
            return;
        item.type = candidates.front().category;
        item.score = candidates.front().score;
    };
    for (std::size_t m = 0; m < extraction.mentions.size(); ++m) {
        const MentionPrediction& found = extraction.mentions[m];
        if (found.given) {
            document.mentions[m].candidates = found.candidates;
            continue;
        }
        Mention mention;
        mention.span = found.span;
        mention.status = Status::Suggested;
        typed(mention, found.candidates);
        document.mentions.push_back(std::move(mention));
    }
    for (const RelationPrediction& found : extraction.relations) {
        if (found.given)
            continue;
        Relation relation;
        relation.head = found.head;
        relation.tail = found.tail;
        relation.status = Status::Suggested;
        typed(relation, found.candidates);
        document.relations.push_back(std::move(relation));
    }
    return document;
}

/// Standard input to standard output, a group of lines at a time.
ExitCode extractLines(const Context& context) {
    const auto engine = Engine::load(modelFolder(context), engineOptions(context));
    const auto space = engine->space(engine->categories(), context.cancel);
    Issues issues;
    std::vector<Document> group;
    const auto flush = [&] {
        engine->extract(
            group, *space,
            [&](std::size_t i, Extraction extraction) {
                issues.insert(issues.end(), extraction.issues.begin(), extraction.issues.end());
                std::cout << documentToJsonLine(withSuggestions(group[i], extraction)) << '\n';
            },
            context.cancel);
        std::cout.flush();
        group.clear();
    };
    std::string line;
    for (int number = 1; std::getline(std::cin, line); ++number) {
        context.cancel.throwIfCancelled();
        if (line.empty())
            continue;
        const std::string place = "line " + std::to_string(number);
        try {
            group.push_back(documentFromJson(parseJson(line), std::filesystem::current_path(),
                                             "standard input", place, issues));
        } catch (const Error& fault) {
            issues.push_back({"standard input", place, fault.issue().reason});
        }
        if (group.size() >= linesAtOnce)
            flush();
    }
    flush();
    return Context::report(issues);
}

ExitCode extractProject(const Context& context, const std::string& path) {
    const ProjectAccess project(path);
    const auto engine = project.loadEngine(context);
    SpaceSlot slot;
    slot.set(
        engine->space(project.call([](Project& p) { return p.categories(); }), context.cancel));
    std::size_t documents = 0;
    const Issues issues = extractDocuments(
        project.link(), *engine, slot,
        [&](const std::vector<std::int64_t>& ids) { documents += ids.size(); }, context.cancel,
        context.progress());
    for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation})
        (void)layDisk(project.link(), *slot.get(), kind, documents > 0, context.cancel,
                      context.progress());
    const ExitCode code = Context::report(issues);
    std::printf("%zu documents extracted, %zu issues\n", documents, issues.size());
    return code;
}

} // namespace

void addExtract(CLI::App& parent, std::function<void(Action)> choose) {
    struct Arguments {
        std::string project;
        bool jsonl = false;
    };
    auto* command = parent.add_subcommand(
        "extract",
        "Extract mentions and relations of a project, or of JSON lines from standard input");
    auto args = std::make_shared<Arguments>();
    auto* project = command->add_option("PROJECT", args->project, "Project file (*.hmgrl)");
    auto* jsonl = command->add_flag("--jsonl", args->jsonl,
                                    "JSON lines from standard input to standard output");
    project->excludes(jsonl);
    command->callback([args, choose] {
        if (args->project.empty() && !args->jsonl)
            throw CLI::RequiredError("PROJECT or --jsonl");
        choose([args](Context& context) {
            return args->jsonl ? extractLines(context) : extractProject(context, args->project);
        });
    });
}

} // namespace hmgrl::cli
