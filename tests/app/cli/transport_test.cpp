// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/support/atomic_file.hpp"
#include "engine/transport/points_file.hpp"
#include "engine/transport/results.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class TransportCommand : public testing::Test {
 protected:
  std::string file(const char* name) const { return (folder / name).string(); }
  /// Of a command that must fail as bad input does: one line, exit code 2.
  std::string refused(std::vector<std::string> options) const {
    options.insert(options.begin(), "transport");
    const auto result = run_program(options);
    EXPECT_EQ(result.exit_code, 2) << result.err;
    EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
    EXPECT_EQ(result.out, "");
    return result.err;
  }
  TemporaryFolder folder;
};

TEST_F(TransportCommand, OneTraining) {
  const auto text = run_program({"transport", "--iterations", "20", "--out", file("ends.csv")});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, StartsWith("D1 kuramoto_shil swd, 4 chunks, 4 hidden, seed 1: W2² 0."));
  EXPECT_THAT(text.out, HasSubstr("sampling noise"));
  EXPECT_EQ(read_points(file("ends.csv")).size(), 2000u);
  // Its points are a target for another.
  const auto own = run_program({"transport", "--target", file("ends.csv"), "--model", "mlp",
                                "--loss", "ot_cfm", "--iterations", "5", "--json"});
  ASSERT_EQ(own.exit_code, 0) << own.err;
  const auto json = nlohmann::json::parse(own.out);
  EXPECT_EQ(json["pair"], file("ends.csv"));
  EXPECT_EQ(json["chunks"], 1);
  EXPECT_GT(json["w2_squared"].get<double>(), 0);
  EXPECT_GT(json["floor"].get<double>(), 0);
}

TEST_F(TransportCommand, GridGoesOn) {
  const auto grid = [&](const char* hidden) {
    return run_program({"transport",   "--grid",       "--out",    file("r.csv"), "--plot",
                        file("r.svg"), "--pairs",      "D3",       "--models",    "mlp,kuramoto",
                        "--losses",    "swd",          "--chunks", "1,2",         "--hidden",
                        hidden,        "--iterations", "3",        "--threads",   "2"});
  };
  const auto first = grid("0");
  EXPECT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("3 of 3 trainings are done"));
  const auto second = grid("0,2");
  EXPECT_THAT(second.out, HasSubstr("4/5 D3 kuramoto swd"));
  EXPECT_THAT(second.out, HasSubstr("5 of 5 trainings are done"));
  EXPECT_EQ(read_results(file("r.csv")).size(), 5u);
  EXPECT_THAT(read_file(file("r.svg"), 1 << 20).size(), testing::Gt(1000u));
}

TEST_F(TransportCommand, InterruptedGridKeepsWhatIsDone) {
  RunningProgram program({"transport", "--grid", "--out", file("r.csv"), "--pairs", "D3",
                          "--models", "kuramoto", "--iterations", "200", "--threads", "1"});
  // The first row tells that it is at work; 39 are to come, half a second each at least.
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::minutes(2);
  while (!std::filesystem::exists(file("r.csv")) && std::chrono::steady_clock::now() < give_up)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  program.interrupt();
  const auto result = program.wait();
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("of 40 trainings are done; the same command goes on"));
  const auto rows = read_results(file("r.csv"));
  EXPECT_GE(rows.size(), 1u);
  EXPECT_LT(rows.size(), 40u);
}

TEST_F(TransportCommand, MistakesGiveOneLine) {
  EXPECT_THAT(refused({"--pair", "D7"}), HasSubstr("choose one of D1"));
  EXPECT_THAT(refused({"--model", "x"}), HasSubstr("choose one of mlp"));
  EXPECT_THAT(refused({"--loss", "x"}), HasSubstr("ot_cfm, swd"));
  EXPECT_THAT(refused({"--chunks", "1,2"}), HasSubstr("several are for --grid"));
  EXPECT_THAT(refused({"--hidden", "1000"}), HasSubstr("0..64"));
  EXPECT_THAT(refused({"--target", file("none.csv")}), HasSubstr("none.csv: no such file"));
  EXPECT_THAT(refused({"--source", file("none.csv")}), HasSubstr("needs a --target"));
  EXPECT_THAT(refused({"--pair", file("none.csv")}), HasSubstr("given with --target"));
  EXPECT_THAT(refused({"--grid"}), HasSubstr("needs --out"));
  EXPECT_THAT(refused({"--grid", "--out", file("rows.csv"), "--pair", "D3"}),
              HasSubstr("--pair: is of one training"));
  EXPECT_THAT(refused({"--plot", file("rows.svg")}), HasSubstr("it needs --grid"));
  EXPECT_THAT(refused({"--out", "/nowhere/ends.csv"}), HasSubstr("/nowhere does not exist"));
  EXPECT_THAT(refused({"--grid", "--out", "/nowhere/rows.csv"}), HasSubstr("/nowhere"));
  EXPECT_THAT(refused({"--seed", "-1"}), HasSubstr("'-1' is no whole number from 0"));
  EXPECT_THAT(refused({"--seed", "x"}), HasSubstr("--seed"));
  write_file_atomically(file("bad.csv"), "x,y\n1,2\n3,\n");
  EXPECT_THAT(refused({"--target", file("bad.csv")}), HasSubstr("bad.csv: line 3 has 1 column"));
  EXPECT_THAT(refused({"--grid", "--out", file("bad.csv")}), HasSubstr("these are no results"));
}

}  // namespace
}  // namespace phaseloom
