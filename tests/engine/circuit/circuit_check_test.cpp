// SPDX-License-Identifier: MIT
// ngspice itself runs here: it is among the packages of the tests.
#include "engine/circuit/circuit_check.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "engine/circuit/kuiper.hpp"
#include "engine/support/interrupt.hpp"
#include "tests/engine/dynamics/networks.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

namespace fs = std::filesystem;

/// At a relative tolerance of 1e-6: what is left is a hundred times less than a wrong sign or a
/// missing coupling makes, and mostly that of the simulator's trapezoids.
constexpr double kTolerance = 3e-4;
constexpr double kReltol = 1e-6;

class CircuitChecked : public ::testing::Test {
 protected:
  CircuitCheck check(const Circuit& circuit, const RecordedRun& recording,
                     const DeckOptions& options = {.reltol = kReltol, .what = "a test"}) const {
    return check_circuit(circuit, recording, options, {}, folder_.path());
  }
  RecordedRun recorded(const Program& program, const Hardware& hardware,
                       const RunSettings& settings) {
    return record(program, hardware, settings, pool_);
  }
  /// A program that is started instead of ngspice: "$4" is where the result belongs.
  NgspiceOptions instead(std::string_view script, double timeout = 60) const {
    const auto file = folder_ / "instead";
    std::ofstream(file) << "#!/bin/sh\n" << script << '\n';
    fs::permissions(file, fs::perms::owner_all);
    return {file.string(), timeout};
  }
  TemporaryFolder folder_;
  ThreadPool pool_{1};
};

RunSettings fine(const Program& program) {
  RunSettings settings = settings_of(program);
  settings.integrator = Integrator::rk4;
  settings.steps_per_chunk = 64;
  return settings;
}

Program small(const SubstrateInfo& substrate) {
  Program program = test::random_program(substrate_named(substrate.name),
                                         Topology::with_labels(*Topology::local({5, 4, 2}, 1), 2),
                                         2, 0.5, 0.3, 61);
  if (!substrate.is_phase) program.initial.width = 0.5;
  return program;
}

TEST_F(CircuitChecked, EverySubstrateGoesAsTheEngineSays) {
  for (const SubstrateInfo& substrate : all_substrates()) {
    SCOPED_TRACE(substrate.name);
    const Program program = small(substrate);
    const RunSettings settings = fine(program);
    const CircuitCheck c =
        check(whole_circuit(program, {}, settings), recorded(program, {}, settings));
    ASSERT_THAT(c.chunks, SizeIs(2));
    for (const ChunkCheck& chunk : c.chunks) {
      EXPECT_LT(chunk.error.rms, kTolerance);
      EXPECT_LE(chunk.error.median, chunk.error.p99);
      EXPECT_GT(chunk.looser_rms, chunk.error.rms) << "a tolerance that does nothing";
    }
    EXPECT_THAT(c.ours, SizeIs(20));
    EXPECT_LT(c.pixel_difference, kTolerance);
  }
}

TEST_F(CircuitChecked, FlawsAreThoseOfTheSample) {
  const Program program = small(info(substrate_named("kuramoto_shil")));
  RunSettings settings = fine(program);
  settings.first_sample = 5;
  Hardware hardware{
      .bits = 3, .density = 0.6, .mismatch = 0.2, .weight_noise = 0.2, .phase_noise = 0.3};
  const Circuit circuit = whole_circuit(program, hardware, settings);
  EXPECT_LT(check(circuit, recorded(program, hardware, settings)).chunks.back().error.rms,
            kTolerance);
  // Another device, and another sample's noise, are told apart.
  Hardware other = hardware;
  other.device = 2;
  EXPECT_GT(check(circuit, recorded(program, other, settings)).chunks.back().error.rms,
            100 * kTolerance);
  settings.first_sample = 6;
  const Circuit next = whole_circuit(program, hardware, settings);
  settings.first_sample = 5;
  EXPECT_GT(check(next, recorded(program, hardware, settings)).chunks.back().error.rms,
            10 * kTolerance);
}

TEST_F(CircuitChecked, AWarmNetworkGoesAlongTheRecordedPath) {
  Program program = small(info(substrate_named("langevin")));
  RunSettings settings = fine(program);
  settings.temperature = 0.1;
  const Circuit circuit = whole_circuit(program, {}, settings);
  const RecordedRun recording = recorded(program, {}, settings);
  EXPECT_LT(check(circuit, recording).chunks.back().error.rms, kTolerance);
  settings.seed = 2;
  RecordedRun shaken_otherwise = recording;
  shaken_otherwise.shaking = recorded(program, {}, settings).shaking;
  EXPECT_GT(check(circuit, shaken_otherwise).chunks.back().error.rms, 100 * kTolerance);
}

