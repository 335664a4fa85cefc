// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "tests/support/environment.hpp"
#include "tests/support/places.hpp"
#include "tests/support/program.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// What any command says with this variable; one that needs no data.
ProgramResult with(const char* name, const std::string& value) {
  const EnvironmentGuard guard(name, value);
  return run_program({"cost", "nothing.safetensors"});
}

TEST(EnvironmentVariables, WhatIsOfNoUseIsSaid) {
  const auto error = [](const char* name, const std::string& value) {
    const auto result = with(name, value);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, StartsWith("phaseloom: " + std::string(name)));
    return result.err;
  };
  EXPECT_THAT(error("PHASELOOM_ISA", "nonsense"), HasSubstr("choose baseline, avx2, avx512"));
  EXPECT_THAT(error("PHASELOOM_DATA", "/nonexistent"), HasSubstr("'/nonexistent' is not a folder"));
  EXPECT_THAT(error("PHASELOOM_ASSETS", "/dev/null"), HasSubstr("is not a folder"));
  EXPECT_THAT(error("PHASELOOM_THREADS", "2"),
              HasSubstr("there are PHASELOOM_ASSETS, PHASELOOM_DATA, PHASELOOM_ISA"));
}

TEST(EnvironmentVariables, GoodOnesAndEmptyOnesPass) {
  for (const auto& [name, value] :
       {std::pair{"PHASELOOM_ISA", "baseline"}, std::pair{"PHASELOOM_ISA", ""},
        std::pair{"PHASELOOM_DATA", ""}, std::pair{"PHASELOOM_DATA", "/tmp"},
        std::pair{"PHASELOOM_SKIP_INSTALL", "1"}})
    EXPECT_THAT(with(name, value).err, HasSubstr("nothing.safetensors")) << name << value;
}

// Who uses the scripts of the project with a variable of theirs can start the program, too.
TEST(EnvironmentVariables, ThoseOfTheScriptsPass) {
  const std::filesystem::path root = source_folder();
  std::set<std::string> names;
  std::vector<std::filesystem::path> files{root / "run", root / "test"};
  for (const auto& entry : std::filesystem::directory_iterator(root / "scripts"))
    files.push_back(entry.path());
  const std::regex use(R"(\$\{(PHASELOOM_[A-Z_]+))");
  for (const auto& file : files) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);)
      for (std::sregex_iterator i(line.begin(), line.end(), use), end; i != end; ++i)
        names.insert((*i)[1]);
  }
  EXPECT_GE(names.size(), 3u);
  for (const std::string& name : names)
    EXPECT_THAT(with(name.c_str(), "1").err, HasSubstr("nothing.safetensors")) << name;
}

TEST(EnvironmentVariables, HelpIsGivenNevertheless) {
  const EnvironmentGuard guard("PHASELOOM_ISA", "nonsense");
  EXPECT_EQ(run_program({"--help"}).exit_code, 0);
  EXPECT_EQ(run_program({"cost", "--help"}).exit_code, 0);
}

}  // namespace
}  // namespace phaseloom
