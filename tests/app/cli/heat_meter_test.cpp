// SPDX-License-Identifier: MIT
#include "app/cli/heat_meter.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/thermo/heat.hpp"
#include "tests/engine/thermo/warm_network.hpp"

namespace phaseloom {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kRounding = 1e-12;  // of sums that are taken in another order, relative

Json told_by(const HeatMeter& meter) {
  Json json = Json::object();
  meter.add_to(json);
  return json;
}

TEST(HeatMeter, PicturesAreThoseOfGenerate) {
  const Program program = test::warm_network();
  ThreadPool pool(2);
  const Hardware hardware;
  HeatMeter meter(program, hardware, pool);
  int told = 0;
  const auto pictures = meter.generate(settings_of(program), 100, [&](int done) {
    told = done;
    return true;
  });
  EXPECT_EQ(pictures, generate(program, {}, settings_of(program), 100, pool));
  EXPECT_EQ(told, 100);
}

TEST(HeatMeter, TellsMeanAndDeviationInKt) {
  const Program program = test::warm_network();
  ThreadPool pool(2);
  const Hardware hardware{.bits = 4};
  RunSettings settings = settings_of(program);
  std::vector<double> heat = run_thermo(program, hardware, settings, 70, pool).heat;
  for (double& q : heat) q /= 0.3;
  const Summary expected = summarise(heat);
  // In pieces, as long runs are made.
  HeatMeter meter(program, hardware, pool);
  for (const int count : {50, 20}) {
    meter.generate(settings, count, {});
    settings.first_sample += static_cast<std::uint64_t>(count);
  }
  const Json json = told_by(meter);
  ASSERT_EQ(json.size(), 2U) << json;
  EXPECT_NEAR(json.at("heat_mean_kT").get<double>(), expected.mean,
              kRounding * std::abs(expected.mean));
  EXPECT_NEAR(json.at("heat_sd_kT").get<double>(), expected.deviation,
              kRounding * expected.deviation);
  EXPECT_EQ(meter.text(), fmt::format("heat {:.5g} kT, standard deviation {:.4g}", expected.mean,
                                      expected.deviation));
}

TEST(HeatMeter, WithoutTemperatureTheUnitIsThatOfThePotential) {
  const Program program = test::warm_network();
  ThreadPool pool(1);
  const Hardware hardware;
  HeatMeter meter(program, hardware, pool);
  RunSettings settings = settings_of(program);
  settings.temperature = 0;
  meter.generate(settings, 1, {});
  const Json json = told_by(meter);
  ASSERT_EQ(json.size(), 2U) << json;
  EXPECT_EQ(json.at("heat_mean_E0"), run_thermo(program, {}, settings, 1, pool).heat.front());
  EXPECT_EQ(json.at("heat_sd_E0"), 0) << "of one sample";
  EXPECT_THAT(meter.text(), ::testing::HasSubstr(" E0, "));
}

TEST(HeatMeter, OthersHaveNothingToTell) {
  Program directed = test::warm_network();
  directed.tied = false;
  const Program phases =
      make_program(substrate_named("kuramoto"), Topology::local({5, 4, 1}, 1), 2, 0.5, 0.8, 1);
  ThreadPool pool(1);
  const Hardware hardware;
  for (const Program& program : {directed, phases}) {
    HeatMeter meter(program, hardware, pool);
    EXPECT_EQ(meter.generate(settings_of(program), 3, {}),
              generate(program, {}, settings_of(program), 3, pool));
    EXPECT_TRUE(told_by(meter).empty());
    EXPECT_EQ(meter.text(), "");
  }
}

}  // namespace
}  // namespace phaseloom
