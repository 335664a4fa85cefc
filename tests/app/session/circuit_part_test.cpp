// SPDX-License-Identifier: MIT
// Circuits as a part of a session, by commands and scripts; what they measure is tested with their
// job.
#include "app/session/circuit_part.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "app/session/script.hpp"
#include "app/session/session.hpp"
#include "tests/app/session/fixed_circuit.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using test::last_message;
using ::testing::HasSubstr;
using ::testing::StartsWith;

SessionOptions circuit_options(const std::string& model = "a") {
  SessionOptions options = test::small_options();
  options.scene.model = model;
  options.circuit = test::fixed_circuit();
  return options;
}

class Circuits : public ::testing::Test {
 protected:
  Circuits() { session.update(); }
  void post(std::initializer_list<const char*> lines) {
    for (const char* line : lines) session.post(std::string_view(line));
    session.update();
  }
  const CircuitSnapshot& now() { return *session.part<CircuitPart>().latest(); }
  Session session{circuit_options()};
};

TEST_F(Circuits, AreComparedChunkByChunk) {
  post({"set circuit.tile 2", "set circuit.sample 7", "set hardware.bits 4", "set seed 3",
        "circuit.start"});
  EXPECT_TRUE(now().running) << last_message(session);
  EXPECT_EQ(now().done(), 0);
  EXPECT_THAT(session.lost_by_quitting(), HasSubstr("0 of 3 chunks"));
  EXPECT_EQ(now().request.hardware.bits, 4);
  EXPECT_EQ(now().request.settings.seed, 3u);
  EXPECT_EQ(now().request.settings.first_sample, 7u);
  EXPECT_EQ(now().side, 2);
  post({"circuit.advance 2"});
  EXPECT_EQ(now().done(), 2);
  post({"circuit.stop"});
  EXPECT_FALSE(now().running);
  EXPECT_EQ(now().done(), 2) << "what is compared stays";
  EXPECT_EQ(session.lost_by_quitting(), "");
  post({"circuit.stop"});
  EXPECT_THAT(last_message(session), HasSubstr("circuit.start"));
}

TEST_F(Circuits, TheirValuesAreUndone) {
  EXPECT_EQ(session.scene().circuit, CircuitSetup{});
  post({"set circuit.tile 3", "set circuit.reltol 1e-6", "set circuit.sample 2"});
  EXPECT_EQ(session.scene().circuit, (CircuitSetup{3, 2, 1e-6}));
  post({"undo", "undo", "undo"});
  EXPECT_EQ(session.scene().circuit, CircuitSetup{});
  post({"redo"});
  EXPECT_EQ(session.scene().circuit.tile, 3);
}

TEST_F(Circuits, SayWhenTheyAreOfSomethingElse) {
  post({"circuit.start", "circuit.advance 9"});
  const Scene& begun = session.part<CircuitPart>().begun_with();
  EXPECT_EQ(compared_otherwise(session.scene(), begun), "");
  post({"set steps_per_chunk 9", "set chips.limit 0.3"});
  EXPECT_EQ(compared_otherwise(session.scene(), begun), "") << "the reference has its own steps";
  for (const char* line : {"set hardware.mismatch 0.1", "set seed 9", "set circuit.reltol 1e-3"}) {
    post({line});
    EXPECT_THAT(compared_otherwise(session.scene(), begun),
                StartsWith("Made with a, float, density 1, sample 0 of seed 1, a window of 8"));
    post({"undo"});
  }
  EXPECT_EQ(compared_otherwise(session.scene(), begun), "");
}

TEST_F(Circuits, AScriptRunsNgspiceAndWaitsForIt) {
  const TemporaryFolder out;
  Session real(test::small_options());
  NullHost host;
  run_script(real, host,
             "set circuit.tile 2\ncircuit.start\ncircuit.advance 9\ncircuit.export c.csv\n"
             "circuit.save decks\n",
             "script", out.path());
  EXPECT_TRUE(real.part<CircuitPart>().latest()->finished())
      << real.part<CircuitPart>().latest()->problem;
  std::ifstream table(out / "c.csv");
  EXPECT_THAT((std::string{std::istreambuf_iterator<char>(table), {}}), HasSubstr("\n3,"));
  EXPECT_TRUE(std::filesystem::exists(out / "decks/chunk-3.cir"));
  EXPECT_TRUE(std::filesystem::exists(out / "decks/comparison.png"));
}

TEST_F(Circuits, NeedANetwork) {
  Session without(circuit_options("missing"));
  without.update();
  without.post("circuit.start");
  EXPECT_THAT(last_message(without), HasSubstr("no model is running"));
}

}  // namespace
}  // namespace phaseloom
