// SPDX-License-Identifier: MIT
#include "engine/dynamics/simulator.hpp"

#include <algorithm>
#include <bit>
#include <climits>
#include <cmath>
#include <limits>

#include "tests/engine/dynamics/networks.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// Everything at once that can make a difference.
Hardware all_flaws() {
  return {.bits = 4, .density = 0.7, .mismatch = 0.05, .weight_noise = 0.025, .phase_noise = 0.1};
}

/// Three chunks on a grid with a hidden layer; unit count no multiple of the tile's height.
Program small_program(Substrate substrate = substrate_named("kuramoto_shil")) {
  Program program = test::random_program(substrate, Topology::local({7, 5, 2}, 2), 3, 0.5, 0.2, 61);
  // Quartic potentials want small starts for steps as coarse as these.
  if (!info(substrate).is_phase) program.initial.width = 0.3;
  return program;
}

std::vector<float> state(const Simulator& s) {
  std::vector<float> x(s.ideal().topology->units() * static_cast<std::size_t>(s.lanes()));
  s.read_state(x);
  return x;
}

std::vector<float> pixels(const Simulator& s) {
  std::vector<float> out(s.ideal().topology->visible() * static_cast<std::size_t>(s.lanes()));
  s.read_pixels(out);
  return out;
}

std::vector<float> rate(const Simulator& s) {
  std::vector<float> out(s.ideal().topology->units() * static_cast<std::size_t>(s.lanes()));
  s.read_rate(out);
  return out;
}

/// One sample of state(), all units.
std::vector<float> lane(const std::vector<float>& x, int lanes, int l) {
  std::vector<float> out;
  for (auto k = static_cast<std::size_t>(l); k < x.size(); k += lanes) out.push_back(x[k]);
  return out;
}

/// FNV-1a over the bits.
std::uint64_t hash(std::span<const float> x) {
  std::uint64_t h = 14695981039346656037u;
  for (const float v : x) {
    const auto bits = std::bit_cast<std::uint32_t>(v);
    for (int byte = 0; byte < 4; ++byte) h = (h ^ (bits >> (8 * byte) & 255)) * 1099511628211u;
  }
  return h;
}

Simulator finished(const Program& program, const Hardware& hardware, const RunSettings& settings,
                   int lanes, ThreadPool& pool) {
  Simulator s(program, hardware, settings, lanes, pool);
  s.advance(s.total_steps());
  return s;
}

// Held means held for all stages: as if the unit had no rate of its own.
TEST(SimulatorHold, IsTheSameNetworkWithAUnitAtRest) {
  const Program moving = small_program();
  Program resting = moving;
  const int unit = 12;
  const auto& topology = *moving.topology;
  for (int c = 0; c < resting.chunks(); ++c) {
    auto row = resting.weights(c).subspan(static_cast<std::size_t>(topology.row_begin()[unit]),
                                          topology.sources_of(unit).size());
    std::ranges::fill(row, 0.0f);
    for (int p = 0; p < resting.unit_parameters(); ++p) resting.unit_values(c, p)[unit] = 0;
  }
  const UnitState held[] = {{unit, 0, 0.75f}};
  for (const auto integrator : {Integrator::euler, Integrator::midpoint, Integrator::rk4}) {
    ThreadPool pool(1);
    Simulator a(moving, {}, {.integrator = integrator}, 1, pool);
    Simulator b(resting, {}, {.integrator = integrator}, 1, pool);
    a.hold(held);
    b.set_state(held);
    for (int step = 0; step < a.total_steps(); ++step) {
      a.advance(1);
      b.advance(1);
      ASSERT_EQ(state(a), state(b)) << step;
    }
  }
}

// --- determinism ---------------------------------------------------------------------------------

class Determinism : public testing::TestWithParam<std::size_t> {
 protected:
  Program program() const { return small_program(test::substrate_at(GetParam())); }
};

TEST_P(Determinism, SameBitsForAnyNumberOfThreads) {
  std::uint64_t golden = 0;
  for (const int threads : {1, 2, 3, 5, 16}) {
    ThreadPool pool(threads);
    const Simulator s = finished(program(), all_flaws(), {}, 500, pool);  // 16 blocks
    ASSERT_FALSE(s.diverged());
    const auto now = hash(state(s));
    if (threads == 1) golden = now;
    EXPECT_EQ(now, golden) << threads << " threads";
  }
}

