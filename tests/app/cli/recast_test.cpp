// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/cli/small_model.hpp"
#include "tests/support/program.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

TEST(RecastCommand, WritesTheSameNetworkOfOtherUnits) {
  const TemporaryFolder folder;
  const auto from = folder / "net.safetensors", to = folder / "rings.safetensors";
  save_model(from, small_model());
  const auto result =
      run_program({"recast", from.string(), "--substrate", "ring_resistor", "--out", to.string()});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Program rings = load_model(to).program;
  EXPECT_EQ(info(rings.substrate).name, "ring_resistor");
  EXPECT_EQ(rings.values, small_model().program.values);
  // And back.
  const auto back = run_program({"recast", to.string(), "--substrate", "kuramoto_shil", "--out",
                                 (folder / "back.safetensors").string()});
  ASSERT_EQ(back.exit_code, 0) << back.err;
  EXPECT_EQ(load_model(folder / "back.safetensors").program.substrate,
            small_model().program.substrate);
}

TEST(RecastCommand, OtherParametersAreAMistake) {
  const TemporaryFolder folder;
  save_model(folder / "net.safetensors", small_model());
  const auto to = (folder / "no.safetensors").string();
  const auto run = [&](const char* substrate) {
    return run_program(
        {"recast", (folder / "net.safetensors").string(), "--substrate", substrate, "--out", to});
  };
  for (const char* other : {"aim_tanh", "langevin"}) {
    const auto result = run(other);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("parameters"));
  }
  EXPECT_THAT(run("sines").err, HasSubstr("ring_resistor"));
  EXPECT_FALSE(std::filesystem::exists(to));
}

}  // namespace
}  // namespace phaseloom
