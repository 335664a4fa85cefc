// SPDX-License-Identifier: MIT
#include "engine/network/program.hpp"

#include <cmath>
#include <numbers>
#include <utility>

#include "engine/dynamics/simulator.hpp"
#include "tests/engine/dynamics/networks.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

// Statistical errors are allowed five times.
constexpr double kSigmas = 5;

TEST(Program, FreshProgramsHaveNormalWeightsAndInitialParameters) {
  for (std::size_t s = 0; s < all_substrates().size(); ++s) {
    const auto topology = Topology::local({12, 12, 2}, 3);
    const Program program = make_program(test::substrate_at(s), topology, 3, 0.25, 0.1, 7);
    EXPECT_EQ(program.chunks(), 3);
    EXPECT_DOUBLE_EQ(program.duration(), 0.75);
    EXPECT_EQ(program.values.size(), 3 * program.chunk_size());
    EXPECT_EQ(program.readout, info(program.substrate).is_phase ? Readout::sine : Readout::tanh);
    EXPECT_EQ(program.initial, (InitialNoise{InitialNoise::Shape::uniform, std::numbers::pi / 2}));
    EXPECT_FALSE(program.tied);
    const auto n = static_cast<double>(topology->couplings());
    for (int c = 0; c < 3; ++c) {
      double mean = 0, variance = 0, with_next = 0;
      const auto w = program.weights(c), next = program.weights((c + 1) % 3);
      for (std::size_t e = 0; e < w.size(); ++e) {
        mean += w[e] / 0.1 / n;
        variance += w[e] / 0.1 * w[e] / 0.1 / n;
        with_next += w[e] / 0.1 * next[e] / 0.1 / n;
      }
      EXPECT_NEAR(mean, 0, kSigmas / std::sqrt(n));
      EXPECT_NEAR(variance, 1, kSigmas * std::sqrt(2 / n));
      EXPECT_NEAR(with_next, 0, kSigmas / std::sqrt(n));  // chunks are drawn independently
      for (int p = 0; p < program.unit_parameters(); ++p)
        for (float v : program.unit_values(c, p))
          ASSERT_EQ(v, info(program.substrate).parameters[p].initial);
    }
  }
}

TEST(Program, LabelOscillatorsHaveNoParametersOfTheirOwn) {
  const auto topology = Topology::with_labels(*Topology::local({6, 5, 2}, 1), 4);
  for (std::size_t s = 0; s < all_substrates().size(); ++s) {
    const Program program = make_program(test::substrate_at(s), topology, 2, 1, 0.1, 1);
    for (int p = 0; p < program.unit_parameters(); ++p)
      for (int unit = topology->first_label(); unit < topology->units(); ++unit)
        EXPECT_EQ(program.unit_values(1, p)[unit], 0);
  }
}

TEST(Program, SamplesAskForTheirClassInTurn) {
  const auto base = Topology::local({6, 5, 2}, 1);
  const auto t = Topology::with_labels(*base, 4);
  EXPECT_EQ(class_of(*t, kAllLabels, 0), 0);
  EXPECT_EQ(class_of(*t, kAllLabels, 7), 3);
  EXPECT_EQ(class_of(*t, kAllLabels, (std::uint64_t{1} << 40) + 1), 1);
  EXPECT_EQ(class_of(*t, 2, 7), 2);
  EXPECT_EQ(class_of(*base, kAllLabels, 7), 0);
}

TEST(Program, SeedsDecideTheWeights) {
  const auto topology = Topology::local({6, 5, 1}, 2);
  const auto values = [&](std::uint64_t seed) {
    return make_program(substrate_named("kuramoto"), topology, 2, 1, 0.3, seed).values;
  };
  EXPECT_EQ(values(1), values(1));
  EXPECT_NE(values(1), values(2));
}

// Views tile the values: chunk after chunk, weights and then each parameter.
TEST(Program, ViewsCoverAllValuesInOrder) {
  Program program =
      make_program(substrate_named("kuramoto_shil"), Topology::local({5, 3, 1}, 1), 3, 1, 0.1, 1);
  for (std::size_t k = 0; k < program.values.size(); ++k) program.values[k] = float(k);
  std::vector<float> joined;
  const Program& fixed = program;
  for (int c = 0; c < 3; ++c) {
    for (float v : fixed.weights(c)) joined.push_back(v);
    for (int p = 0; p < program.unit_parameters(); ++p)
      for (float v : fixed.unit_values(c, p)) joined.push_back(v);
    EXPECT_EQ(program.weights(c).data(), fixed.weights(c).data());
    EXPECT_EQ(program.unit_values(c, 2).data(), fixed.unit_values(c, 2).data());
    EXPECT_EQ(program.unit_values(c, 2).size(), fixed.unit_values(c, 2).size());
  }
  EXPECT_EQ(joined, program.values);
}

TEST(Program, TieTakesTheMeanOfEachPair) {
  const auto topology = Topology::with_random_links(*Topology::local({6, 4, 1}, 1), 2, 3);
  const Program before = make_program(substrate_named("kuramoto"), topology, 2, 1, 0.3, 1);
  Program after = before;
  symmetrise(after, after.values);
  int pairs = 0, alone = 0;
  for (int c = 0; c < 2; ++c) {
    const auto old = before.weights(c);
    const auto now = std::as_const(after).weights(c);
    for (int i = 0; i < topology->units(); ++i)
      for (int j : topology->sources_of(i)) {
        const auto e = topology->find(i, j), partner = topology->find(j, i);
        if (partner < 0) {
          EXPECT_EQ(now[e], old[e]);
          ++alone;
        } else {
          EXPECT_EQ(now[e], now[partner]);
          EXPECT_EQ(now[e], (old[e] + old[partner]) / 2);
          ++pairs;
        }
      }
    for (int p = 0; p < before.unit_parameters(); ++p)
      for (int i = 0; i < topology->units(); ++i)
        EXPECT_EQ(std::as_const(after).unit_values(c, p)[i], before.unit_values(c, p)[i]);
  }
  EXPECT_GT(pairs, 0);
  EXPECT_GT(alone, 0);
  Program again = after;
  symmetrise(again, again.values);
  EXPECT_EQ(again.values, after.values);
}

