#include "perception/FeatureCache.h"

#include "Support.h"

#include <thread>
#include <vector>

namespace hmgrl {
namespace {

class Cache : public test::FolderTest {
protected:
    [[nodiscard]] std::filesystem::path onlyFile() const {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(m_folder))
            if (entry.is_regular_file())
                return entry.path();
        return {};
    }

    const std::string m_content = sha256("picture");
    const std::string m_encoder = sha256("encoder");
    const torch::Tensor m_features =
        torch::arange(16 * 8, torch::kFloat32).view({16, 8}) / 64.0; // exact in float16
};

TEST_F(Cache, roundTrip) {
    const FeatureCache cache(m_folder / "made/later");
    EXPECT_FALSE(cache.find(m_content, m_encoder));
    cache.store(m_content, m_encoder, m_features);
    const auto found = cache.find(m_content, m_encoder);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->scalar_type(), torch::kFloat32);
    EXPECT_TRUE(torch::equal(*found, m_features));
    EXPECT_FALSE(cache.find(m_content, sha256("another encoder")));
    EXPECT_FALSE(cache.find(sha256("another picture"), m_encoder));
}

TEST_F(Cache, damagedEntriesCountAsAbsentAndAreReplaced) {
    const FeatureCache cache(m_folder);
    cache.store(m_content, m_encoder, m_features);
    const auto path = onlyFile();
    const std::string whole = readFile(path);
    std::string flipped = whole;
    flipped[flipped.size() - 5] ^= 1; // one bit of one feature
    for (const std::string& damaged :
         {flipped, whole.substr(0, whole.size() / 2), std::string(), std::string(500, 'x')}) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << damaged;
        EXPECT_FALSE(cache.find(m_content, m_encoder));
        cache.store(m_content, m_encoder, m_features);
        EXPECT_TRUE(cache.find(m_content, m_encoder));
    }
}

TEST_F(Cache, offWithoutAFolder) {
    const FeatureCache cache{std::filesystem::path()};
    cache.store(m_content, m_encoder, m_features);
    EXPECT_FALSE(cache.find(m_content, m_encoder));
}

TEST_F(Cache, aFolderThatCannotBeWrittenIsNoFault) {
    const auto blocked = write("file", "not a folder");
    const FeatureCache cache(blocked);
    cache.store(m_content, m_encoder, m_features);
    EXPECT_FALSE(cache.find(m_content, m_encoder));
}

TEST_F(Cache, keysCannotLeaveTheFolder) {
    const FeatureCache cache(m_folder / "inside");
    for (const std::string& key : {std::string("../../escaped"), std::string("ABCDEF0123"),
                                   std::string(), std::string("abc")}) {
        cache.store(key, m_encoder, m_features);
        cache.store(m_content, key, m_features);
        EXPECT_FALSE(cache.find(key, m_encoder));
    }
    EXPECT_TRUE(onlyFile().empty());
}

TEST_F(Cache, severalThreads) {
    const FeatureCache cache(m_folder);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 20; ++i) {
                const auto key = sha256(std::to_string(i % 5));
                cache.store(key, m_encoder, m_features);
                const auto found = cache.find(key, m_encoder);
                EXPECT_TRUE(!found || torch::equal(*found, m_features));
            }
        });
    for (auto& thread : threads)
        thread.join();
    for (int i = 0; i < 5; ++i)
        EXPECT_TRUE(cache.find(sha256(std::to_string(i)), m_encoder));
}

TEST(FeatureCache, defaultFolderIsTheUsersCache) {
    EXPECT_TRUE(FeatureCache::defaultFolder().string().ends_with("hmgrl-studio/features"));
}

} // namespace
} // namespace hmgrl