// Units alone in V = J2 x^2 and a bath: variance kT / (2 J2), here after many relaxation times.
TEST_F(CircuitChecked, ItsOwnNoiseHasTheBathsTemperature) {
  constexpr int kUnits = 400;
  constexpr double kTemperature = 0.05;
  auto nobody = Topology::from_rows(
      {kUnits, 1, 1}, kUnits, std::vector<std::int64_t>(kUnits + 1, 0), {}, "apart", "a test");
  Program program = make_program(substrate_named("langevin"), nobody, 1, 3, 0, 1);
  std::ranges::fill(program.unit_values(0, 1), 0.0F);  // J4
  program.initial.width = 0;
  RunSettings settings = fine(program);
  settings.steps_per_chunk = 192;
  settings.temperature = kTemperature;
  DeckOptions options{.noise = CircuitNoise::own, .what = "a bath", .file = "bath"};
  const Circuit circuit = whole_circuit(program, {}, settings);
  const auto deck = folder_ / "bath.cir";
  std::ofstream(deck) << chunk_deck(circuit, 0, std::vector<double>(kUnits, 0),
                                    recorded(program, {}, settings), options);
  const RawPlot plot = run_ngspice(deck, 3, {});
  const auto last = plot.point(plot.points() - 1).subspan(1);
  ASSERT_THAT(last, SizeIs(kUnits));
  double square = 0;
  for (const double x : last) square += x * x / kUnits;
  const double expected = kTemperature / 2;
  EXPECT_NEAR(square, expected, 4 * expected * std::sqrt(2.0 / kUnits)) << "four standard errors";
}

// Paths say nothing then. A bath that is colder in the deck is told apart.
TEST_F(CircuitChecked, ItsOwnNoiseLeavesTheDistribution) {
  Program program =
      make_program(substrate_named("langevin"), Topology::local({20, 20, 1}, 1), 1, 2, 0.02, 1);
  program.initial.width = 0;
  RunSettings settings = fine(program);
  settings.temperature = 0.1;
  const Circuit circuit = whole_circuit(program, {}, settings);
  RecordedRun recording = recorded(program, {}, settings);
  const DeckOptions own{.noise = CircuitNoise::own, .what = "a bath"};
  const CircuitCheck as_warm = check(circuit, recording, own);
  EXPECT_GT(as_warm.chunks.back().error.rms, 100 * kTolerance);
  EXPECT_LT(as_warm.chunks.back().distribution, kuiper_by_chance(400));
  recording.noise /= 2;
  EXPECT_GT(check(circuit, recording, own).chunks.back().distribution, 2 * kuiper_by_chance(400));
}

// A phase under injection of second order alone: tan θ falls by exp(-2 S t).
TEST_F(CircuitChecked, OneOscillatorLocksAsTheClosedFormSays) {
  auto alone = Topology::from_rows({1, 1, 1}, 1, {0, 0}, {}, "alone", "a test");
  Program program = make_program(substrate_named("kuramoto_shil"), alone, 1, 0.5, 0, 1);
  program.unit_values(0, 3)[0] = 1.5F;
  const RunSettings settings = fine(program);
  const Circuit circuit = whole_circuit(program, {}, settings);
  const auto deck = folder_ / "alone.cir";
  std::ofstream(deck) << chunk_deck(circuit, 0, std::vector<double>{1.2},
                                    recorded(program, {}, settings), {.reltol = kReltol});
  const RawPlot plot = run_ngspice(deck, 0.5, {});
  const auto last = plot.point(plot.points() - 1);
  EXPECT_NEAR(last[1], std::atan(std::tan(1.2) * std::exp(-2 * 1.5 * 0.5)), kTolerance);
}

TEST_F(CircuitChecked, ATileGoesAsItDoesInTheWhole) {
  const Program program = test::random_program(substrate_named("kuramoto_shil"),
                                               Topology::local({9, 8, 2}, 2), 2, 0.5, 0.2, 61);
  const RunSettings settings = fine(program);
  const Circuit tile = tile_circuit(program, {}, settings, 4);
  const RecordedRun recording = recorded(program, {}, settings);
  const CircuitCheck c = check(tile, recording);
  EXPECT_THAT(c.ours, SizeIs(16));
  EXPECT_LT(c.chunks.back().error.rms, kTolerance);
  // Without its border it would go elsewhere.
  RecordedRun still = recording;
  for (int step = 1; step <= 128; ++step)
    for (const int unit : tile.border)
      still.states[static_cast<std::size_t>(step) * 144 + static_cast<std::size_t>(unit)] = 0;
  EXPECT_GT(check(tile, still).chunks.back().error.rms, 100 * kTolerance);
}