TEST_P(Determinism, SingleStepsAddUp) {
  ThreadPool pool(2);
  for (const auto method :
       {Integrator::euler, Integrator::midpoint, Integrator::heun, Integrator::rk4}) {
    const RunSettings settings{.integrator = method, .steps_per_chunk = 3};
    const Simulator once = finished(program(), all_flaws(), settings, 40, pool);
    Simulator often(program(), all_flaws(), settings, 40, pool);
    for (int s = 0; s < 9; ++s) {
      EXPECT_EQ(often.step(), s);
      often.advance(1);
    }
    EXPECT_EQ(state(often), state(once)) << tableau(method).name;
  }
}

// Which block, lane or batch a sample is in makes no difference to it.
TEST_P(Determinism, SamplesDoNotDependOnTheirBatch) {
  ThreadPool pool(2);
  const auto all = state(finished(program(), all_flaws(), {}, 96, pool));
  for (const int lanes : {1, 31, 33, 70}) {
    const auto some = state(finished(program(), all_flaws(), {}, lanes, pool));
    for (int l = 0; l < lanes; l += 15)
      EXPECT_EQ(lane(some, lanes, l), lane(all, 96, l)) << "sample " << l << " of " << lanes;
  }
  for (const int first : {32, 7, 25, 64}) {
    const auto shifted = state(finished(
        program(), all_flaws(), {.first_sample = static_cast<std::uint64_t>(first)}, 32, pool));
    for (int l = 0; l < 32; l += 5)
      EXPECT_EQ(lane(shifted, 32, l), lane(all, 96, first + l)) << first << " + " << l;
  }
}

TEST_P(Determinism, RestoreContinuesTheSameRun) {
  ThreadPool pool(2);
  const int lanes = 40;
  const Simulator whole = finished(program(), all_flaws(), {}, lanes, pool);
  for (const int at : {0, 3, 4, 9, 12}) {  // inside of chunks and at their borders
    Simulator first(program(), all_flaws(), {}, lanes, pool);
    first.advance(at);
    const auto kept = state(first);
    // Elsewhere, and after the same simulator went on to the end.
    Simulator other(program(), all_flaws(), {}, lanes, pool);
    first.advance(INT_MAX);
    for (Simulator* s : {&other, &first}) {
      s->restore(kept, at);
      EXPECT_EQ(s->step(), at);
      EXPECT_EQ(state(*s), kept);
      s->advance(INT_MAX);
      EXPECT_EQ(state(*s), state(whole)) << "from step " << at;
    }
  }
}

// Negative control of all the above: what should make a difference does.
TEST_P(Determinism, HeldUnitsStayForAnyNumberOfThreads) {
  const int lanes = 70;
  const UnitState held[] = {{3, 0, 0.25f}, {40, 33, -1.0f}, {69, 69, 0.5f}};
  std::vector<std::vector<float>> ends;
  for (const int threads : {1, 3}) {
    ThreadPool pool(threads);
    Simulator s(program(), all_flaws(), {.integrator = Integrator::rk4}, lanes, pool);
    s.advance(2);
    s.hold(held);
    for (int step = 0; step < 4; ++step) {
      s.advance(1);
      const auto x = state(s), v = rate(s);
      for (const UnitState& unit : held) {
        const auto at = static_cast<std::size_t>(unit.unit * lanes + unit.lane);
        EXPECT_EQ(x[at], unit.value);
        EXPECT_EQ(v[at], 0);
      }
    }
    ends.push_back(state(s));
    s.hold({});
    s.advance(1);
    EXPECT_NE(state(s)[3 * lanes], 0.25f) << "let go, it moves";
  }
  EXPECT_EQ(ends[0], ends[1]);
  // Only the samples that were touched are others.
  ThreadPool pool(1);
  Simulator untouched(program(), all_flaws(), {.integrator = Integrator::rk4}, lanes, pool);
  untouched.advance(6);
  for (const int l : {0, 1, 32, 33, 34, 69})
    EXPECT_EQ(lane(ends[0], lanes, l) == lane(state(untouched), lanes, l),
              l != 0 && l != 33 && l != 69)
        << l;
}

