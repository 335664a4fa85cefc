// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/network/lyapunov.hpp"
#include "engine/network/substrates/ring.hpp"
#include "tests/engine/dynamics/networks.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/places.hpp"

namespace phaseloom {
namespace {

/// The header rounds what is shipped to five places.
constexpr double kTolerance = 1e-5;

template <class Curve>
void expect_shipped(const char* name) {
  std::ifstream file(std::string(source_folder()) + "/assets/circuit/ring.json");
  const auto curve = nlohmann::json::parse(file).at("coupling").at(name);
  for (int k = 0; k < 2; ++k) {
    EXPECT_NEAR(Curve::sine[k], curve.at("sine").at(k + 1).template get<double>(), kTolerance);
    EXPECT_NEAR(Curve::cosine[k], curve.at("cosine").at(k + 1).template get<double>(), kTolerance);
  }
  EXPECT_NEAR(std::hypot(Curve::sine[0], Curve::cosine[0]), 1, kTolerance);
}

TEST(Ring, CurvesAreThoseThatWereMeasured) {
  expect_shipped<ResistorCurve>("resistor");
  expect_shipped<ResistorCapacitorCurve>("resistor_capacitor");
}

TEST(Ring, HasNoEnergy) {
  Program program = test::random_program(substrate_named("ring_resistor"),
                                         Topology::local({4, 4, 1}, 1), 1, 0.5, 0.3, 1);
  program.tied = true;
  symmetrise(program, program.values);
  EXPECT_FALSE(has_energy(program));
  EXPECT_TRUE(std::isnan(lyapunov_energy(program, 0, std::vector<float>(16, 0.1F))));
  EXPECT_TRUE(has_energy(made_of(program, substrate_named("kuramoto_shil"))));
}

TEST(Ring, ANetworkIsMadeOfUnitsWithTheSameParametersOnly) {
  const Program program = test::random_program(substrate_named("kuramoto_shil"),
                                               Topology::local({4, 4, 1}, 1), 1, 0.5, 0.3, 1);
  const Program ring = made_of(program, substrate_named("ring_resistor"));
  EXPECT_EQ(ring.values, program.values);
  EXPECT_EQ(info(ring.substrate).name, "ring_resistor");
  EXPECT_THAT(error_of([&] { made_of(program, substrate_named("aim_tanh")); }),
              ::testing::HasSubstr("parameters"));
}

}  // namespace
}  // namespace phaseloom
