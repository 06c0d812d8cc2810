#include "cli/Command.h"

namespace hmgrl::cli {

std::vector<Register> commands() {
    return {addTrain};
}

} // namespace hmgrl::cli
