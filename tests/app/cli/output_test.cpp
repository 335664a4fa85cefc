// SPDX-License-Identifier: MIT
// What a command prints is its result: where it cannot be written, the exit code says so.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>

#include "engine/network/model_file.hpp"
#include "engine/support/atomic_file.hpp"
#include "tests/app/cli/small_model.hpp"
#include "tests/support/program.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class Output : public testing::Test {
 protected:
  Output() {
    save_model(folder / "m.safetensors", small_model());
    write_file_atomically(folder / "s.script", "set wall 2\nshot a.png\n");
  }
  /// Commands that print something, each in its own way.
  std::vector<std::vector<std::string>> commands() const {
    const std::string model = (folder / "m.safetensors").string();
    return {{"--help"},
            {"--version"},
            {"info", "--help"},
            {"info", model},
            {"info", "--json", model},
            {"cost", model},
            {"cost", "--json", model},
            {"transport", "--iterations", "1"},
            {"transport", "--iterations", "1", "--json"},
            {"transport", "--grid", "--pairs", "D3", "--models", "mlp", "--losses", "swd",
             "--iterations", "1", "--out", (folder / "r.csv").string()},
            {"render", "--commands"},
            {"render", "--model", model, "--script", (folder / "s.script").string(), "--out",
             (folder / "out").string()}};
  }
  static void expect_lost(const ProgramResult& result, const std::string& command) {
    EXPECT_EQ(result.exit_code, 2) << command;
    EXPECT_THAT(result.err, StartsWith("phaseloom: standard output: cannot be written ("))
        << command;
    EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << command << result.err;
  }
  TemporaryFolder folder;
};

TEST_F(Output, LostOnAFullDisk) {
  for (const auto& command : commands()) {
    const auto result = run_program(command, {.out = "/dev/full"});
    expect_lost(result, command[0]);
    EXPECT_THAT(result.err, HasSubstr("No space left on device")) << command[0];
    EXPECT_EQ(run_program(command).exit_code, 0) << command[0];
  }
  EXPECT_TRUE(std::filesystem::exists(folder / "out/a.png")) << "files are another matter";
}

TEST_F(Output, LostWhereThereIsNone) {
  for (const auto& command : commands()) {
    if (command[0] == "transport" && command[1] != "--grid") continue;  // takes its time
    expect_lost(run_program(command, {.out_closed = true}), command[0]);
  }
  // What is opened afterwards does not take its number.
  const auto bytes = read_file(folder / "r.csv", 1 << 20);
  EXPECT_THAT((std::string{reinterpret_cast<const char*>(bytes.data()), bytes.size()}),
              StartsWith("pair,"));
}

// Both the file and the words go where standard output does, also if that is a file.
TEST_F(Output, AFileThatIsStandardOutput) {
  const auto result = run_program({"transport", "--iterations", "1", "--out", "/dev/stdout"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out,
              AllOf(StartsWith("x,y\n"), HasSubstr("\nD1 kuramoto_shil swd, 4 chunks")));
  EXPECT_EQ(std::ranges::count(result.out, '\n'), 2002);
}

TEST_F(Output, AMistakeIsSaidFirst) {
  const auto result = run_program({"info", "/nowhere"}, {.out = "/dev/full"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, AllOf(HasSubstr("/nowhere"), testing::Not(HasSubstr("standard output"))));
}

}  // namespace
}  // namespace phaseloom