TEST_P(Determinism, ATouchedRunIsRestored) {
  ThreadPool pool(2);
  const UnitState held[] = {{3, 1, 0.25f}};
  const UnitState set[] = {{3, 1, 9.0f}, {5, 0, 0.5f}};
  Simulator s(program(), all_flaws(), {}, 4, pool);
  s.advance(1);
  s.hold(held);
  s.set_state(set);
  EXPECT_EQ(state(s)[3 * 4 + 1], 0.25f) << "what is held heeds no other state";
  EXPECT_EQ(state(s)[5 * 4], 0.5f);
  const auto at_1 = state(s);
  s.advance(5);
  const auto at_6 = state(s);
  s.restart();
  s.advance(6);
  EXPECT_NE(state(s), at_6) << "a restart lets go";
  s.restore(at_1, 1);
  s.hold(held);
  s.advance(5);
  EXPECT_EQ(state(s), at_6);
}

TEST_P(Determinism, SeedsAndFlawsMakeADifference) {
  ThreadPool pool(1);
  const auto run = [&](const Hardware& hardware, std::uint64_t seed) {
    return hash(state(finished(program(), hardware, {.seed = seed}, 8, pool)));
  };
  std::vector<std::uint64_t> hashes{
      run(all_flaws(), 1),          run(all_flaws(), 2),           run({}, 1),
      run({.phase_noise = 0.1}, 1), run({.weight_noise = 0.1}, 1), run({.mismatch = 0.1}, 1),
      run({.bits = 4}, 1)};
  std::ranges::sort(hashes);
  EXPECT_EQ(std::ranges::adjacent_find(hashes), hashes.end());
}

INSTANTIATE_TEST_SUITE_P(All, Determinism, testing::Range<std::size_t>(0, all_substrates().size()),
                         [](const auto& p) { return std::string(all_substrates()[p.param].name); });

/// A network that starts at 0, so that the seed acts through the given noise only.
TEST(Simulator, NoiseFollowsTheSeedAndIsDrawnPerSample) {
  ThreadPool pool(1);
  Program program = small_program();
  program.initial.width = 0;
  const auto run = [&](const Hardware& hardware, std::uint64_t seed) {
    return state(finished(program, hardware, {.seed = seed}, 2, pool));
  };
  for (const Hardware& hardware : {Hardware{.weight_noise = 0.1}, Hardware{.phase_noise = 0.1}}) {
    const auto x = run(hardware, 1);
    EXPECT_EQ(x, run(hardware, 1));
    EXPECT_NE(x, run(hardware, 2));
    EXPECT_NE(lane(x, 2, 0), lane(x, 2, 1));
  }
  for (const Hardware& hardware : {Hardware{}, Hardware{.mismatch = 0.1}}) {
    const auto x = run(hardware, 1);
    EXPECT_EQ(x, run(hardware, 2));
    EXPECT_EQ(lane(x, 2, 0), lane(x, 2, 1));  // one device serves all samples
  }
}

// --- time ----------------------------------------------------------------------------------------

TEST(Simulator, CountsStepsChunksAndTime) {
  ThreadPool pool(1);
  Program program = small_program();
  program.durations = {0.5, 0.25, 1};
  Simulator s(program, {}, {.steps_per_chunk = 5}, 3, pool);
  EXPECT_EQ(s.lanes(), 3);
  EXPECT_EQ(s.total_steps(), 15);
  const double dt[] = {0.1, 0.05, 0.2};
  double time = 0;
  for (int step = 0; step < 15; ++step) {
    EXPECT_EQ(s.step(), step);
    EXPECT_EQ(s.chunk(), step / 5);
    EXPECT_NEAR(s.time(), time, 1e-12);
    EXPECT_FALSE(s.finished());
    time += dt[s.chunk()];
    s.advance(1);
  }
  EXPECT_TRUE(s.finished());
  EXPECT_EQ(s.chunk(), 2);
  EXPECT_NEAR(s.time(), program.duration(), 1e-12);
}

TEST(Simulator, AdvanceStaysWithinTheRun) {
  ThreadPool pool(1);
  Simulator s(small_program(), {}, {}, 3, pool);
  s.advance(2);
  const auto x = state(s);
  s.advance(0);
  s.advance(-1);
  EXPECT_EQ(s.step(), 2);
  EXPECT_EQ(state(s), x);
  s.advance(INT_MAX);
  EXPECT_EQ(s.step(), s.total_steps());
  const auto end = state(s);
  s.advance(1);
  EXPECT_EQ(s.step(), s.total_steps());
  EXPECT_EQ(state(s), end);
}

// --- changes on the way --------------------------------------------------------------------------

