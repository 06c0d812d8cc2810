#pragma once

#include "interchange/Importer.h"

#include <memory>

/// The formats, one line each. X(Name) needs makeNameImporter() in a file of its own. A build that
/// only trains has those that training reads.
#ifdef HMGRL_TRAINER_ONLY
#define HMGRL_FORMATS(X)                                                                           \
    X(Jsonl)                                                                                       \
    X(Mnre)
#else
#define HMGRL_FORMATS(X)                                                                           \
    X(Jsonl)                                                                                       \
    X(Mnre)                                                                                        \
    X(Met)                                                                                         \
    X(Web)
#endif

namespace hmgrl {

#define HMGRL_DECLARE_FORMAT(Name) [[nodiscard]] std::unique_ptr<Importer> make##Name##Importer();
HMGRL_FORMATS(HMGRL_DECLARE_FORMAT)
#undef HMGRL_DECLARE_FORMAT

} // namespace hmgrl
