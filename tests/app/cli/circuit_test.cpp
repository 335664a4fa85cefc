// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/data/png.hpp"
#include "tests/app/cli/small_model.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/program.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;
namespace fs = std::filesystem;

class CircuitCommand : public ::testing::Test {
 protected:
  CircuitCommand() { save_model(folder_ / "net.safetensors", small_model()); }
  std::string path(const char* name) const { return (folder_ / name).string(); }
  ProgramResult run(std::vector<std::string> more) const {
    more.insert(more.begin(), {"circuit", path("net.safetensors"), "--out", path("decks")});
    return run_program(more);
  }
  TemporaryFolder folder_;
};

TEST_F(CircuitCommand, ChecksAgainstTheEngine) {
  const auto result = run({"--check", "--bits", "4", "--weight-noise", "0.1", "--sample", "3",
                           "--reltol", "1e-5", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Json json = Json::parse(result.out, nullptr, false);
  EXPECT_EQ(json.at("rung"), "A");
  EXPECT_EQ(json.at("sample"), 3);
  EXPECT_EQ(json.at("bits"), 4);
  EXPECT_EQ(json.at("integrator"), "rk4");
  EXPECT_LT(json.at("rms_phase_error"), 1e-3);
  EXPECT_GE(json.at("p99_phase_error"), json.at("chunks").back().at("median_phase_error"));
  EXPECT_LT(json.at("pixel_difference"), 1e-3);
  EXPECT_GT(json.at("seconds"), 0);
  const Picture picture = read_png(folder_ / "decks/comparison.png");
  EXPECT_GT(picture.width, 2 * picture.height) << "three side by side";
  EXPECT_FALSE(fs::exists(folder_ / "decks/looser"));
  const auto text = run({"--check"});
  EXPECT_THAT(text.out, HasSubstr("mean difference of pixels"));
}

TEST_F(CircuitCommand, WritesDecksAlone) {
  const auto result = run({"--tile", "3"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(fs::exists(folder_ / "decks/chunk-1.cir"));
  EXPECT_FALSE(fs::exists(folder_ / "decks/comparison.png"));
}

TEST_F(CircuitCommand, OneLineOfWhatIsWrong) {
  const auto wrong = [&](std::vector<std::string> more, const char* what) {
    const auto result = run(std::move(more));
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr(what));
  };
  wrong({"--tile", "99"}, "tiles of 1 to");
  wrong({"--reltol", "0"}, "--reltol");
  wrong({"--noise", "loud"}, "recorded");
  wrong({"--check", "--timeout", "0.001"}, "longer than");
}

TEST_F(CircuitCommand, ACancelledOneLeavesNothing) {
  // One that answers when it is asked for its version, and takes its time otherwise.
  std::ofstream(folder_ / "ngspice")
      << "#!/bin/sh\ncase $1 in --version) exit 0;; esac\nexec sleep 600\n";
  fs::permissions(folder_ / "ngspice", fs::perms::owner_all);
  const EnvironmentGuard first("PATH", folder_.path().string() + ":" + std::getenv("PATH"));
  RunningProgram program({"circuit", path("net.safetensors"), "--check", "--out", path("decks")});
  while (!fs::exists(folder_ / "decks/chunk-1.cir"))
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  program.interrupt();
  const auto result = program.wait();
  EXPECT_EQ(result.exit_code, 130);
  EXPECT_TRUE(fs::is_empty(folder_ / "decks"));
}

TEST_F(CircuitCommand, WithoutNgspiceItSaysSo) {
  const EnvironmentGuard nothing("PATH", folder_.path().string());
  const auto result = run({"--check"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("ngspice is not installed"));
  EXPECT_FALSE(fs::exists(folder_ / "decks"));
}

}  // namespace
}  // namespace phaseloom
