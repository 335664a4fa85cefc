// SPDX-License-Identifier: MIT
#include <algorithm>
#include <filesystem>
#include <string>

#include "app/document/assets.hpp"
#include "engine/hardware/hardware.hpp"
#include "engine/network/model_file.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/program.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

// Bit-equal when run at its bits, and a fifth of the size.
TEST(HoldCommand, AModelRunsAsBefore) {
  TemporaryFolder folder;
  const auto out = (folder / "held.safetensors").string();
  const auto made = run_program({"hold", "mnist-aim-4bit", "--bits", "4", "--out", out});
  EXPECT_EQ(made.exit_code, 0) << made.err;
  EXPECT_EQ(made.out, "");
  EXPECT_LT(std::filesystem::file_size(out), 700'000u);
  EXPECT_THAT(run_program({"info", out}).out, HasSubstr("levels of 4 bits"));
  const Model floats = load_model(model_file("mnist-aim-4bit")), held = load_model(out);
  const Hardware four{.bits = 4};
  EXPECT_EQ(realise(floats.program, four).values, realise(held.program, four).values);
  EXPECT_EQ(realise(floats.program, four).values, held.program.values);
  EXPECT_EQ(held.training, floats.training);
}

TEST(HoldCommand, RefusesWhatHasNoLevels) {
  TemporaryFolder folder;
  const auto out = (folder / "held.safetensors").string();
  for (const auto& bits : {"0", "9"}) {
    const auto result = run_program({"hold", "mnist-aim-4bit", "--bits", bits, "--out", out});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("bits"));
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    EXPECT_FALSE(std::filesystem::exists(out));
  }
}

}  // namespace
}  // namespace phaseloom
