#include "cli/Command.h"

namespace hmgrl::cli {

std::vector<Register> commands() {
    return {addImport, addExtract, addTrain,  addEvaluate, addExperiment, addCategory, addRetrain,
            addLayout, addRender,  addReport, addExport,   addEmbeddings, addInfo};
}

} // namespace hmgrl::cli
