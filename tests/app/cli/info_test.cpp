// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>
#include <string>

#include "tests/app/cli/small_model.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/program.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(InfoCommand, Text) {
  TemporaryFolder folder;
  save_model(folder / "m.safetensors", small_model());
  const auto result = run_program({"info", (folder / "m.safetensors").string()});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err, "");
  for (const char* text :
       {"kuramoto_shil", "dθ_i/dt = ω_i", "40: 5 x 4 in 2 layers, 20 visible",
        "local(1) x 2 layers", "2 of 0.5, 1 time units in all", "midpoint, 4 steps per chunk",
        "uniform in -1.571..1.571", "(1 + sin x) / 2", "directed", "omega", "[3,2,1]"})
    EXPECT_THAT(result.out, HasSubstr(text));
  EXPECT_THAT(result.out, Not(HasSubstr("\x1b")));  // text of a file never steers the terminal
  EXPECT_THAT(result.out, HasSubstr("a [31mred line"));
}

TEST(InfoCommand, Labels) {
  TemporaryFolder folder;
  const auto path = (folder / "m.safetensors").string();
  save_model(path, small_labelled_model());
  const auto text = run_program({"info", path}).out;
  EXPECT_THAT(text, HasSubstr("3: ask for a class with --label 0..2"));
  EXPECT_THAT(text, HasSubstr("43: 5 x 4 in 2 layers and one for each label, 20 visible"));
  EXPECT_THAT(text, HasSubstr("local(1) x 2 layers + 3 labels"));
  EXPECT_EQ(nlohmann::json::parse(run_program({"info", "--json", path}).out).at("labels"), 3);
  save_model(path, small_model());
  EXPECT_THAT(run_program({"info", path}).out, Not(HasSubstr("label")));
}

TEST(InfoCommand, Json) {
  TemporaryFolder folder;
  const Model model = small_model();
  save_model(folder / "m.safetensors", model);
  const auto result = run_program({"info", "--json", (folder / "m.safetensors").string()});
  ASSERT_EQ(result.exit_code, 0);
  const auto facts = nlohmann::json::parse(result.out);
  EXPECT_EQ(facts["name"], "m");
  EXPECT_EQ(facts["units"], 40);
  EXPECT_EQ(facts["visible"], 20);
  EXPECT_EQ(facts["couplings"], model.program.topology->couplings());
  EXPECT_EQ(facts["file_bytes"], std::filesystem::file_size(folder / "m.safetensors"));
  ASSERT_EQ(facts["chunks"].size(), 2u);
  double square = 0, largest = 0;
  for (const double w : model.program.weights(1)) {
    square += w * w;
    largest = std::max(largest, std::abs(w));
  }
  const auto& weights = facts["chunks"][1]["weights"];
  EXPECT_NEAR(weights["rms"].get<double>(),
              std::sqrt(square / double(model.program.weights(1).size())), 1e-9);
  EXPECT_EQ(weights["max_abs"], largest);
  EXPECT_EQ(facts["training"], nlohmann::json::parse(model.training));
}

}  // namespace
}  // namespace phaseloom
