// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>

#include "engine/support/atomic_file.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Arguments = std::vector<std::string>;

TEST(CommandLine, HelpIsNoError) {
  for (const Arguments& arguments : {Arguments{"--help"},
                                     {"sample", "--help"},
                                     {"info", "-h"},
                                     {"bench", "--help"},
                                     {"bench", "step", "--help"},
                                     {"bench", "field", "--help"}}) {
    const auto result = run_program(arguments);
    EXPECT_EQ(result.exit_code, 0) << arguments[0];
    EXPECT_THAT(result.out, HasSubstr("Usage:"));
    EXPECT_EQ(result.err, "");
  }
}

TEST(CommandLine, VersionIsThatOfTheProject) {
  const auto result = run_program({"--version"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out, "phaseloom " PHASELOOM_VERSION "\n");
  EXPECT_EQ(result.err, "");
}

TEST(CommandLine, MistakesAreOneLine) {
  const auto error = [](const Arguments& arguments) {
    const auto result = run_program(arguments);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, StartsWith("phaseloom: "));
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    return result.err;
  };
  EXPECT_THAT(error({"smaple"}), AllOf(HasSubstr("'smaple'"), HasSubstr("see phaseloom --help")));
  EXPECT_THAT(error({"sa\nmple"}), HasSubstr("'sa\\x0ample'"));
  EXPECT_THAT(error({"--frobnicate"}), HasSubstr("'--frobnicate'"));
  EXPECT_THAT(error({"sample"}), HasSubstr("MODEL is required"));
  EXPECT_THAT(error({"sample", "m"}), HasSubstr("--out is required"));
  EXPECT_THAT(error({"info"}), HasSubstr("see phaseloom info --help"));
  EXPECT_THAT(error({"info", "a", "b"}), HasSubstr("'b' is one word too many"));
  EXPECT_THAT(error({"sample", "m", "--out"}), HasSubstr("--out needs a value after it"));
  EXPECT_THAT(error({"sample", "m", "--bits", "4", "--bits", "3"}),
              HasSubstr("--bits is given more than once"));
  EXPECT_THAT(error({"info", "/dev/null"}), HasSubstr("/dev/null"));
  EXPECT_THAT(error({"bench"}), HasSubstr("see phaseloom bench --help"));
  EXPECT_THAT(error({"bench", "all"}), HasSubstr("'all'"));
  EXPECT_THAT(error({""}), HasSubstr("see phaseloom"));
  EXPECT_THAT(error({"/nowhere.json"}), HasSubstr("nor a file of that name"));
  const TemporaryFolder folder;
  write_file_atomically(folder / "bad.json", "{");
  EXPECT_THAT(error({(folder / "bad.json").string()}), HasSubstr("bad.json"));
  write_file_atomically(folder / "d.png", "no picture, either");
  EXPECT_THAT(error({(folder / "d.png").string()}), HasSubstr("d.png: neither a model"));
}

}  // namespace
}  // namespace phaseloom
