#pragma once

#include "extraction/CategorySpace.h"
#include "extraction/Engine.h"
#include "extraction/Retrainer.h"
#include "support/Cancel.h"
#include "support/Progress.h"
#include "workflow/DiskData.h"
#include "workflow/ProjectThread.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace hmgrl {

/// The long works of a session, without Qt. Each runs on a work thread, reaches the project through
/// its link in small transactions, reports progress and throws Cancelled soon after the token is
/// raised.

/// The category space that counts now. Extraction ranks with the one it began with and ranks again
/// when a category was added meanwhile.
class SpaceSlot {
public:
    [[nodiscard]] std::shared_ptr<const CategorySpace> get() const;
    void set(std::shared_ptr<const CategorySpace> space);

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const CategorySpace> m_space;
};

/// Told after each transaction which documents it changed.
using DocumentsSink = std::function<void(std::vector<std::int64_t>)>;

struct ImportJob {
    std::string source;
    std::string format;              ///< empty: recognised
    std::filesystem::path downloads; ///< folder of images from the web
    std::filesystem::path images;    ///< see ImportOptions::imageFolder; may be empty
};
/// Stores the documents of a source with their thumbnails; returns what was bad.
[[nodiscard]] Issues importDocuments(const ProjectLink& project, const ImportJob& job,
                                     const DocumentsSink& changed, const CancelToken& cancel,
                                     const ProgressSink& progress);

/// Extracts every document that has no predictions of this model. Returns what was bad.
[[nodiscard]] Issues extractDocuments(const ProjectLink& project, const Engine& engine,
                                      const SpaceSlot& space, const DocumentsSink& changed,
                                      const CancelToken& cancel, const ProgressSink& progress);

/// The disk of one kind from stored places, or from a new layout by the project's method when
/// `fresh` or too few are stored; new places are stored.
[[nodiscard]] DiskData layDisk(const ProjectLink& project, const CategorySpace& space,
                               CategoryKind kind, bool fresh, const CancelToken& cancel,
                               const ProgressSink& progress);

/// A new layout by these options, which becomes the project's method. It is turned to lie as the
/// stored one does, and so are the pictures on the way, which have a place for every row of the
/// scene; cancelled, the best so far is kept and stored. @throws Cancelled when there was no
/// picture yet
[[nodiscard]] DiskData relayDisk(const ProjectLink& project, const CategorySpace& space,
                                 CategoryKind kind, const LayoutOptions& options,
                                 const CancelToken& cancel, const PictureSink& pictures,
                                 const ProgressSink& progress);

struct SpaceChange {
    std::shared_ptr<const CategorySpace> space;
    DiskData entities, relations;
};
/// The space of the project's categories as they are now; stored latents are ranked again and the
/// slot, in the same turn of the project thread, is set; new prototypes are placed among the
/// others.
[[nodiscard]] SpaceChange renewSpace(const ProjectLink& project, const Engine& engine,
                                     SpaceSlot& slot, const CancelToken& cancel);

/// Suggestions whose best category is now `category`, most certain first. Latents are left out.
[[nodiscard]] std::vector<SampleRow> claimsOf(const DiskData& disk, const std::string& category);

/// Retrains on the documents that carry accepted labels; the candidate lies in FOLDER/<model hash>.
[[nodiscard]] RetrainReport
retrainOnProject(const ProjectLink& project, const std::filesystem::path& base,
                 const RetrainOptions& options, const std::filesystem::path& folder,
                 const CancelToken& cancel, const ProgressSink& progress);

} // namespace hmgrl
