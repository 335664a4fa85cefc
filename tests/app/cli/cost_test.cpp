// SPDX-License-Identifier: MIT
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/app/cli/small_model.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/program.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CostCommand : public testing::Test {
 protected:
  CostCommand() { save_model(path, small_model()); }

  ProgramResult run(std::vector<std::string> options) {
    options.insert(options.begin(), {"cost", path});
    return run_program(options);
  }
  nlohmann::json json(std::vector<std::string> options) {
    options.push_back("--json");
    const auto result = run(std::move(options));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return nlohmann::json::parse(result.out);
  }
  TemporaryFolder folder;
  const std::string path = (folder / "m.safetensors").string();
};

TEST_F(CostCommand, Text) {
  const auto result = run({"--bits", "4", "--constants"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err, "");
  for (const char* text :
       {"40 units", "directed couplings", "2 chunks, T = 1", "4 bits", "save_and_reprogram",
        "dynamic", "programming", "Good to about a factor of 3 either way.", "state_stationary",
        "weight_stationary", "23.0 µJ", "published", "e_osc", "Moy et al.", "assumed"})
    EXPECT_THAT(result.out, HasSubstr(text));
  EXPECT_THAT(run({"--bits", "4"}).out, Not(HasSubstr("e_osc")));
}

TEST_F(CostCommand, FloatWeightsSayWhatTheyAreCountedAs) {
  EXPECT_THAT(run({}).out,
              HasSubstr("float; no analog cell holds these, so the cost is that of 8"));
  EXPECT_TRUE(json({})["bits_assumed"].get<bool>());
  EXPECT_EQ(json({})["energy"], json({"--bits", "8"})["energy"]);
}

TEST_F(CostCommand, JsonAddsUp) {
  const auto cost = json({"--bits", "4", "--hold", "weight_stationary"});
  EXPECT_EQ(cost["couplings"], small_model().program.topology->couplings());
  EXPECT_EQ(cost["good_to_a_factor_of"], 3);
  double sum = 0;
  for (const auto& [name, joules] : cost["energy"].items())
    if (name != "total_J") sum += joules.get<double>();
  const double total = cost["energy"]["total_J"];
  EXPECT_GT(total, 0);
  EXPECT_NEAR(sum, total, 1e-12 * total);
  EXPECT_EQ(cost["holds"]["weight_stationary"]["energy"]["total_J"], total);
  double area = 0;
  for (const auto& [name, part] : cost["areas"].items()) area += part.get<double>();
  EXPECT_NEAR(area, cost["area_mm2"].get<double>(), 1e-12 * area);
  EXPECT_EQ(cost["area_mm2"].get<double>(), 2 * cost["core_area_mm2"].get<double>());
  EXPECT_EQ(cost["baselines"][0]["energy_J"], 23e-6);
  EXPECT_EQ(cost["constants"]["A_osc"]["source"], "assumed");
}

TEST_F(CostCommand, EveryOptionActs) {
  const auto energy = [&](std::vector<std::string> options) {
    return json(std::move(options))["energy"]["total_J"].get<double>();
  };
  const double base = energy({"--bits", "4"});
  EXPECT_LT(energy({"--bits", "3"}), base);
  EXPECT_LT(energy({"--bits", "4", "--density", "0.5"}), base);
  EXPECT_LT(energy({"--bits", "4", "--preset", "28nm"}), base);
  EXPECT_GT(energy({"--bits", "4", "--cell", "c2c"}), base);  // 12 units against 7
  EXPECT_LT(energy({"--bits", "4", "--hold", "state_stationary"}), base);
  EXPECT_GT(energy({"--bits", "4", "--eta", "100"}), base);
  EXPECT_LT(energy({"--bits", "4", "--batch", "10"}), base);
  EXPECT_GT(energy({"--bits", "4", "--constant", "e_src=3", "--constant", "E_adc=12"}),
            energy({"--bits", "4", "--constant", "e_src=3"}));
}

TEST_F(CostCommand, RefusesBadInput) {
  struct {
    std::vector<std::string> options;
    const char* message;
  } const cases[] = {
      {{"--bits", "9"}, "bits is 9"},
      {{"--density", "0"}, "density is 0"},
      {{"--preset", "5nm"}, "--preset '5nm' is not known; choose one of 65nm, 28nm, fabricated"},
      {{"--cell", "x"}, "unit_weighted, c2c"},
      {{"--hold", "x"}, "save_and_reprogram, state_stationary, weight_stationary"},
      {{"--eta", "0"}, "eta is 0"},
      {{"--eta", "nan"}, "--eta: 'nan' is no number"},
      {{"--batch", "0"}, "batch is 0"},
      {{"--batch", "many"}, "--batch"},
      {{"--constant", "e_u"}, "write SYMBOL=VALUE"},
      {{"--constant", "e_u=-1"}, "must be a number from 0 to 1000000"},
      {{"--constant", "e_u=inf"}, "must be a number from 0 to 1000000"},
      {{"--constant", "f=0"}, "a number from 0.001 to 1000"},
      {{"--constant", "nothing=1"}, "there is no constant of that name; there are f, V, A_osc"},
  };
  for (const auto& one : cases) {
    const auto result = run(one.options);
    EXPECT_EQ(result.exit_code, 2) << one.message;
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, HasSubstr(one.message));
    EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
  }
  const auto missing = run_program({"cost", "nothing.safetensors"});
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_THAT(missing.err, HasSubstr("nothing.safetensors"));
}

}  // namespace
}  // namespace phaseloom