TEST_F(CircuitChecked, WritesDecksThatCanBeRunByHand) {
  const Program program = small(info(substrate_named("aim_tanh")));
  const RunSettings settings = fine(program);
  const Circuit circuit = whole_circuit(program, {}, settings);
  const RecordedRun recording = recorded(program, {}, settings);
  write_decks(circuit, recording, {.reltol = kReltol, .what = "a test"}, folder_.path());
  const RawPlot plot = run_ngspice(deck_file(folder_.path(), 1), 0.5, {});
  const auto last = plot.point(plot.points() - 1).subspan(1);
  const auto end = recording.at_chunk(2).first(40);
  EXPECT_LT(state_error(last, std::vector<double>(end.begin(), end.end()), false).rms, kTolerance);
  EXPECT_FALSE(fs::exists(folder_ / "chunk-2.raw")) << "it was read";
}

TEST_F(CircuitChecked, TellsWhyThereIsNoResult) {
  const Program program = small(info(substrate_named("aim_poly")));
  const RunSettings settings = fine(program);
  const Circuit circuit = whole_circuit(program, {}, settings);
  const RecordedRun recording = recorded(program, {}, settings);
  const auto message = [&](const NgspiceOptions& ngspice) {
    return error_of([&] { check_circuit(circuit, recording, {}, ngspice, folder_.path()); });
  };
  EXPECT_THAT(message({.program = "no-such-simulator"}), HasSubstr("not installed"));
  EXPECT_THAT(message(instead("echo 'Error: no' >&2; exit 1")), HasSubstr("failed: Error: no"));
  EXPECT_THAT(message(instead("exit 0")), HasSubstr("does not say why"));
  EXPECT_THAT(message(instead("kill -9 $$")), HasSubstr("ended by a signal"));
  EXPECT_THAT(message(instead("echo hello > \"$4\"")), HasSubstr("not a raw file"));
  EXPECT_THAT(message(instead("printf 'Title: x\\nNo. Variables: 2\\nVariables:\\n 0 time time\\n"
                              " 1 v(n0) voltage\\nValues:\\n 0 0\\n 1\\n' > \"$4\"")),
              HasSubstr("stopped at 0 of 0.5"));
  EXPECT_THAT(message(instead("printf 'Title: x\\nNo. Variables: 2\\nVariables:\\n 0 time time\\n"
                              " 1 v(n0) voltage\\nValues:\\n 0 0.5\\n 1\\n' > \"$4\"")),
              HasSubstr("no v(n1)"));
  EXPECT_THAT(message(instead("exec sleep 600", 0.1)), HasSubstr("longer than the 0.1 s"));
}

TEST_F(CircuitChecked, ADeckThatRunsAwaySaysSo) {
  // dx/dt = 4 x^3 in a potential that falls: infinite after an eighth of a unit of time.
  auto alone = Topology::from_rows({1, 1, 1}, 1, {0, 0}, {}, "alone", "a test");
  Program program = make_program(substrate_named("langevin"), alone, 1, 0.5, 0, 1);
  const RunSettings settings = fine(program);
  const RecordedRun recording = recorded(program, {}, settings);
  program.unit_values(0, 1)[0] = -1;
  const Circuit circuit = whole_circuit(program, {}, settings);
  const auto deck = folder_ / "away.cir";
  std::ofstream(deck) << chunk_deck(circuit, 0, std::vector<double>{1.5}, recording, {});
  EXPECT_THAT(error_of([&] { run_ngspice(deck, 0.5, {}); }),
              AllOf(HasSubstr("away.cir"), HasSubstr("imestep")));
}

TEST_F(CircuitChecked, CanBeCancelled) {
  const Program program = small(info(substrate_named("kuramoto")));
  const RunSettings settings = fine(program);
  const Circuit circuit = whole_circuit(program, {}, settings);
  const RecordedRun recording = recorded(program, {}, settings);
  int asked = 0;
  EXPECT_THROW(check_circuit(circuit, recording, {}, instead("exec sleep 600"), folder_.path(),
                             {.share = [&](double) { return ++asked < 3; }}),
               Cancelled);
  EXPECT_EQ(asked, 3);
}

TEST(StateError, GoesTheShortWayRoundTheCircle) {
  const std::vector<double> a{3.2, 0, 1}, b{3.2 + 6.283185307179586, 0.3, 1};
  const StateError phases = state_error(a, b, true), voltages = state_error(a, b, false);
  EXPECT_NEAR(phases.rms, 0.3 / std::sqrt(3.0), 1e-12);
  EXPECT_NEAR(phases.median, 0, 1e-12);
  EXPECT_NEAR(phases.p99, 0.3, 1e-12);
  EXPECT_GT(voltages.p99, 6);
  EXPECT_EQ(state_error({}, {}, true).rms, 0);
}

}  // namespace
}  // namespace phaseloom
