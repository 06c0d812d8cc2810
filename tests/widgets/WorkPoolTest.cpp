#include "bridge/WorkPool.h"
#include "support/Error.h"

#include <QTest>
#include <atomic>
#include <gtest/gtest.h>
#include <thread>

namespace hmgrl {
namespace {

using namespace std::chrono_literals;

struct Finished {
    QString name;
    bool cancelled;
};

class WorkPoolTest : public ::testing::Test {
protected:
    WorkPoolTest() {
        QObject::connect(&pool, &WorkPool::finished, &pool,
                         [this](const QString& name, bool cancelled) {
                             finished.push_back({name, cancelled});
                         });
        QObject::connect(&pool, &WorkPool::failed, &pool,
                         [this](const QString&, const QString& message) { failures << message; });
    }
    bool waitForFinished(std::size_t count) {
        return QTest::qWaitFor([&] { return finished.size() >= count; }, 10000);
    }

    std::vector<Finished> finished;
    QStringList failures;
    WorkPool pool;
};

WorkPool::Done untilCancelled(const WorkContext& work) {
    for (;;) {
        work.cancel.throwIfCancelled();
        std::this_thread::sleep_for(1ms);
    }
}

TEST_F(WorkPoolTest, CompletionRunsOnTheCallersThreadBeforeFinished) {
    const auto here = std::this_thread::get_id();
    std::thread::id body, done;
    std::size_t finishedThen = 99;
    pool.start("a", [&](const WorkContext&) -> WorkPool::Done {
        body = std::this_thread::get_id();
        return [&] {
            done = std::this_thread::get_id();
            finishedThen = finished.size();
        };
    });
    EXPECT_TRUE(pool.isBusy());
    ASSERT_TRUE(waitForFinished(1));
    EXPECT_NE(body, here);
    EXPECT_EQ(done, here);
    EXPECT_EQ(finishedThen, 0U);
    EXPECT_FALSE(pool.isBusy());
    EXPECT_FALSE(finished[0].cancelled);
}

TEST_F(WorkPoolTest, CancelStopsWithin500Milliseconds) {
    pool.start("a", untilCancelled);
    QTest::qWait(20);
    QElapsedTimer clock;
    clock.start();
    pool.cancelAll();
    ASSERT_TRUE(waitForFinished(1));
    EXPECT_LT(clock.elapsed(), 500);
    EXPECT_TRUE(finished[0].cancelled);
    EXPECT_TRUE(failures.isEmpty());
}

TEST_F(WorkPoolTest, OneOfANameRunsAndTheLatestWaits) {
    std::atomic<int> running = 0, most = 0;
    std::atomic<bool> release = false;
    QStringList ran;
    const auto body = [&](const QString& label) {
        return [&, label](const WorkContext&) -> WorkPool::Done {
            most = std::max<int>(most, ++running);
            while (!release)
                std::this_thread::sleep_for(1ms);
            --running;
            return [&ran, label] { ran << label; };
        };
    };
    pool.start("a", body("first"));
    pool.start("a", body("second"));
    pool.start("a", body("third"));
    release = true;
    ASSERT_TRUE(waitForFinished(2));
    EXPECT_EQ(most, 1);
    EXPECT_EQ(ran, (QStringList{"first", "third"}));
}

TEST_F(WorkPoolTest, WhatWaitsForAnotherPurposeIsNotReplaced) {
    std::atomic<bool> release = false;
    QStringList ran;
    const auto body = [&](const QString& label) {
        return [&, label](const WorkContext&) -> WorkPool::Done {
            while (!release)
                std::this_thread::sleep_for(1ms);
            return [&ran, label] { ran << label; };
        };
    };
    pool.start("a", body("first"));
    pool.start("a", body("refresh"));
    pool.start("a", body("lay"), "lay");
    pool.start("a", body("refresh again"));
    release = true;
    ASSERT_TRUE(waitForFinished(3));
    EXPECT_EQ(ran, (QStringList{"first", "refresh again", "lay"}));
}

TEST_F(WorkPoolTest, OneNameIsCancelledAndTheOthersGoOn) {
    std::atomic<bool> release = false;
    pool.start("a", untilCancelled);
    pool.start("b", [&](const WorkContext&) -> WorkPool::Done {
        while (!release)
            std::this_thread::sleep_for(1ms);
        return {};
    });
    pool.cancel("a");
    pool.cancel("none of this name");
    ASSERT_TRUE(waitForFinished(1));
    EXPECT_EQ(finished[0].name, "a");
    EXPECT_TRUE(finished[0].cancelled);
    EXPECT_TRUE(pool.isRunning("b"));
    release = true;
    ASSERT_TRUE(waitForFinished(2));
    EXPECT_FALSE(finished[1].cancelled);
}

TEST_F(WorkPoolTest, ErrorsBecomeOneMessage) {
    pool.start("a",
               [](const WorkContext&) -> WorkPool::Done { throw Error("f", "line 3", "bad"); });
    ASSERT_TRUE(waitForFinished(1));
    EXPECT_EQ(failures, QStringList{"f: line 3: bad"});
    EXPECT_FALSE(finished[0].cancelled);
}

TEST_F(WorkPoolTest, ProgressIsThinnedButValuesAllArrive) {
    int plain = 0, values = 0;
    QObject::connect(&pool, &WorkPool::progress, &pool, [&] { ++plain; });
    QObject::connect(&pool, &WorkPool::values, &pool, [&] { ++values; });
    pool.start("a", [](const WorkContext& work) -> WorkPool::Done {
        for (int i = 0; i < 1000; ++i)
            work.progress({"s", static_cast<double>(i), 1000, {}});
        for (int i = 0; i < 7; ++i)
            work.progress({"s", 1, 7, {{"loss", 0.5}}});
        return {};
    });
    ASSERT_TRUE(waitForFinished(1));
    EXPECT_EQ(values, 7);
    EXPECT_LT(plain, 100);
}

} // namespace
} // namespace hmgrl
