// SPDX-License-Identifier: MIT
#include "app/document/thermo_facts.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "app/document/thermo_drawings.hpp"
#include "app/document/trained_on.hpp"
#include "engine/support/isa.hpp"
#include "engine/thermo/thermo_checkpoint.hpp"

namespace phaseloom {
namespace {

using ::testing::ElementsAre;
using Json = nlohmann::ordered_json;

ThermoPlan plan() {
  ThermoPlan plan;
  plan.rule = ThermoRule::online;
  plan.setup.hidden = 40;
  plan.seed = 18446744073709551615U;
  plan.projection_seed = 18446744073709551614U;
  return plan;
}

std::vector<ThermoReport> curve(int cycles) {
  std::vector<ThermoReport> reports;
  for (int cycle = 1; cycle <= cycles; ++cycle) reports.push_back({cycle, 0.5 + cycle, 1e-3});
  return reports;
}

Model with(const std::string& training) { return {{}, "m", training}; }
ThermoFacts read_from(const std::string& training) { return thermo_facts_of(with(training)); }

std::vector<std::string> keys_of(const Json& json) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  return keys;
}

TEST(ThermoFacts, WhatIsWrittenIsReadBack) {
  const ThermoOrigin origin{kMadeInThermo, {}, kThermoDataset, {"mnist 3", "mnist 0"}};
  const std::string written = thermo_facts(plan(), origin, curve(2));
  EXPECT_EQ(trained_on(with(written)), kThermoDataset);
  const ThermoFacts facts = read_from(written);
  EXPECT_EQ(facts.digits, "3 0");
  EXPECT_EQ(facts.projection_seed, 18446744073709551614U);
  const ThermoPlan same = thermo_plan_from_json(Json::parse(written).at("thermo"), "facts");
  EXPECT_EQ(to_json(same), to_json(plan()));
}

TEST(ThermoFacts, AreTheSameFromWindowAndCommandLine) {
  const auto window = Json::parse(
      thermo_facts(plan(), {kMadeInThermo, {}, kThermoDataset, {"mnist 1"}}, curve(23)));
  EXPECT_THAT(keys_of(window), ElementsAre("made_in", "dataset", "prototypes", "cycles", "loss",
                                           "instruction_set", "thermo", "curve"));
  EXPECT_EQ(window.at("cycles"), 23);
  EXPECT_EQ(window.at("loss"), 23.5);
  EXPECT_EQ(window.at("instruction_set"), isa_name(active_isa()));
  std::vector<int> told;
  for (const Json& point : window.at("curve")) told.push_back(point.at("cycle"));
  EXPECT_THAT(told, ElementsAre(1, 2, 5, 10, 20, 23));
  // Of one's own pictures, before anything was learnt.
  const auto command =
      Json::parse(thermo_facts(plan(), {{}, "phaseloom thermo train", {}, {"a.png"}}, {}));
  EXPECT_THAT(keys_of(command),
              ElementsAre("command", "prototypes", "cycles", "instruction_set", "thermo", "curve"));
  EXPECT_EQ(command.at("cycles"), 0);
  EXPECT_TRUE(command.at("curve").empty());
}

TEST(ThermoFacts, OthersMaySayAnything) {
  const std::string seed = R"(, "thermo": {"projection_seed": 7}})";
  EXPECT_EQ(read_from(R"({"prototypes": ["mnist 0"])" + seed).digits, "0")
      << "or nothing is tested";
  for (const char* training : {"", "{}", "[]", "7", "not JSON", R"({"prototypes": ["mnist 0"]})",
                               R"({"prototypes": ["mnist 0"], "thermo": {"projection_seed": "7"}})",
                               R"({"prototypes": ["mnist 0"], "thermo": {"projection_seed": -1}})",
                               R"({"prototypes": ["mnist 0"], "thermo": {"projection_seed": 1.5}})",
                               R"({"prototypes": ["mnist 0"], "thermo": 7})"}) {
    EXPECT_EQ(read_from(training).digits, "") << training;
    EXPECT_EQ(read_from(training).projection_seed, ThermoPlan().projection_seed) << training;
  }
  for (const char* prototypes : {R"(["fashion 0"])", R"(["mnist 0", "a.png"])", R"(["mnist 10"])",
                                 R"(["mnist x"])", R"(["mnist 0", "mnist 0"])", R"(["mnist "])",
                                 R"([0])", R"([])", R"("mnist 0 1")", "null"}) {
    const auto facts = read_from(std::string(R"({"prototypes": )") + prototypes + seed);
    EXPECT_EQ(facts.digits, "") << prototypes;
  }
}

std::string drawn(int count) {
  std::vector<ThermoDrawing> drawings(static_cast<std::size_t>(count));
  for (std::size_t k = 0; k < drawings.size(); ++k)
    brush_stroke(drawings[k], {6, 6}, {22, 10 + 3 * float(k)}, false);
  return print_thermo_drawings(drawings);
}

TEST(ThermoFacts, DrawingsAreWritten) {
  const auto json =
      Json::parse(thermo_facts({}, {kMadeInThermo, {}, {}, {drawn_name(0)}, drawn(1)}, {}));
  EXPECT_EQ(json.at("drawings"), drawn(1));
  EXPECT_FALSE(json.contains("dataset")) << "nothing in it was learnt";
}

TEST(ThermoFacts, DrawingsAreReadBack) {
  const ThermoFacts facts = thermo_facts_of(with(fmt::format(
      R"({{"prototypes": ["mnist 3", "drawn 1"], "drawings": "{}", "thermo": {{"projection_seed": 7}}}})",
      drawn(1))));
  EXPECT_EQ(facts.digits, "3");
  EXPECT_EQ(facts.drawings, drawn(1));
  EXPECT_EQ(facts.projection_seed, 7u);
}

TEST(ThermoFacts, DrawingsOfStrangersAreNotGuessed) {
  for (
      const std::string& facts :
      {std::string("not JSON"), std::string("{}"),
       std::string(R"({"prototypes": ["my own.png"], "thermo": {"projection_seed": 1}})"),
       std::string(R"({"prototypes": ["drawn 1"], "thermo": {"projection_seed": 1}})"),
       std::string(
           R"({"prototypes": ["drawn 1"], "drawings": "zz", "thermo": {"projection_seed": 1}})"),
       std::string(
           R"({"prototypes": ["drawn 1"], "drawings": 7, "thermo": {"projection_seed": 1}})"),
       fmt::format(
           R"({{"prototypes": ["drawn 1"], "drawings": "{}", "thermo": {{"projection_seed": 1}}}})",
           drawn(2))}) {
    const ThermoFacts found = thermo_facts_of(with(facts));
    EXPECT_EQ(found.digits + found.drawings, "") << facts;
  }
}

}  // namespace
}  // namespace phaseloom
