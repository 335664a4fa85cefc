// SPDX-License-Identifier: MIT
#include "engine/network/weight_levels.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

TEST(WeightLevels, TwoInAByteUpToFourBits) {
  const std::vector<std::int8_t> levels{1, -1, 7, -8, 0};
  EXPECT_EQ(pack_levels(levels, 4), (std::vector<std::uint8_t>{0xf1, 0x87, 0x00}));
  EXPECT_EQ(pack_levels(levels, 5), (std::vector<std::uint8_t>{1, 255, 7, 248, 0}));
  for (int bits = 4; bits <= 8; ++bits) {
    const auto packed = pack_levels(levels, bits);
    EXPECT_EQ(packed.size(), packed_size(levels.size(), bits));
    EXPECT_EQ(unpack_levels(packed, bits, levels.size()), levels) << bits;
  }
}

TEST(WeightLevels, EveryLevelComesBack) {
  for (int bits = 1; bits <= 8; ++bits) {
    std::vector<std::int8_t> levels;
    for (int level = -(1 << (bits - 1)); level < 1 << (bits - 1); ++level)
      levels.push_back(static_cast<std::int8_t>(level));
    levels.push_back(0);
    EXPECT_EQ(unpack_levels(pack_levels(levels, bits), bits, levels.size()), levels) << bits;
  }
}

TEST(WeightLevels, SourcesArePackedAsSteps) {
  const std::vector<std::int64_t> rows{0, 3, 3, 5};
  const std::vector<std::int32_t> sources{0, 255, 1000, 254, 255};
  const std::vector<std::uint8_t> packed{1, 255, 0, 255, 255, 235, 255, 0, 1};
  EXPECT_EQ(pack_sources(rows, sources), packed);
  EXPECT_EQ(unpack_sources(rows, packed, "m"), sources);
}

TEST(WeightLevels, RefusesSourcesThatDoNotFit) {
  const std::vector<std::int64_t> rows{0, 2};
  const auto refused = [&](std::vector<std::uint8_t> packed) {
    return error_of([&] { unpack_sources(rows, packed, "m"); });
  };
  EXPECT_THAT(refused({1}), HasSubstr("m: source_steps end within row 0"));
  EXPECT_THAT(refused({1, 255}), HasSubstr("end within row 0"));
  EXPECT_THAT(refused({1, 2, 3, 4}), HasSubstr("2 bytes more"));
}

TEST(WeightLevels, AWeightIsStepTimesLevel) {
  Program program =
      make_program(substrate_named("aim_tanh"), Topology::all_to_all({3, 1, 1}, 3), 2, 0.5, 0.1, 1);
  const WeightLevels by_chunk{4, {1, -2, 3, 0, -1, 7, 2, 2, 2, 2, 2, -8}, {0.5f, 0.25f}};
  assign_weights(program, by_chunk);
  EXPECT_EQ(program.weights(0)[1], -1);
  EXPECT_EQ(program.weights(1)[5], -2);
  EXPECT_FALSE(std::signbit(program.weights(0)[3]));
  WeightLevels by_unit = by_chunk;
  by_unit.steps = {1, 2, -0.5f, 1, 1, 3};
  assign_weights(program, by_unit);
  EXPECT_EQ(program.weights(0)[1], -2);  // of unit 0
  EXPECT_EQ(program.weights(0)[2], 6);   // of unit 1
  EXPECT_EQ(program.weights(0)[5], -3.5f);
  EXPECT_EQ(program.weights(1)[5], -24);
}

}  // namespace
}  // namespace phaseloom
