#pragma once

#include "disk/DiskWidget.h"
#include "disk/SampleScene.h"

#include <QApplication>
#include <QLineF>
#include <QMouseEvent>
#include <QTest>
#include <QWheelEvent>
#include <gtest/gtest.h>
#include <memory>

namespace hmgrl::test {

/// A disk on the screen, 800 x 600, once for each renderer.
class DiskTest : public ::testing::TestWithParam<DiskWidget::Renderer> {
protected:
    void SetUp() override {
        m_window.resize(800, 600);
        m_disk = new DiskWidget(&m_window, GetParam());
        m_disk->resize(800, 600);
        m_disk->setScene(sampleScene(400));
        m_window.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_window));
    }

    [[nodiscard]] const DiskController& view() const { return m_disk->controller(); }
    [[nodiscard]] QPointF at(int row) const {
        const auto [x, y] = view().toScreen(view().viewPoints()[static_cast<std::size_t>(row)]);
        return {x, y};
    }
    /// Where a centred point is on the screen: beside the legend.
    [[nodiscard]] QPointF centre() const {
        const auto [x, y] = view().viewportCentre();
        return {x, y};
    }
    /// A sample that no other point is picked instead of and that no overlay covers.
    [[nodiscard]] int lonelySample(int skip = 0) const {
        for (int row = 0; row < static_cast<int>(view().scene().size()); ++row) {
            const QPointF p = at(row);
            const bool free = QLineF(p, centre()).length() < 200;
            const bool sample =
                view().scene().kind[static_cast<std::size_t>(row)] == PointKind::Mention;
            if (free && sample && view().pick(p.x(), p.y(), 10) == row && skip-- == 0)
                return row;
        }
        return -1;
    }
    [[nodiscard]] int prototype(const char* label) const {
        const auto& labels = view().scene().labels;
        return static_cast<int>(std::find(labels.begin(), labels.end(), label) - labels.begin());
    }

    void mouse(QEvent::Type type, QPointF p, Qt::MouseButton button, Qt::MouseButtons buttons,
               Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QMouseEvent event(type, p, m_disk->mapToGlobal(p), button, buttons, modifiers);
        QApplication::sendEvent(m_disk, &event);
    }
    void press(QPointF p, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        mouse(QEvent::MouseButtonPress, p, Qt::LeftButton, Qt::LeftButton, modifiers);
    }
    void moveTo(QPointF p, bool pressed, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        mouse(QEvent::MouseMove, p, Qt::NoButton, pressed ? Qt::LeftButton : Qt::NoButton,
              modifiers);
    }
    void release(QPointF p, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        mouse(QEvent::MouseButtonRelease, p, Qt::LeftButton, Qt::NoButton, modifiers);
    }
    void click(QPointF p, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        press(p, modifiers);
        release(p, modifiers);
    }
    void doubleClick(QPointF p) {
        click(p);
        mouse(QEvent::MouseButtonDblClick, p, Qt::LeftButton, Qt::LeftButton);
        release(p);
    }
    void wheel(QPointF p, int notches) {
        QWheelEvent event(p, m_disk->mapToGlobal(p), {}, {0, 120 * notches}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_disk, &event);
    }
    void lasso(QPointF middle, double radius, Qt::KeyboardModifiers modifiers) {
        const auto corner = [&](int i) {
            const double angle = 0.1 + 2 * M_PI * i / 48;
            return middle + radius * QPointF(std::cos(angle), std::sin(angle));
        };
        press(corner(0), modifiers);
        for (int i = 1; i < 48; ++i)
            moveTo(corner(i), true, modifiers);
        release(corner(47), modifiers);
    }
    [[nodiscard]] std::vector<int> rowsWithin(QPointF middle, double radius) const {
        std::vector<int> rows;
        for (int row = 0; row < static_cast<int>(view().scene().size()); ++row) {
            const QPointF p = at(row) - middle;
            if (std::hypot(p.x(), p.y()) < radius)
                rows.push_back(row);
        }
        return rows;
    }

    QWidget m_window;
    DiskWidget* m_disk = nullptr;
};

} // namespace hmgrl::test
