// Keeps one window while the tests run: an X server that loses its last client starts afresh, and
// who connects in that moment fails.
#include <cstdlib>
#include <gtest/gtest.h>
#include <vtkRenderWindow.h>
#include <vtkSmartPointer.h>

namespace {

class Display final : public testing::Environment {
public:
    void SetUp() override {
        if (std::getenv("DISPLAY") == nullptr)
            return;
        m_window = vtkSmartPointer<vtkRenderWindow>::New();
        m_window->SetOffScreenRendering(1);
        m_window->SetSize(8, 8);
        m_window->Render();
    }
    void TearDown() override { m_window = nullptr; }

private:
    vtkSmartPointer<vtkRenderWindow> m_window;
};

[[maybe_unused]] const auto* const registered = testing::AddGlobalTestEnvironment(new Display);

} // namespace
