#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/environment.hpp"
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

TEST(EnvironmentVariables, HelpIsGivenNevertheless) {
  const EnvironmentGuard guard("PHASELOOM_ISA", "nonsense");
  EXPECT_EQ(run_program({"--help"}).exit_code, 0);
  EXPECT_EQ(run_program({"cost", "--help"}).exit_code, 0);
}

}  // namespace
}  // namespace phaseloom
