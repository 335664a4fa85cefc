// SPDX-License-Identifier: MIT
#include "engine/circuit/deck.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "tests/engine/dynamics/networks.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/places.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

/// Two units that listen to each other, and to a label.
Program pair_of(std::string_view substrate) {
  Program program =
      make_program(substrate_named(substrate),
                   Topology::with_labels(*Topology::all_to_all({2, 1, 1}, 2), 1), 2, 0.5, 0, 1);
  for (int chunk = 0; chunk < 2; ++chunk) {
    std::ranges::copy(std::array{0.5F, -0.25F, -1.0F, 0.125F}, program.weights(chunk).begin());
    for (int p = 0; p < program.unit_parameters(); ++p)
      std::ranges::fill(program.unit_values(chunk, p).first(2), 0.25F * static_cast<float>(p + 1));
  }
  return program;
}

std::string deck_of(const Program& program, const RunSettings& settings,
                    const DeckOptions& options) {
  ThreadPool pool(1);
  const Circuit circuit = whole_circuit(program, {}, settings);
  const RecordedRun recording = record(program, {}, settings, pool);
  const std::vector<double> initial(circuit.units.size(), 0.1);
  return chunk_deck(circuit, 1, initial, recording, options);
}

RunSettings four_steps(const Program& program) {
  RunSettings settings = settings_of(program);
  settings.integrator = Integrator::rk4;
  settings.steps_per_chunk = 4;
  return settings;
}

// A golden text for each substrate: what a designer reads, and what no change may touch unseen.
TEST(Deck, ReadsAsItDidBefore) {
  for (const SubstrateInfo& substrate : all_substrates()) {
    const Program program = pair_of(substrate.name);
    const std::string deck =
        deck_of(program, four_steps(program), {.what = "a pair", .file = "chunk-2"});
    const std::string file = std::string(source_folder()) + "/tests/engine/circuit/golden/" +
                             std::string(substrate.name) + ".cir";
    if (::getenv("PHASELOOM_REBASELINE") != nullptr) std::ofstream(file) << deck;
    std::stringstream expected;
    expected << std::ifstream(file).rdbuf();
    EXPECT_EQ(deck, expected.str()) << file;
  }
}

TEST(Deck, ALabelIsAConstantOfItsState) {
  const Program program = pair_of("kuramoto");
  const std::string deck = deck_of(program, four_steps(program), {});
  // Its phase is a quarter of a turn, so that its sine is 1.
  EXPECT_THAT(deck, HasSubstr("+cos(V(n0))*((-0.25)+0.5*V(y1_1))"));
  EXPECT_THAT(deck, AllOf(Not(HasSubstr("n2")), Not(HasSubstr("_2"))));
}

TEST(Deck, LinesAreShortAndNothingThatIsPrunedIsWritten) {
  Program program = test::random_program(substrate_named("kuramoto_shil"),
                                         Topology::local({6, 6, 2}, 2), 1, 0.5, 0.2, 3);
  Hardware hardware;
  hardware.density = 0.5;
  ThreadPool pool(1);
  const RunSettings settings = four_steps(program);
  const Circuit circuit = whole_circuit(program, hardware, settings);
  const RecordedRun recording = record(program, hardware, settings, pool);
  const std::string deck =
      chunk_deck(circuit, 0, std::vector<double>(72, 0), recording, {.what = "w", .file = "f"});
  std::istringstream lines(deck);
  std::size_t couplings = 0;
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 160u) << line;
    for (auto at = line.find("V(y1_"); at != std::string::npos; at = line.find("V(y1_", at + 1))
      ++couplings;
  }
  EXPECT_NEAR(static_cast<double>(couplings),
              0.5 * static_cast<double>(program.topology->couplings()), 1);
}

// As many factors as magnitudes: of three bits four at most, where floats have one for each weight.
TEST(Deck, WeightsOfOneMagnitudeShareAFactor) {
  const Program program = test::random_program(substrate_named("aim_tanh"),
                                               Topology::local({6, 6, 1}, 2), 1, 0.5, 0.2, 3);
  ThreadPool pool(1);
  const RunSettings settings = four_steps(program);
  const auto factors = [&](int bits) {
    const Circuit circuit = whole_circuit(program, {.bits = bits}, settings);
    const std::string deck =
        chunk_deck(circuit, 0, std::vector<double>(36, 0),
                   record(program, {.bits = bits}, settings, pool), {.what = "w", .file = "f"});
    std::size_t opened = 0;
    for (const std::string_view begin : {"*V(y1_", "*(V(y1_", "*(-V(y1_"})
      for (auto at = deck.find(begin); at != std::string::npos; at = deck.find(begin, at + 1))
        ++opened;
    return opened;
  };
  EXPECT_LE(factors(3), 36u * 4);
  EXPECT_GT(factors(0), 36u * 4);
}

TEST(Deck, AWarmOneIsShakenAsRecordedOrByNoiseOfItsOwn) {
  Program program = pair_of("langevin");
  RunSettings settings = four_steps(program);
  settings.temperature = 0.02;
  EXPECT_THAT(deck_of(program, settings, {}), HasSubstr("I0 0 n0 PWL(0 "));
  // sqrt(2 kT / NT) of the step 0.125.
  EXPECT_THAT(deck_of(program, settings, {.noise = CircuitNoise::own}),
              HasSubstr("I0 0 n0 TRNOISE(0.565685425 0.125 0 0)"));
  settings.temperature = 0;
  EXPECT_THAT(deck_of(program, settings, {}), Not(HasSubstr("I0 ")));
}

TEST(Circuit, ATileKnowsItsBorder) {
  const Program program = test::random_program(substrate_named("kuramoto"),
                                               Topology::local({7, 6, 2}, 1), 1, 0.5, 0.2, 3);
  const Circuit tile = tile_circuit(program, {}, settings_of(program), 2);
  // Rows 2 and 3, columns 2 and 3, of both layers.
  EXPECT_THAT(tile.units, ElementsAre(16, 17, 23, 24, 58, 59, 65, 66));
  EXPECT_THAT(tile.border, SizeIs(2 * (16 - 4)));
  for (const int bad : {0, 7, -1})
    EXPECT_THAT(error_of([&] { tile_circuit(program, {}, settings_of(program), bad); }),
                HasSubstr("tiles of 1 to 6"));
  EXPECT_THAT(whole_circuit(program, {}, settings_of(program)).border, SizeIs(0));
}

}  // namespace
}  // namespace phaseloom
