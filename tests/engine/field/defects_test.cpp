// SPDX-License-Identifier: MIT
#include "engine/field/defects.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/support/random.hpp"
#include "tests/engine/field/small_fields.hpp"

namespace phaseloom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<float> random_phases(int places, std::uint64_t seed) {
  RandomSequence random(seed, Stream::field_start);
  std::vector<float> phases(static_cast<std::size_t>(places));
  for (float& p : phases) p = static_cast<float>(test::kPi * (2 * random.uniform() - 1));
  return phases;
}

int total_charge(const std::vector<Defect>& defects) {
  int sum = 0;
  for (const Defect& d : defects) sum += d.charge;
  return sum;
}

/// Phases of a pair with charges +1 and -1 in the middles of two plaquettes. Far from both they are
/// all but equal, so that it hardly matters that they do not fit around the torus.
std::vector<float> planted_pair(int width, int height, Defect plus, Defect minus) {
  std::vector<float> phases;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      phases.push_back(
          static_cast<float>(std::remainder(std::atan2(y - plus.y - 0.5, x - plus.x - 0.5) -
                                                std::atan2(y - minus.y - 0.5, x - minus.x - 0.5),
                                            2 * test::kPi)));
  return phases;
}

TEST(FieldDefects, PlantedPairIsFoundWhereItIs) {
  const Defect plus{20, 25, 1}, minus{29, 22, -1};
  EXPECT_THAT(find_defects(planted_pair(50, 48, plus, minus), 50, 48), ElementsAre(minus, plus));
  EXPECT_EQ(count_defects(planted_pair(50, 48, plus, minus), 50, 48), (DefectCount{1, 1}));
}

TEST(FieldDefects, PairAcrossTheEdgesIsFound) {
  const int width = 32, height = 30;
  const auto inside = planted_pair(width, height, {12, 15, 1}, {18, 15, -1});
  std::vector<float> moved(inside.size());
  for (int y = 0; y < height; ++y)  // by 17 and 14 places, round the torus
    for (int x = 0; x < width; ++x)
      moved[static_cast<std::size_t>((y + 14) % height * width + (x + 17) % width)] =
          inside[static_cast<std::size_t>(y * width + x)];
  EXPECT_THAT(find_defects(moved, width, height),
              ElementsAre(Defect{3, 29, -1}, Defect{29, 29, 1}));
}

TEST(FieldDefects, SmoothAndWindingFieldsHaveNone) {
  std::vector<float> phases(24 * 10, 1.f);
  EXPECT_THAT(find_defects(phases, 24, 10), IsEmpty());
  for (int i = 0; i < 24 * 10; ++i)  // once around the torus: no singularity
    phases[static_cast<std::size_t>(i)] =
        static_cast<float>(std::remainder(2 * test::kPi * (i % 24) / 24, 2 * test::kPi));
  EXPECT_THAT(find_defects(phases, 24, 10), IsEmpty());
}

// A plaquette of random phases has a vortex of either sign with probability 1/6: three of the four
// short ways must add up to more than half a turn.
TEST(FieldDefects, ChargesOfATorusCancel) {
  for (const auto& [width, height] : {std::pair{4, 4}, {21, 18}, {200, 150}})
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      const auto phases = random_phases(width * height, seed);
      const auto defects = find_defects(phases, width, height);
      EXPECT_EQ(total_charge(defects), 0);
      const DefectCount count = count_defects(phases, width, height);
      EXPECT_EQ(count.positive, count.negative);
      EXPECT_EQ(count.all(), static_cast<int>(defects.size()));
      if (width == 200) {
        EXPECT_NEAR(count.all() / 30000., 1 / 3., 0.02);
      }
    }
}

// The same by the definition, in double precision.
TEST(FieldDefects, AreTurnsAlongTheShortWays) {
  const int width = 21, height = 18;
  const auto phases = random_phases(width * height, 7);
  const auto at = [&](int x, int y) {
    return double(phases[static_cast<std::size_t>(y % height * width + x % width)]);
  };
  std::vector<Defect> expected;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double corners[] = {at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1)};
      double turn = 0;
      for (int k = 0; k < 4; ++k)
        turn += std::remainder(corners[(k + 1) % 4] - corners[k], 2 * test::kPi);
      if (const auto charge = std::lround(turn / (2 * test::kPi)); charge != 0)
        expected.push_back({x, y, static_cast<int>(charge)});
    }
  EXPECT_EQ(find_defects(phases, width, height), expected);
}

}  // namespace
}  // namespace phaseloom
