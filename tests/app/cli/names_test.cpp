// SPDX-License-Identifier: MIT
// Names of files are bytes: those that are no UTF-8, or hold a line break, are shown and stored
// with \xNN and found again.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/network/model_file.hpp"
#include "engine/support/atomic_file.hpp"
#include "tests/app/cli/small_model.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

class Names : public testing::Test {
 protected:
  Names() {
    std::filesystem::create_directories(strange);
    save_model(strange / "m.safetensors", small_model());
  }
  TemporaryFolder folder;
  const std::filesystem::path strange = folder / "sc\xe4ne\nx";
};

TEST_F(Names, JsonSaysThemWithCodes) {
  const auto info = run_program({"info", "--json", (strange / "m.safetensors").string()});
  ASSERT_EQ(info.exit_code, 0) << info.err;
  EXPECT_THAT(nlohmann::json::parse(info.out)["path"].get<std::string>(),
              EndsWith("sc\\xe4ne\\x0ax/m.safetensors"));

  write_file_atomically(strange / "p.csv", "x,y\n0,1\n1,0\n2,2\n3,1\n");
  const auto carried =
      run_program({"transport", "--target", (strange / "p.csv").string(), "--iterations", "1",
                   "--json", "--out", (strange / "ends.csv").string()});
  ASSERT_EQ(carried.exit_code, 0) << carried.err;
  EXPECT_THAT(nlohmann::json::parse(carried.out)["pair"].get<std::string>(),
              EndsWith("sc\\xe4ne\\x0ax/p.csv"));
  EXPECT_TRUE(std::filesystem::exists(strange / "ends.csv"));
}

TEST_F(Names, ErrorsAreOneLineOfUtf8) {
  const auto missing = run_program({"info", (strange / "none.safetensors").string()});
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_EQ(std::ranges::count(missing.err, '\n'), 1) << missing.err;
  EXPECT_THAT(missing.err, HasSubstr("sc\\xe4ne\\x0ax"));
}

TEST_F(Names, ScriptsWriteThem) {
  write_file_atomically(folder / "s.script", "save_scene a\\xe4\\x0ab.json\nload_scene " +
                                                 (folder / "out/a\\xe4\\x0ab.json").string() +
                                                 "\n");
  const auto result =
      run_program({"render", "--model", (strange / "m.safetensors").string(), "--script",
                   (folder / "s.script").string(), "--out", (folder / "out").string()});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto bytes = read_file(folder / "out/a\xe4\nb.json", 1 << 20);
  const auto scene = nlohmann::json::parse(bytes);
  EXPECT_THAT(scene["model"].get<std::string>(), EndsWith("sc\\xe4ne\\x0ax/m.safetensors"));
}

// The scene lies in such a folder, which is the current one, and the model beside it.
TEST_F(Names, ASceneInSuchAFolder) {
  const auto here = std::filesystem::current_path();
  std::filesystem::current_path(strange);
  write_file_atomically("s.script", "set wall 2\nsave_scene s.json\n");
  const auto saved =
      run_program({"render", "--model", "./m.safetensors", "--script", "s.script", "--out", "."});
  write_file_atomically("t.script", "save_scene t.json\n");
  const auto again = run_program(
      {"render", "--scene", (strange / "s.json").string(), "--script", "t.script", "--out", "."});
  std::filesystem::current_path(here);
  ASSERT_EQ(saved.exit_code, 0) << saved.err;
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(read_file(strange / "s.json", 1 << 20), read_file(strange / "t.json", 1 << 20));
}

}  // namespace
}  // namespace phaseloom
