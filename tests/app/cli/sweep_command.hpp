// SPDX-License-Identifier: MIT
#pragma once
// `phaseloom sweep` and `phaseloom worker` on cells that take no time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "engine/sweep/results.hpp"
#include "tests/app/cli/small_data_set.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/program.hpp"

namespace phaseloom::test {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Arguments = std::vector<std::string>;

/// A folder with a plan of small cells, and the program to work on it.
class SweepCommand : public ::testing::Test {
 protected:
  SweepCommand() : data_("PHASELOOM_DATA", (folder_ / "data").string()) {
    write_small_pictures(folder_ / "data");
    save_model(folder_ / "net.safetensors", small_judged_model());
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  /// Writes a plan of six cells, changed by `changes`.
  std::string plan(const Json& changes = Json::object(),
                   const std::string& name = "plan.json") const {
    Json json{{"phaseloom", "sweep"},
              {"version", 1},
              {"models", path("net.safetensors")},
              {"bits", {0, 4, 2}},
              {"densities", {1, 0.5}},
              {"samples", 100},
              {"lease", 1}};
    json.update(changes);
    std::ofstream(folder_ / name) << json.dump();
    return path(name);
  }
  void begin(const std::string& out, const Json& changes = Json::object()) const {
    const auto result = run_program({"sweep", plan(changes), "--out", path(out), "--plan-only"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
  }
  Arguments worker(const std::string& out) const { return {"worker", path(out), "--threads", "1"}; }
  std::vector<SweepRow> table(const std::string& out) const {
    return read_sweep(folder_ / out / "table.csv");
  }
  /// What must not depend on who worked, and when.
  std::string numbers(const std::string& out) const { return sweep_csv_without_clock(table(out)); }
  /// The same plan, done by one worker without any trouble.
  std::string expected(const Json& changes = Json::object()) const {
    const auto result = run_program({"sweep", plan(changes), "--out", path("undisturbed")});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return numbers("undisturbed");
  }
  std::size_t files_in_folder(const std::string& below) const {
    std::error_code none;
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_ / below, none), fs::directory_iterator()));
  }
  /// A bound for a hang; nothing is measured by it.
  template <class Condition>
  static void wait_for(const Condition& condition) {
    for (int k = 0; k < 24000 && !condition(); ++k)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    ASSERT_TRUE(condition());
  }
  std::string error_of_run(const Arguments& arguments) const {
    const auto result = run_program(arguments);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err,
                ::testing::AllOf(::testing::StartsWith("phaseloom: "), ::testing::EndsWith("\n")));
    EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
    return result.err;
  }
  Json status(const std::string& out) const {
    const auto result = run_program({"sweep", path(out), "--json"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return Json::parse(result.out, nullptr, false);
  }

  TemporaryFolder folder_;
  EnvironmentGuard data_;
};

}  // namespace phaseloom::test