TEST(Simulator, SetHardwareKeepsStateAndTime) {
  ThreadPool pool(2);
  const Program program = small_program();
  Simulator s(program, {}, {}, 40, pool);
  s.advance(5);
  const auto x = state(s);
  s.set_hardware(all_flaws());
  EXPECT_EQ(s.step(), 5);
  EXPECT_EQ(state(s), x);
  EXPECT_EQ(s.hardware(), all_flaws());
  EXPECT_EQ(s.realised().values, realise(program, all_flaws()).values);
  EXPECT_EQ(s.ideal().values, program.values);

  // From here on it is a run on that hardware, bit by bit.
  Simulator other(program, all_flaws(), {}, 40, pool);
  other.restore(x, 5);
  s.advance(INT_MAX);
  other.advance(INT_MAX);
  EXPECT_EQ(state(s), state(other));

  // And back, in the middle of a chunk: nothing of it stays.
  s.restore(x, 5);
  s.advance(1);
  s.set_hardware({});
  s.restore(x, 5);
  s.advance(INT_MAX);
  const Simulator ideal = finished(program, {}, {}, 40, pool);
  EXPECT_EQ(state(s), state(ideal));
}

TEST(Simulator, RefusedHardwareChangesNothing) {
  ThreadPool pool(1);
  Simulator s(small_program(), all_flaws(), {}, 3, pool);
  s.advance(5);
  const auto x = state(s);
  EXPECT_THAT(error_of([&] { s.set_hardware({.bits = 9}); }), HasSubstr("bits is 9"));
  EXPECT_EQ(s.hardware(), all_flaws());
  EXPECT_EQ(s.step(), 5);
  EXPECT_EQ(state(s), x);
}

// "A new seed, first sample or width counts from the next restart": the run in progress keeps its
// noise, all of it.
TEST(Simulator, NewSeedsCountFromTheNextRestart) {
  ThreadPool pool(2);
  const RunSettings before{.seed = 1}, after{.seed = 2, .first_sample = 64, .noise_width = 0.5};
  const auto old_run = state(finished(small_program(), all_flaws(), before, 40, pool));
  const auto new_run = state(finished(small_program(), all_flaws(), after, 40, pool));
  Simulator s(small_program(), all_flaws(), before, 40, pool);
  s.advance(5);
  s.set_settings(after);
  EXPECT_EQ(s.step(), 5);
  EXPECT_EQ(s.settings().seed, 2u);
  s.advance(INT_MAX);
  EXPECT_EQ(state(s), old_run);
  s.restart();
  EXPECT_EQ(s.step(), 0);
  s.advance(INT_MAX);
  EXPECT_EQ(state(s), new_run);
}

TEST(Simulator, OtherStepCountsRestartOtherIntegratorsDoNot) {
  ThreadPool pool(1);
  Simulator s(small_program(), {}, {.integrator = Integrator::euler, .steps_per_chunk = 4}, 3,
              pool);
  const auto start = state(s);
  s.advance(5);
  const auto x = state(s);
  s.set_settings({.integrator = Integrator::rk4, .steps_per_chunk = 4});
  EXPECT_EQ(s.step(), 5);
  EXPECT_EQ(state(s), x);
  Simulator other(small_program(), {}, {.integrator = Integrator::rk4, .steps_per_chunk = 4}, 3,
                  pool);
  other.restore(x, 5);
  s.advance(2);
  other.advance(2);
  EXPECT_EQ(state(s), state(other));

  s.set_settings({.integrator = Integrator::rk4, .steps_per_chunk = 7});
  EXPECT_EQ(s.step(), 0);
  EXPECT_EQ(s.total_steps(), 21);
  EXPECT_EQ(state(s), start);
}