// New couplings of weight 0 add nothing to any sum; sums in another order differ by roundings.
TEST(Program, AWidenedNetworkIsTheSameDifferentialEquation) {
  const auto narrow = Topology::with_labels(*Topology::local({9, 8, 2}, 1), 3);
  const auto wider = Topology::with_labels(*Topology::local({9, 8, 2}, 2), 3);
  ThreadPool pool(1);
  for (std::size_t s = 0; s < all_substrates().size(); ++s) {
    const Program before = test::random_program(test::substrate_at(s), narrow, 2, 0.3, 0.1, 4);
    const Program after = widened(before, wider);
    EXPECT_EQ(after.topology, wider);
    const auto old = generate(before, {}, {}, 40, pool), now = generate(after, {}, {}, 40, pool);
    ASSERT_EQ(old.size(), now.size());
    for (std::size_t i = 0; i < old.size(); ++i) ASSERT_NEAR(old[i], now[i], 1e-4);
  }
}

TEST(Program, OnlyTheSameUnitsWithAllTheirCouplingsAreWidened) {
  const auto base = Topology::local({6, 5, 2}, 2);
  const Program program = make_program(substrate_named("kuramoto"), base, 2, 1, 0.3, 1);
  EXPECT_THAT(error_of([&] {
                widened(program, Topology::local({6, 5, 1}, 3));
              }),
              HasSubstr("same units"));
  EXPECT_THAT(error_of([&] { widened(program, Topology::with_labels(*base, 2)); }),
              HasSubstr("same units"));
  EXPECT_THAT(error_of([&] {
                widened(program, Topology::local({6, 5, 2}, 1));
              }),
              HasSubstr("local(1) x 2 layers lacks the coupling 0 <- 2"));
  EXPECT_EQ(widened(program, base).values, program.values);
}

TEST(Program, PixelsHaveStates) {
  for (const Readout r : {Readout::sine, Readout::cosine, Readout::tanh})
    for (const double v : {0.01, 0.25, 0.5, 0.9, 0.99})
      EXPECT_NEAR(read_pixel(r, state_of_pixel(r, v)), v, 1e-12);
  EXPECT_NEAR(state_of_pixel(Readout::sine, 1), std::numbers::pi / 2, 1e-12);
  EXPECT_EQ(state_of_pixel(Readout::tanh, 0), -3) << "as near to black as that";
}

TEST(Program, ReadoutsMapStatesToIntensities) {
  // (1 + f(x)) / 2 in double: equal up to the last bits.
  for (double x : {-7.0, -1.5, -0.1, 0.0, 0.3, 1.0, 3.0, 20.0}) {
    EXPECT_NEAR(read_pixel(Readout::sine, x), (1 + std::sin(x)) / 2, 1e-15);
    EXPECT_NEAR(read_pixel(Readout::cosine, x), (1 + std::cos(x)) / 2, 1e-15);
    EXPECT_NEAR(read_pixel(Readout::tanh, x), (1 + std::tanh(x)) / 2, 1e-15);
    for (const Readout r : {Readout::sine, Readout::cosine, Readout::tanh}) {
      EXPECT_GE(read_pixel(r, x), 0);
      EXPECT_LE(read_pixel(r, x), 1);
    }
  }
}

TEST(Program, ReadoutNames) {
  for (const Readout r : {Readout::sine, Readout::cosine, Readout::tanh})
    EXPECT_EQ(named<Readout>(name_of(r)), r);
  EXPECT_THAT(error_of([] { named<Readout>("sin"); }),
              AllOf(HasSubstr("'sin'"), HasSubstr("sine, cosine, tanh")));
}

TEST(Program, KnowsTheShapeOfItsPictures) {
  const auto program = [](std::shared_ptr<const Topology> topology) {
    return make_program(substrate_named("langevin"), std::move(topology), 1, 1, 0, 1);
  };
  const Program grey = program(Topology::local({6, 5, 2}, 1));
  EXPECT_EQ(grey.picture(), (PictureShape{6, 5, 1}));
  EXPECT_EQ(grey.layers(), (Grid{6, 5, 2}));
  const Program colour = program(Topology::local({6, 5, 4}, 1, 3));
  EXPECT_EQ(colour.topology->visible(), 90);
  EXPECT_EQ(colour.picture(), (PictureShape{6, 5, 3}));
  EXPECT_EQ(colour.layers(), (Grid{6, 5, 4}));
  // Units without places: a row, or what is said.
  Program loose = program(Topology::all_to_all({50, 1, 1}, 30));
  EXPECT_EQ(loose.picture(), (PictureShape{30, 1, 1}));
  loose.shape = PictureShape{6, 5};
  EXPECT_EQ(loose.picture(), (PictureShape{6, 5, 1}));
  EXPECT_EQ(loose.layers(), (Grid{6, 5, 1})) << "hidden units have no layer";
}

}  // namespace
}  // namespace phaseloom
