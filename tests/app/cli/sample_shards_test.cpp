// SPDX-License-Identifier: MIT
#include "app/cli/sample_shards.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/data/npy.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/random.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class SampleShardsTest : public ::testing::Test {
 protected:
  SampleShards shards(int samples, int size, const nlohmann::ordered_json& run = {{"seed", 1}}) {
    return {folder_ / "many", run, samples, size, {4, 3, 1}};
  }
  /// A finished folder.
  fs::path whole() {
    const SampleShards all = shards(25, 10);
    for (int shard = 0; shard < all.count(); ++shard) {
      const int n = all.samples_of(shard).size();
      write_npy(all.file_of(shard), {n, 3, 4},
                std::vector<float>(static_cast<std::size_t>(12 * n)));
    }
    EXPECT_EQ(all.finish(), 3);
    return folder_ / "many/manifest.json";
  }
  std::string text_of(const fs::path& file) {
    const auto bytes = read_file(file, 1 << 20);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  TemporaryFolder folder_;
};

TEST_F(SampleShardsTest, FilesAreNeighboursAndTheLastIsWhatIsLeft) {
  const SampleShards all = shards(25, 10);
  ASSERT_EQ(all.count(), 3);
  EXPECT_EQ(all.samples_of(0).begin, 0);
  EXPECT_EQ(all.samples_of(1).begin, 10);
  EXPECT_EQ(all.samples_of(2).size(), 5);
  EXPECT_FALSE(all.is_there(0));
  EXPECT_EQ(all.finish(), 0);
  EXPECT_FALSE(fs::exists(folder_ / "many/manifest.json"));
}

TEST_F(SampleShardsTest, OfTheManifestEveryFileIsKnown) {
  const SampleManifest manifest = read_manifest(whole());
  EXPECT_EQ(manifest.samples, 25);
  ASSERT_EQ(manifest.shards.size(), 3U);
  EXPECT_EQ(manifest.shards[2].samples, 5);
  EXPECT_EQ(manifest.shards[2].file, folder_ / "many/samples-000002.npy");
}

TEST_F(SampleShardsTest, AnotherRunIsKeptOut) {
  whole();
  shards(25, 10);  // the same is welcome
  for (const auto& other : {std::function([&] { shards(26, 10); }),
                            std::function([&] { shards(25, 9); }), std::function([&] {
                              shards(25, 10, {{"seed", 2}});
                            })})
    EXPECT_THAT(error_of(other), HasSubstr("another run"));
}

TEST_F(SampleShardsTest, AMissingFileIsNamed) {
  const fs::path manifest = whole();
  fs::remove(folder_ / "many/samples-000001.npy");
  EXPECT_THAT(error_of([&] { read_manifest(manifest); }), HasSubstr("samples-000001.npy"));
}

TEST_F(SampleShardsTest, AManifestLeadsNowhereElse) {
  const fs::path manifest = whole();
  std::string text = text_of(manifest);
  const std::string name = "samples-000001.npy";
  text.replace(text.find(name), name.size(), "../many/samples-000001.npy");
  write_file_atomically(manifest, text);
  EXPECT_THAT(error_of([&] { read_manifest(manifest); }), HasSubstr("no .npy file of this folder"));
}

TEST_F(SampleShardsTest, AManifestCountsEachFileOnce) {
  const fs::path manifest = whole();
  const std::string text = text_of(manifest);
  for (const auto& [right, wrong] : {std::pair("samples-000001.npy", "samples-000000.npy"),
                                     std::pair("\"first\": 10", "\"first\": 9"),
                                     std::pair("\"samples\": 25", "\"samples\": 26")}) {
    std::string lie = text;
    lie.replace(lie.find(right), std::string(right).size(), wrong);
    write_file_atomically(manifest, lie);
    EXPECT_NE(error_of([&] { read_manifest(manifest); }), "") << wrong;
  }
}

// A copy that broke off, a file of another number: not there, so it is made again.
TEST_F(SampleShardsTest, WhatIsNotWholeIsNotThere) {
  whole();
  const SampleShards all = shards(25, 10);
  EXPECT_TRUE(all.is_there(1));
  fs::resize_file(all.file_of(1), 100);
  EXPECT_FALSE(all.is_there(1));
  write_npy(all.file_of(1), {10, 4, 3}, std::vector<float>(120));
  EXPECT_FALSE(all.is_there(1));
  EXPECT_EQ(all.finish(), 2);
}

TEST_F(SampleShardsTest, PicturesWithoutADescriptionAreNobodys) {
  whole();
  fs::remove(folder_ / "many/run.json");
  EXPECT_THAT(error_of([&] { shards(25, 10); }), HasSubstr("no run.json"));
}

// Of two runs that begin at once in one folder, one has it.
TEST_F(SampleShardsTest, TwoAtOnceAreOneRun) {
  for (int turn = 0; turn < 50; ++turn) {
    const fs::path folder = folder_ / ("turn" + std::to_string(turn));
    std::atomic<int> refused = 0;
    {
      std::vector<std::jthread> both;
      for (int seed = 1; seed <= 2; ++seed)
        both.emplace_back([&, seed] {
          try {
            SampleShards(folder, {{"seed", seed}}, 25, 10, {4, 3, 1});
          } catch (const Error&) {
            ++refused;
          }
        });
    }
    EXPECT_EQ(refused, 1) << turn;
  }
}

// Whatever a disk or a hand makes of it: it is read, or it is an Error.
TEST_F(SampleShardsTest, DamageIsAnError) {
  const fs::path manifest = whole();
  const std::string text = text_of(manifest);
  RandomSequence random(1, Stream::batch);
  int refused = 0;
  for (int k = 0; k < 500; ++k) {
    std::string damaged = text;
    for (std::uint32_t n = 1 + random.below(3); n > 0; --n) {
      const std::size_t at = random.below(static_cast<std::uint32_t>(damaged.size()));
      if (random.below(2) == 0)
        damaged[at] = static_cast<char>(random.below(256));
      else
        damaged.erase(at, random.below(20));
    }
    write_file_atomically(manifest, damaged);
    try {
      read_manifest(manifest);
    } catch (const Error&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 250);
}

}  // namespace
}  // namespace phaseloom
