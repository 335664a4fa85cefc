// SPDX-License-Identifier: MIT
#include "app/session/thermo_part.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "app/commands/experiment_verbs.hpp"
#include "engine/data/npy.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/app/session/small_thermo.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using test::last_message;
using test::thermo_options;
using ::testing::HasSubstr;

const ThermoRunSnapshot& run_of(const Session& session) {
  return *session.part<ThermoPart>().run();
}
const ThermoTrainingSnapshot& training_of(const Session& session) {
  return *session.part<ThermoPart>().training();
}

TEST(ThermoPart, RunsOnlyWhereItIsSeen) {
  auto options = thermo_options();
  options.ui.workspace = Workspace::generate;
  Session session(options);
  session.update();
  EXPECT_EQ(run_of(session).run, 0u);
  session.post("workspace thermo");
  EXPECT_EQ(run_of(session).run, 1u);
  EXPECT_EQ(run_of(session).counts.heat.size(), 8u);
}

TEST(ThermoPart, AChangeRunsAnewAndUndoBringsTheFormerBack) {
  Session session(thermo_options());
  session.update();
  const auto before = run_of(session).counts.heat;
  session.post("set thermo.temperature 0.2");
  EXPECT_EQ(run_of(session).request.temperature, 0.2);
  EXPECT_NE(run_of(session).counts.heat, before);
  session.post("undo");
  EXPECT_EQ(session.scene().thermo.temperature, 0.1);
  EXPECT_EQ(run_of(session).counts.heat, before);
  session.post("set thermo.wall 3");
  EXPECT_EQ(run_of(session).request.lanes, 9);
  session.post("set thermo.temperature 11");
  EXPECT_THAT(last_message(session), HasSubstr("from 0 to 10"));
}

TEST(ThermoPart, WhatIsTrainedIsSeen) {
  Session session(thermo_options());
  session.update();
  session.post("thermo.train");
  session.post("thermo.advance 2");
  EXPECT_EQ(training_of(session).cycle, 2);
  EXPECT_EQ(session.ui().thermo.source, ThermoView::Source::training);
  EXPECT_EQ(run_of(session).model, training_of(session).learner.network);
  session.post("thermo.advance 9");
  EXPECT_EQ(training_of(session).cycle, 4);
  EXPECT_EQ(run_of(session).model, training_of(session).learner.network);
  session.post("heat.source model");
  EXPECT_NE(run_of(session).model, training_of(session).learner.network);
  EXPECT_EQ(run_of(session).request.network, nullptr);
}

TEST(ThermoPart, WritesWhatItShows) {
  const TemporaryFolder folder;
  Session session(thermo_options());
  session.post("thermo.export " + (folder / "heat.csv").string());
  session.update();
  session.post("thermo.export " + (folder / "heat.csv").string());
  std::ifstream in(folder / "heat.csv");
  const std::string table{std::istreambuf_iterator<char>(in), {}};
  EXPECT_THAT(table, ::testing::StartsWith("sample,heat_kT\r\n0,"));
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 9);
  session.post("thermo.states " + (folder / "run.npy").string());
  EXPECT_EQ(read_npy(folder / "run.npy").shape, (std::vector<std::int64_t>{101, 4, 808}));
  session.post("thermo.export " + (folder / "heat.png").string());
  EXPECT_THAT(last_message(session), HasSubstr(".csv"));
}

TEST(ThermoPart, BothRulesAreComparedOnTheSameNoise) {
  const TemporaryFolder folder;
  Session session(thermo_options());
  session.post("set thermo.compare true");
  session.post("thermo.train");
  session.post("thermo.advance 4");
  const auto& t = training_of(session);
  ASSERT_TRUE(t.other.has_value());
  EXPECT_EQ(run_of(session).request.network, t.learner.network);
  EXPECT_EQ(run_of(session).request.other, t.other->network);
  EXPECT_EQ(run_of(session).other.heat.size(), 8u);
  session.post("thermo.export " + (folder / "heat.csv").string());
  std::ifstream in(folder / "heat.csv");
  std::string head;
  std::getline(in, head);
  EXPECT_EQ(head, "sample,heat_kT_batch,heat_kT_online\r");
  const auto batch = run_of(session).counts.heat;
  session.post("heat.source other");
  EXPECT_EQ(run_of(session).model, t.other->network);
  EXPECT_EQ(run_of(session).request.rule, ThermoRule::online);
  EXPECT_EQ(run_of(session).other.heat, batch);
  session.post("thermo.keep " + (folder / "mine.safetensors").string());
  EXPECT_EQ(load_model(folder / "mine.safetensors").program.values,
            t.other->network->program.values);
  session.post("heat.source model");
  EXPECT_EQ(run_of(session).request.other, nullptr);
}

TEST(ThermoPart, WithoutTemperatureHeatIsInEnergy) {
  const TemporaryFolder folder;
  auto options = thermo_options();
  options.scene.thermo.temperature = 0;
  Session session(options);
  session.update();
  session.post("thermo.export " + (folder / "heat.csv").string());
  std::ifstream in(folder / "heat.csv");
  const std::string table{std::istreambuf_iterator<char>(in), {}};
  EXPECT_THAT(table, ::testing::StartsWith("sample,heat_E0\r\n0,"));
}

TEST(ThermoPart, AUnitThatIsNotThereIsNotFollowed) {
  Session session(thermo_options());
  session.update();
  session.post("heat.pick 807");
  EXPECT_EQ(session.ui().thermo.picked, 807);
  session.post("heat.pick 5000");
  EXPECT_EQ(session.ui().thermo.picked, -1);
  EXPECT_THAT(last_message(session), HasSubstr("no unit 5000"));
  EXPECT_EQ(session.snapshot()->messages->size(), 1u) << "it is said once";
}

TEST(ThermoPart, CommandsThatCannotBeDoneSayWhy) {
  Session session(thermo_options());
  session.post("thermo.pause");
  EXPECT_THAT(last_message(session), HasSubstr("thermo.train begins one"));
  session.post("thermo.keep /nowhere/x.safetensors");
  EXPECT_THAT(last_message(session), HasSubstr("nothing to keep"));
  session.post("set thermo.model cold");
  session.update();
  EXPECT_THAT(run_of(session).reason, HasSubstr("cold"));
  EXPECT_EQ(run_of(session).state, ThermoRunSnapshot::State::failed);
  session.post("set thermo.model warm");
  EXPECT_EQ(run_of(session).state, ThermoRunSnapshot::State::ready);
}

TEST(ThermoPart, TheOnlineRuleTakesNoFlaws) {
  Session session(thermo_options());
  session.update();
  session.post("set thermo.update_bits 8");
  session.post("set thermo.rule online");
  session.post("thermo.train");
  EXPECT_THAT(last_message(session), HasSubstr("take the batch rule, or 0 bits"));
  EXPECT_EQ(training_of(session).state, ThermoTrainingSnapshot::State::idle);
  EXPECT_EQ(session.ui().thermo.source, ThermoView::Source::model) << "nothing else to see";
  session.post("set thermo.update_bits 0");
  session.post("thermo.train");
  EXPECT_EQ(training_of(session).state, ThermoTrainingSnapshot::State::running);
}

TEST(ThermoPart, AnUnfinishedTrainingIsLostByQuitting) {
  Session session(thermo_options());
  EXPECT_EQ(session.lost_by_quitting(), "");
  session.post("thermo.train");
  session.post("thermo.advance 1");
  EXPECT_THAT(session.lost_by_quitting(), HasSubstr("cycle 1 of 4"));
}

}  // namespace
}  // namespace phaseloom