TEST(Simulator, BadSettingsAreNamed) {
  ThreadPool pool(1);
  const Program program = small_program();
  const auto message = [&](const RunSettings& settings, int lanes = 1, Hardware hardware = {}) {
    return error_of([&] { Simulator(program, hardware, settings, lanes, pool); });
  };
  EXPECT_THAT(message({}, 0), AllOf(HasSubstr("0 samples"), HasSubstr("at least 1")));
  EXPECT_THAT(message({}, -3), HasSubstr("-3 samples"));
  for (const int steps : {0, -2})
    EXPECT_THAT(
        message({.steps_per_chunk = steps}),
        AllOf(HasSubstr("steps per chunk is " + std::to_string(steps)), HasSubstr("at least 1")));
  EXPECT_THAT(message({.noise_width = -0.5}),
              AllOf(HasSubstr("noise width is -0.5"), HasSubstr(">= 0")));
  for (const double width : {kNan, HUGE_VAL})
    EXPECT_THAT(message({.noise_width = width}), HasSubstr("noise width is"));
  EXPECT_THAT(message({}, 1, {.density = 0}), HasSubstr("density is 0"));

  // Refused settings leave the run as it was.
  Simulator s(program, {}, {.steps_per_chunk = 4}, 3, pool);
  s.advance(5);
  EXPECT_THAT(error_of([&] { s.set_settings({.steps_per_chunk = 0}); }),
              HasSubstr("steps per chunk"));
  EXPECT_EQ(s.settings().steps_per_chunk, 4);
  EXPECT_EQ(s.step(), 5);
}

// --- labels ---

/// All substrates, with label oscillators that couple strongly and have stray parameters.
std::vector<Program> labelled_programs() {
  std::vector<Program> programs;
  const auto topology = Topology::with_labels(*Topology::local({7, 5, 2}, 2), 3);
  for (std::size_t s = 0; s < all_substrates().size(); ++s) {
    const Substrate substrate = test::substrate_at(s);
    const double width = info(substrate).is_phase ? 0.5 : 0.1;  // unbounded units diverge at more
    Program program = test::random_program(substrate, topology, 3, 0.5, width, 61);
    for (int c = 0; c < 3; ++c)
      for (int p = 0; p < program.unit_parameters(); ++p)
        std::ranges::fill(program.unit_values(c, p).last(3), 0.3f);
    programs.push_back(std::move(program));
  }
  return programs;
}

// Not a bit of a held state moves, whatever the method, the flaws and the unit's own parameters.
TEST(Labels, HoldTheirStateBitForBit) {
  ThreadPool pool(2);
  for (const Program& program : labelled_programs())
    for (const auto method :
         {Integrator::euler, Integrator::midpoint, Integrator::heun, Integrator::rk4}) {
      const int lanes = 40;
      Simulator s(program, all_flaws(), {.integrator = method}, lanes, pool);
      const auto before = state(s);
      s.advance(1);
      const auto rates = rate(s);
      s.advance(s.total_steps());
      const auto after = state(s);
      ASSERT_FALSE(s.diverged());
      const auto first = static_cast<std::size_t>(program.topology->first_label()) * lanes;
      for (std::size_t k = 0; k < after.size(); ++k) {
        if (k < first) {
          ASSERT_NE(after[k], before[k]);
          continue;
        }
        ASSERT_EQ(std::bit_cast<std::uint32_t>(after[k]), std::bit_cast<std::uint32_t>(before[k]));
        ASSERT_EQ(rates[k], 0);
      }
    }
}

// Classes come in turn by the sample's index, so that any batch of a run gives the same samples;
// a class of its own gives the sample that has its turn, and others differ.
TEST(Labels, DecideWhatASampleBecomes) {
  ThreadPool pool(2);
  for (const Program& program : labelled_programs()) {
    const auto all = finished(program, {}, {.seed = 5}, 40, pool);
    for (int label = 0; label < 3; ++label) {
      const auto one = finished(program, {}, {.seed = 5, .label = label}, 40, pool);
      for (int l = 0; l < 40; ++l)
        EXPECT_EQ(lane(state(one), 40, l) == lane(state(all), 40, l), l % 3 == label);
    }
    const auto later = finished(program, {}, {.seed = 5, .first_sample = 7}, 20, pool);
    for (int l = 0; l < 20; ++l) EXPECT_EQ(lane(state(later), 20, l), lane(state(all), 40, l + 7));
  }
}

TEST(Labels, UnknownOnesAreNamed) {
  ThreadPool pool(1);
  const auto message = [&](const Program& program, int label) {
    return error_of([&] { Simulator(program, {}, {.label = label}, 1, pool); });
  };
  const Program labelled = labelled_programs().front();
  EXPECT_THAT(message(small_program(), 0), HasSubstr("knows no classes"));
  EXPECT_THAT(message(labelled, 3), AllOf(HasSubstr("class 3"), HasSubstr("0 to 2")));
  EXPECT_THAT(message(labelled, -2), AllOf(HasSubstr("class -2"), HasSubstr("0 to 2")));
}

// --- looking at it -------------------------------------------------------------------------------

