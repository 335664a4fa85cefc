// SPDX-License-Identifier: MIT
#include "app/document/thermo_experiment.hpp"

#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

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
  const ThermoPlan plan = flawed.plan({28, 28, 1});
  EXPECT_EQ(plan.bits, 8);
  EXPECT_TRUE(plan.stochastic_rounding);
  EXPECT_EQ(plan.update_noise, 0.3);

  ThermoExperiment online;
  online.rule = ThermoRule::online;
  check_training(online);
  const auto refused = [](ThermoExperiment experiment, auto change) {
    change(experiment);
    return error_of([&] { check_training(experiment); });
  };
  EXPECT_THAT(refused(online, [](auto& e) { e.update_bits = 8; }), HasSubstr("batch rule"));
  EXPECT_THAT(refused(online, [](auto& e) { e.update_noise = 0.1; }), HasSubstr("batch rule"));
  EXPECT_THAT(refused({}, [](auto& e) { e.stochastic_rounding = true; }), HasSubstr("needs bits"));
  EXPECT_THAT(refused({}, [](auto& e) { e.update_bits = 1; }), HasSubstr("bits is 1"));
  EXPECT_THAT(refused({}, [](auto& e) { e.digits = "0 0"; }), HasSubstr("thermo.digits"));
}

}  // namespace
}  // namespace phaseloom
