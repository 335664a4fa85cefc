// SPDX-License-Identifier: MIT
#include "engine/thermo/machine.hpp"

#include <cmath>

#include "engine/network/lyapunov.hpp"
#include "tests/engine/thermo/plain_machine.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

TEST(ThermoMachine, CouplesHiddenUnitsToAllOthers) {
  const ThermoSetup setup = small_setup();
  const auto topology = thermo_topology(setup);
  EXPECT_EQ(topology->visible(), 35);
  EXPECT_EQ(topology->hidden(), 37);
  EXPECT_EQ(topology->couplings(), 2 * 35 * 37 + 37 * 36);
  for (int i = 0; i < setup.units(); ++i)
    for (int j = 0; j < setup.units(); ++j)
      EXPECT_EQ(topology->find(i, j) >= 0, i != j && (i >= 35 || j >= 35)) << i << " <- " << j;
}

TEST(ThermoMachine, IsOfThePapersSizeByDefault) {
  const ThermoSetup setup;
  EXPECT_EQ(setup.units(), 1296);
  EXPECT_EQ(setup.steps(), 2500);
  EXPECT_EQ(thermo_topology(setup)->couplings(), 2 * 784 * 512 + 512 * 511);
}

// The program's energy, which the simulator goes down, is the potential of the equations.
TEST(ThermoMachine, ProgramHasThePotential) {
  const ThermoSetup setup = small_setup();
  const auto parameters = random_parameters<float>(setup, 0.3);
  const Program program = thermo_program(setup, parameters);
  EXPECT_TRUE(has_energy(program));
  EXPECT_EQ(program.chunks(), 2);
  EXPECT_EQ(program.duration(), 2 * setup.duration);
  EXPECT_EQ(program.steps_per_chunk, setup.steps());
  EXPECT_EQ(program.temperature, setup.temperature);
  EXPECT_EQ(program.picture(), setup.picture);
  EXPECT_EQ(program.initial.width, 0);
  RandomSequence random(3, Stream::initial_state);
  std::vector<float> x;
  for (int i = 0; i < setup.units(); ++i) x.push_back(static_cast<float>(random.normal()));
  const State same(x.begin(), x.end());
  constexpr double kRounding = 1e-12;  // of a sum of some thousand terms in double
  const double alone = energy_of(setup, make_thermo_parameters<float>(setup), same);
  const double whole = energy_of(setup, parameters, same);
  EXPECT_NEAR(lyapunov_energy(program, 0, x), alone, kRounding * std::abs(alone));
  EXPECT_NEAR(lyapunov_energy(program, 1, x), whole, kRounding * std::abs(alone));
}

TEST(ThermoMachine, RmsCountsEachPairOnce) {
  ThermoSetup setup;
  setup.picture = {1, 1, 1};
  setup.hidden = 2;
  auto p = make_thermo_parameters<double>(setup);
  p.coupling(0, 0) = 1;                     // seen
  p.coupling(1, 1) = p.coupling(2, 0) = 2;  // one pair
  EXPECT_DOUBLE_EQ(coupling_rms(p), std::sqrt(5 / 3.));
}

TEST(ThermoMachine, RivalsBeginWithCouplingsThatSumUpToTheCompetition) {
  ThermoSetup setup;
  setup.picture = {2, 1, 1};
  setup.hidden = 4;
  setup.competition = 2;
  const auto p = first_thermo_parameters(setup);
  for (int i = 0; i < setup.units(); ++i)
    for (int h = 0; h < 4; ++h)
      EXPECT_EQ(p.coupling(i, h), i >= 2 && i - 2 != h ? 0.5F : 0.0F) << i << ' ' << h;
  // All of one sign cost competition x (hidden - 1) / 2, half of each sign gain competition / 2.
  const State alike{0, 0, 1, 1, 1, 1}, split{0, 0, 1, 1, -1, -1};
  const auto none = make_thermo_parameters<float>(setup);
  EXPECT_DOUBLE_EQ(energy_of(setup, p, alike) - energy_of(setup, none, alike), 3);
  EXPECT_DOUBLE_EQ(energy_of(setup, p, split) - energy_of(setup, none, split), -1);
}

TEST(ThermoMachine, BadSetUpsAreNamed) {
  const auto error = [](auto change) {
    ThermoSetup setup;
    change(setup);
    return error_of([&] { validate(setup); });
  };
  using ::testing::HasSubstr;
  EXPECT_THAT(error([](ThermoSetup& s) { s.picture.width = 1000; }), HasSubstr("1000 x 28"));
  EXPECT_THAT(error([](ThermoSetup& s) { s.hidden = 0; }), HasSubstr("hidden is 0"));
  EXPECT_THAT(error([](ThermoSetup& s) { s.temperature = 0; }), HasSubstr("temperature is 0"));
  EXPECT_THAT(error([](ThermoSetup& s) { s.j4 = 0; }), HasSubstr("j4 is 0"));
  EXPECT_THAT(error([](ThermoSetup& s) { s.competition = 200; }), HasSubstr("competition is 200"));
  EXPECT_THAT(error([](ThermoSetup& s) { s.dt = 0.4; }), HasSubstr("dt is 0.4"));
  EXPECT_THAT(error([](ThermoSetup& s) { s.dt = 0.0011; }), HasSubstr("does not divide"));
  EXPECT_THAT(error([](ThermoSetup& s) { s.duration = 1e4; }), HasSubstr("duration is 10000"))
      << "more than memory holds";
  EXPECT_THAT(error([](ThermoSetup& s) { s.released = 0; }), HasSubstr("released"));
}

}  // namespace
}  // namespace phaseloom
