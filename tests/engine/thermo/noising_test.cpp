// SPDX-License-Identifier: MIT
#include "engine/thermo/noising.hpp"

#include <cmath>
#include <numeric>

#include "engine/dynamics/noise.hpp"
#include "tests/engine/thermo/plain_machine.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

std::vector<double> some_patterns(const ThermoSetup& setup) {
  std::vector<double> patterns;
  RandomSequence random(9, Stream::initial_state);
  for (int i = 0; i < setup.units(); ++i) patterns.push_back(random.normal());
  return patterns;
}

template <class Real>
PanelPath<Real> draw(const ThermoSetup& setup, std::uint64_t seed, std::uint32_t number,
                     int threads = 2) {
  ThreadPool pool(threads);
  PanelPath<Real> path({setup.visible(), setup.hidden}, setup.steps() + 1);
  Noising<Real>(setup, seed).draw(some_patterns(setup), number, path, pool);
  return path;
}

TEST(Noising, PicturesAreNormalised) {
  const std::vector<float> pixels{0, 0, 0, 1, 0.5F, 1};
  const auto s = normalised_picture(pixels, "a picture");
  EXPECT_NEAR(std::accumulate(s.begin(), s.end(), 0.0), 0, 1e-12);
  EXPECT_NEAR(std::inner_product(s.begin(), s.end(), s.begin(), 0.0), 6, 1e-12);
  EXPECT_LT(s[0], s[4]);
  EXPECT_THAT(error_of([] { normalised_picture(std::vector<float>(9, 0.5F), "grey.png"); }),
              ::testing::HasSubstr("grey.png: all pixels are equal"));
}

// P^T s of a normalised picture has unit variance, as s itself has.
TEST(Noising, ProjectionKeepsTheScale) {
  const ThermoSetup setup;
  std::vector<double> s(static_cast<std::size_t>(setup.visible()));
  for (std::size_t i = 0; i < s.size(); ++i) s[i] = i % 2 ? 1 : -1;
  const auto patterns = Projection(setup, 42).patterns(s);
  ASSERT_EQ(patterns.size(), 1296U);
  double square = 0;
  for (std::size_t h = 784; h < patterns.size(); ++h) square += patterns[h] * patterns[h];
  EXPECT_NEAR(square / 512, 1, 5 * std::sqrt(2 / 512.)) << "five standard errors";
  EXPECT_EQ(Projection(setup, 42).patterns(s), patterns);
  EXPECT_NE(Projection(setup, 43).patterns(s), patterns);
}

TEST(Noising, ForceFadesAsSpecified) {
  const ThermoSetup setup;
  EXPECT_DOUBLE_EQ(noising_ramp(setup, 0), 2);
  EXPECT_DOUBLE_EQ(noising_ramp(setup, 0.375 * 2.5), 1);
  EXPECT_DOUBLE_EQ(noising_ramp(setup, 0.75 * 2.5), 0);
  EXPECT_DOUBLE_EQ(noising_ramp(setup, 2.5), 0);
}

// Step by step from the equation, with the same Wiener increments.
TEST(Noising, TakesTheStepsOfItsEquation) {
  const ThermoSetup setup = small_setup();
  constexpr std::uint32_t kNumber = 17;
  const auto path = draw<double>(setup, 4, kNumber);
  const auto patterns = some_patterns(setup);
  const int steps = setup.steps();
  const double sigma = std::sqrt(2 * setup.temperature * setup.dt) * double(kNormalUnit);
  constexpr double kRounding = 1e-12;  // of 600 steps in double, where errors are damped
  for (int p = 0; p < path.panels.count(); ++p) {
    std::vector<std::int8_t> normals(static_cast<std::size_t>(2 * steps) * kPanel);
    fill_normals(4, Stream::noising, kNumber, static_cast<std::uint64_t>(p) * kPanel, 2 * steps,
                 normals.data());
    for (int u = 0; u < path.panels.units_of(p); ++u) {
      const int unit = path.panels.first_unit(p) + u;
      double x = 0;
      for (int k = -steps; k < steps; ++k) {
        const double a = k < 0 ? setup.drive : noising_ramp(setup, k * setup.dt);
        x += setup.dt * (a * patterns[unit] - 2 * setup.j2 * x - 4 * setup.j4 * x * x * x) +
             sigma * normals[static_cast<std::size_t>(k + steps) * kPanel + u];
        if (k < -1) continue;
        ASSERT_NEAR(path.at(unit, k + 1), x, kRounding) << unit << ", " << k;
      }
    }
    // What pads a panel is nobody's.
    for (int u = path.panels.units_of(p); u < kPanel; ++u)
      for (int t = 0; t <= steps; ++t) ASSERT_EQ(path.panel(p)[t * kPanel + u], 0);
  }
}

TEST(Noising, IsAFunctionOfSeedAndNumberAlone) {
  const ThermoSetup setup = small_setup();
  const auto path = draw<float>(setup, 4, 17, 1).values;
  EXPECT_EQ(draw<float>(setup, 4, 17, 3).values, path) << "other threads";
  EXPECT_NE(draw<float>(setup, 5, 17).values, path);
  EXPECT_NE(draw<float>(setup, 4, 18).values, path);
}

}  // namespace
}  // namespace phaseloom