// An Euler step is x + dt rate: what read_rate() says is what moves the state, in every chunk, up
// to two roundings of states and rates of order 1 to 10.
TEST(Simulator, RateIsWhatMovesTheState) {
  ThreadPool pool(2);
  for (std::size_t i = 0; i < all_substrates().size(); ++i) {
    const Hardware hardware{.bits = 4, .mismatch = 0.1};  // rates are those of the hardware
    Simulator s(small_program(test::substrate_at(i)), hardware,
                {.integrator = Integrator::euler, .steps_per_chunk = 2}, 40, pool);
    while (!s.finished()) {
      const auto before = state(s), r = rate(s);
      const auto dt = static_cast<float>(s.ideal().durations[s.chunk()] / 2);
      s.advance(1);
      const auto after = state(s);
      for (std::size_t k = 0; k < before.size(); ++k)
        ASSERT_NEAR(after[k], before[k] + dt * r[k], 1e-6 * (1 + std::abs(before[k])));
    }
    EXPECT_EQ(rate(s).size(), state(s).size());  // at the end: still that of the last chunk
  }
}

// The same for a tiny step of the best integrator; roundings of 6e-8 over dt = 1e-3, and dt/2 times
// the second derivative.
TEST(Simulator, RateIsTheLimitOfTinySteps) {
  ThreadPool pool(1);
  Program program = small_program();
  program.durations = {1e-3, 1e-3, 1e-3};
  Simulator s(program, {}, {.integrator = Integrator::rk4, .steps_per_chunk = 1}, 5, pool);
  const auto before = state(s), r = rate(s);
  s.advance(1);
  const auto after = state(s);
  for (std::size_t k = 0; k < before.size(); ++k)
    EXPECT_NEAR((after[k] - before[k]) / 1e-3, r[k], 0.01);
}

// Products with weights that are 0 are left out. With the least numbers for weights they are made,
// and are lost in the first sum: the same bits in this chunk, and in those behind it.
TEST(Simulator, ChunksWithoutCouplingsAreTheLimitOfWeakOnes) {
  ThreadPool pool(2);
  constexpr float kLeast = std::numeric_limits<float>::denorm_min();
  for (std::size_t i = 0; i < all_substrates().size(); ++i)
    for (const double noise : {0.0, 0.025}) {
      Program without = small_program(test::substrate_at(i));
      std::ranges::fill(without.weights(0), 0.0F);
      Program weak = without;
      std::ranges::fill(weak.weights(0), kLeast);
      const Hardware hardware{.weight_noise = noise, .phase_noise = 0.1};
      Simulator a(without, hardware, {.steps_per_chunk = 2}, 40, pool),
          b(weak, hardware, {.steps_per_chunk = 2}, 40, pool);
      while (!a.finished()) {
        ASSERT_EQ(rate(a), rate(b));
        a.advance(1);
        b.advance(1);
        ASSERT_EQ(state(a), state(b)) << info(without.substrate).name << ", step " << a.step();
      }
    }
}

TEST(Simulator, ReadingChangesNothing) {
  ThreadPool pool(2);
  const Simulator undisturbed = finished(small_program(), all_flaws(), {}, 40, pool);
  Simulator s(small_program(), all_flaws(), {}, 40, pool);
  while (!s.finished()) {
    s.advance(1);
    state(s), rate(s), pixels(s);
    EXPECT_FALSE(s.diverged());
  }
  EXPECT_EQ(state(s), state(undisturbed));
}

TEST(Simulator, PixelsAreReadOutsOfTheVisibleUnits) {
  ThreadPool pool(1);
  for (const Readout readout : {Readout::sine, Readout::cosine, Readout::tanh}) {
    Program program = small_program();
    program.readout = readout;
    const int lanes = 37, visible = program.topology->visible();
    ASSERT_LT(visible, program.topology->units());
    const Simulator s = finished(program, {}, {}, lanes, pool);
    const auto x = state(s), p = pixels(s);
    ASSERT_EQ(p.size(), static_cast<std::size_t>(visible) * lanes);
    for (int l = 0; l < lanes; ++l)
      for (int i = 0; i < visible; ++i)  // 1e-6: room for a vectorised read-out in float
        ASSERT_NEAR(p[static_cast<std::size_t>(l * visible + i)],
                    read_pixel(readout, x[static_cast<std::size_t>(i * lanes + l)]), 1e-6);
  }
}

// --- divergence ----------------------------------------------------------------------------------

