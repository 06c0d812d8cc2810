#pragma once

#include "TemporaryFolder.h"
#include "workflow/ProjectThread.h"

#include <gtest/gtest.h>

namespace hmgrl::test {

/// A project in a folder of its own, open on its thread.
class WorkflowFixture : public ::testing::Test {
protected:
    void open(std::unique_ptr<Project> project) {
        m_thread.post([held = std::make_shared<std::unique_ptr<Project>>(std::move(project))](
                          ProjectThread::Slot& slot) {
            slot.project = std::move(*held);
            slot.generation = 1;
        });
    }

    TemporaryFolder m_folder;
    ProjectThread m_thread;
    ProjectLink m_link{m_thread, 1};
};

} // namespace hmgrl::test
