// SPDX-License-Identifier: MIT
#include "engine/neural/gradient_relay.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "engine/support/random.hpp"
#include "tests/support/thread_ranks.hpp"

namespace phaseloom {
namespace {

constexpr int kParts = 4, kBlocks = 5;
constexpr std::size_t kSize = 4 * 70'001;

std::vector<float> gradient_of(int block) {
  std::vector<float> gradient(kSize);
  RandomSequence random(static_cast<std::uint64_t>(block) + 1, Stream::batch);
  for (float& v : gradient) v = static_cast<float>(random.normal());
  return gradient;
}

std::vector<float> expected() {
  std::vector<float> total = gradient_of(0);
  for (int b = 1; b < kBlocks; ++b) {
    const auto more = gradient_of(b);
    for (std::size_t i = 0; i < kSize; ++i) total[i] += more[i];
  }
  return total;
}

// Blocks write their parts while others are on their way already.
TEST(GradientRelay, SumsPartsAsTheyCome) {
  const auto one = expected();
  for (const int size : {1, 2, 3})
    as_ranks(size, [&](Ranks& ranks) {
      const ItemRange own = ranks.share(kBlocks);
      std::vector<std::vector<float>> blocks(static_cast<std::size_t>(own.size()),
                                             std::vector<float>(kSize));
      std::vector<const float*> parts;
      for (const auto& block : blocks) parts.push_back(block.data());
      std::vector<float> total(kSize);
      GradientSum sum({ranks});
      GradientRelay relay(sum, parts, total, kParts);
      ThreadPool pool(2);
      pool.run(own.size(), [&](int item) {
        const auto whole = gradient_of(own.begin + item);
        for (int part = kParts; part-- > 0;) {
          const auto begin = static_cast<std::ptrdiff_t>(kSize / kParts) * part;
          std::copy_n(whole.begin() + begin, kSize / kParts,
                      blocks[static_cast<std::size_t>(item)].begin() + begin);
          relay.block_done(part);
        }
      });
      relay.finish();
      EXPECT_EQ(total, one) << size;
    });
}

// A block that diverges never finishes; the relay does not wait for it.
TEST(GradientRelay, GivesUpWithItsOwner) {
  const auto block = gradient_of(0);
  std::vector<float> total(kSize);
  GradientSum sum({});
  GradientRelay relay(sum, {block.data()}, total, kParts);
  relay.block_done(kParts - 1);
}

class Broken final : public Ranks {
 public:
  Broken() : Ranks(0, 2) {}
  void broadcast_bytes(std::span<std::byte>) override {}
  void gather_bytes(std::span<std::byte>, std::span<const std::size_t>) override {}
  void wait_for_all() override {}
  int start_send(std::span<const std::byte>, int, int) override { throw std::runtime_error("cut"); }
  int start_receive(std::span<std::byte>, int, int) override { return 0; }
  int finish_any() override { return -1; }
};

TEST(GradientRelay, TellsOfALostConnection) {
  const auto block = gradient_of(0);
  std::vector<float> total(kSize);
  Broken ranks;
  GradientSum sum({ranks});
  GradientRelay relay(sum, {block.data()}, total, kParts);
  for (int part = kParts; part-- > 0;) relay.block_done(part);
  EXPECT_THROW(relay.finish(), std::runtime_error);
}

}  // namespace
}  // namespace phaseloom