/// One unit dx = -x^3 under Euler steps of 4 time units: x' = x - 4 x^3 explodes from |x| > 0.71,
/// that is for 29 % of the samples.
Program explosive() {
  Program program =
      make_program(substrate_named("aim_poly"), Topology::local({1, 1, 1}, 0), 1, 80, 0, 1);
  program.initial.width = 1;
  return program;
}
constexpr RunSettings kExplosive{.integrator = Integrator::euler, .steps_per_chunk = 20};

/// A seed whose first sample stays finite while others of its block explode.
RunSettings one_good_sample(ThreadPool& pool) {
  RunSettings settings = kExplosive;
  for (;; ++settings.seed) {
    const Simulator s = finished(explosive(), {}, settings, kLanes, pool);
    if (s.diverged() && std::isfinite(state(s)[0])) return settings;
  }
}

TEST(Simulator, DivergenceIsSeen) {
  ThreadPool pool(1);
  Simulator s(explosive(), {}, kExplosive, 100, pool);
  EXPECT_FALSE(s.diverged());
  s.advance(INT_MAX);
  EXPECT_TRUE(s.diverged());
  s.restart();
  EXPECT_FALSE(s.diverged());
}

TEST(Simulator, UnusedLanesMayDiverge) {
  ThreadPool pool(1);
  const RunSettings settings = one_good_sample(pool);
  EXPECT_FALSE(finished(explosive(), {}, settings, 1, pool).diverged());
}

TEST(Simulator, OneBadValueIsEnough) {
  ThreadPool pool(1);
  Simulator s(small_program(), {}, {}, 40, pool);
  for (const double bad : {kNan, HUGE_VAL, -HUGE_VAL}) {
    auto x = state(s);
    const auto good = x;
    x.back() = static_cast<float>(bad);
    s.restore(x, 0);
    EXPECT_TRUE(s.diverged());
    s.restore(good, 0);
    EXPECT_FALSE(s.diverged());
  }
}

// --- generate ------------------------------------------------------------------------------------

TEST(Generate, GivesTheSamplesOfASimulator) {
  const Program program = small_program();
  ThreadPool one(1);
  const RunSettings settings{.seed = 3, .first_sample = 5};
  const auto expected = pixels(finished(program, all_flaws(), settings, 150, one));
  for (const int threads : {1, 2, 3}) {
    ThreadPool pool(threads);
    for (const int n : {1, 32, 63, 64, 65, 150}) {  // less than a batch, whole ones, a rest
      const auto got = generate(program, all_flaws(), settings, n, pool);
      ASSERT_EQ(got.size(), static_cast<std::size_t>(n) * program.topology->visible());
      EXPECT_TRUE(std::equal(got.begin(), got.end(), expected.begin())) << n << " samples";
    }
  }
  EXPECT_TRUE(generate(program, {}, {}, 0, one).empty());
}

TEST(Generate, ReportsProgressAndCanBeCancelled) {
  const Program program = small_program();
  const auto visible = static_cast<std::size_t>(program.topology->visible());
  ThreadPool pool(1);
  std::vector<int> reports;
  const auto all = generate(program, {}, {}, 150, pool, [&](int done) {
    reports.push_back(done);
    return true;
  });
  EXPECT_EQ(all.size(), 150 * visible);
  ASSERT_GT(reports.size(), 1u);
  EXPECT_TRUE(std::ranges::is_sorted(reports));
  EXPECT_EQ(reports.back(), 150);

  int calls = 0;
  const auto some = generate(program, {}, {}, 150, pool, [&](int) {
    ++calls;
    return false;
  });
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(some.size(), static_cast<std::size_t>(reports.front()) * visible);
  EXPECT_TRUE(std::equal(some.begin(), some.end(), all.begin()));
}

TEST(Generate, DivergenceOfAWantedSampleIsAnError) {
  ThreadPool pool(1);
  EXPECT_THAT(error_of([&] { generate(explosive(), {}, kExplosive, 50, pool); }),
              AllOf(HasSubstr("diverged"), HasSubstr("before sample 50"), HasSubstr("more steps")));
  // Of samples that nobody asked for it is not, whatever the size of a batch.
  const RunSettings settings = one_good_sample(pool);
  for (const int threads : {1, 4}) {
    ThreadPool other(threads);
    EXPECT_EQ(generate(explosive(), {}, settings, 1, other).size(), 1u);
  }
}

}  // namespace
}  // namespace phaseloom
