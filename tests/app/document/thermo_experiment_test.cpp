// SPDX-License-Identifier: MIT
#include "app/document/thermo_experiment.hpp"

#include <gmock/gmock.h>

#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string drawn() {
  ThermoDrawing drawing;
  brush_stroke(drawing, {6, 6}, {22, 20}, false);
  return print_thermo_drawings(std::vector{drawing});
}

TEST(ThermoExperiment, PrototypesAreDigitsDrawingsOrBoth) {
  EXPECT_EQ(chosen_prototypes("0 7", "none").digits, (std::vector{0, 7}));
  EXPECT_EQ(chosen_prototypes("0 7", "").drawings.size(), 0u);
  EXPECT_EQ(chosen_prototypes("3", drawn()).drawings.size(), 1u);
  for (const char* none : {"none", "", " "}) {
    EXPECT_TRUE(chosen_prototypes(none, drawn()).digits.empty());
    EXPECT_THAT(error_of([&] { chosen_prototypes(none, "none"); }),
                HasSubstr("thermo.digits: names no digit, and thermo.drawings has no drawing"));
  }
  EXPECT_THAT(error_of([] { chosen_prototypes("x", drawn()); }), HasSubstr("list of digits"));
  EXPECT_THAT(error_of([] { chosen_prototypes("0", "x"); }), HasSubstr("thermo.drawings: "));
}

TEST(ThermoExperiment, AnotherDrawingIsAnotherTraining) {
  ThermoExperiment a, b;
  b.temperature = 0.2;
  EXPECT_TRUE(same_training(a, b));
  b.drawings = drawn();
  EXPECT_FALSE(same_training(a, b));
}

TEST(ThermoExperiment, DigitsAreListedWithSpacesOrCommas) {
  for (const char* list : {"3 0 7", "3,0,7", " 3,  0 ,7  "})
    EXPECT_THAT(parse_digits(list, "x"), ElementsAre(3, 0, 7)) << list;
  EXPECT_THAT(parse_digits("5", "x"), ElementsAre(5));
  for (const char* list : {"0 x", "12", "0,,1", ",0", "0,", "0 , , 1", "0;1", "-1", "0\n1"})
    EXPECT_THAT(error_of([&] { parse_digits(list, "--digits"); }),
                ::testing::AllOf(::testing::StartsWith("--digits "),
                                 HasSubstr("no list of digits from 0 to 9")))
        << list;
  EXPECT_THAT(error_of([] { parse_digits("1 0 1", "--digits"); }),
              HasSubstr("--digits '1 0 1': names 1 twice"));
  for (const char* none : {"", " "})
    EXPECT_THAT(error_of([&] { parse_digits(none, "thermo.digits"); }),
                HasSubstr("thermo.digits: names no digit"));
}

// As on the command line: nothing that was asked for is left out without a word.
TEST(ThermoExperiment, FlawsGoWithTheBatchRuleAlone) {
  ThermoExperiment flawed;
  flawed.update_bits = 8;
  flawed.stochastic_rounding = true;
  flawed.update_noise = 0.3;
  check_training(flawed);
  const ThermoPlan plan = flawed.plan({28, 28, 1}, 3);
  EXPECT_EQ(plan.bits, 8);
  EXPECT_TRUE(plan.stochastic_rounding);
  EXPECT_EQ(plan.update_noise, 0.3);

  flawed.labels = true;
  EXPECT_EQ(flawed.plan({28, 28, 1}, 3).setup.labels, 3);
  check_training(flawed.other());

  ThermoExperiment online;
  online.rule = ThermoRule::online;
  check_training(online);
  const auto refused = [](ThermoExperiment experiment, auto change) {
    change(experiment);
    return error_of([&] { check_training(experiment); });
  };
  EXPECT_THAT(refused(online, [](auto& e) { e.update_bits = 8; }), HasSubstr("batch rule"));
  EXPECT_THAT(refused(online, [](auto& e) { e.update_noise = 0.1; }), HasSubstr("batch rule"));
  EXPECT_THAT(refused(online, [](auto& e) { e.labels = true; }), HasSubstr("batch rule"));
  EXPECT_THAT(refused({}, [](auto& e) { e.stochastic_rounding = true; }), HasSubstr("needs bits"));
  EXPECT_THAT(refused({}, [](auto& e) { e.update_bits = 1; }), HasSubstr("bits is 1"));
  EXPECT_THAT(refused({}, [](auto& e) { e.digits = "0 0"; }), HasSubstr("thermo.digits"));
}

}  // namespace
}  // namespace phaseloom
