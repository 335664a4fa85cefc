// SPDX-License-Identifier: MIT
// `phaseloom sweep` and `phaseloom worker`, as real processes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/learning/checkpoint.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/sweep/results.hpp"
#include "tests/app/cli/sweep_command.hpp"

namespace phaseloom {
namespace {

using namespace test;

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST_F(SweepCommand, NumbersAreThoseOfEvalAndCost) {
  const Json changes{{"bits", {2}},
                     {"densities", {0.5}},
                     {"weight_noises", {0.025}},
                     {"mismatches", {0.1}},
                     {"seeds", {5}},
                     {"device", 3},
                     {"grid", "symmetric"},
                     {"cost", {{"preset", "28nm"}, {"eta", 20}}}};
  ASSERT_EQ(run_program({"sweep", plan(changes), "--out", path("s")}).exit_code, 0);
  const auto rows = table("s");
  ASSERT_THAT(rows, SizeIs(1));
  const SweepRow& row = rows.front();
  Arguments eval{"eval",
                 path("net.safetensors"),
                 "--bits",
                 "2",
                 "--density",
                 "0.5",
                 "--weight-noise",
                 "0.025",
                 "--mismatch",
                 "0.1",
                 "--device",
                 "3",
                 "--grid",
                 "symmetric",
                 "--samples",
                 "100",
                 "--nearest",
                 "0",
                 "--json",
                 "--seed",
                 "5"};
  const Json judged = Json::parse(run_program(eval).out);
  EXPECT_EQ(row.distance, judged.at("fcd").get<double>());
  EXPECT_EQ(row.relative, judged.at("relative_fcd").get<double>());
  EXPECT_EQ(row.class_entropy, judged.at("class_entropy").get<double>());
  EXPECT_EQ(row.samples, 100);
  eval.back() = "6";
  EXPECT_NE(row.distance, Json::parse(run_program(eval).out).at("fcd").get<double>());
  for (const ChunkHold hold :
       {ChunkHold::save_and_reprogram, ChunkHold::state_stationary, ChunkHold::weight_stationary}) {
    const Json cost = Json::parse(
        run_program({"cost", path("net.safetensors"), "--bits", "2", "--density", "0.5", "--preset",
                     "28nm", "--eta", "20", "--hold", std::string(name_of(hold)), "--json"})
            .out);
    EXPECT_EQ(row.energy_of(hold), cost.at("energy").at("total_J").get<double>());
    EXPECT_EQ(row.couplings, cost.at("couplings").get<double>());
    const double area = cost.at("area_mm2");
    EXPECT_EQ(row.area == area, hold == ChunkHold::save_and_reprogram) << "the plan's hold";
  }
  EXPECT_TRUE(fs::exists(folder_ / "s" / row.network));
}

TEST_F(SweepCommand, WritesTableAndPlotsAndTells) {
  const auto result = run_program({"sweep", plan(), "--out", path("s"), "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json.at("cells"), 6);
  EXPECT_EQ(json.at("jobs_done"), 6);
  EXPECT_EQ(json.at("rows").size(), 6u);
  EXPECT_EQ(json.at("rows").at(0).at("cell"), "net_b0_d1_n0_m0_s1");
  EXPECT_GE(json.at("pareto").size(), 1u);
  EXPECT_THAT(result.err, HasSubstr("6 of 6"));
  for (const char* file : {"quality.svg", "pareto.svg", "plan.json"})
    EXPECT_TRUE(fs::exists(folder_ / "s" / file)) << file;
  EXPECT_EQ(files_in_folder("s/work"), 0u);
  // Made anew from the results.
  const std::string before = numbers("s");
  fs::remove(folder_ / "s/table.csv");
  EXPECT_EQ(status("s"), json);
  EXPECT_EQ(numbers("s"), before);
}

TEST_F(SweepCommand, AnyNumberOfWorkersGiveTheSameTable) {
  const std::string expected_numbers = expected();
  for (const int count : {2, 3}) {
    const std::string out = "s" + std::to_string(count);
    begin(out);
    std::vector<std::unique_ptr<RunningProgram>> workers;
    for (int i = 0; i < count; ++i)
      workers.push_back(std::make_unique<RunningProgram>(worker(out)));
    for (auto& one : workers) {
      const auto result = one->wait();
      EXPECT_EQ(result.exit_code, 0) << result.err;
    }
    EXPECT_EQ(numbers(out), expected_numbers) << count;
    EXPECT_EQ(files_in_folder(out + "/work"), 0u);
  }
  ASSERT_EQ(run_program({"sweep", plan(), "--out", path("w"), "--workers", "3", "--threads", "3"})
                .exit_code,
            0);
  EXPECT_EQ(numbers("w"), expected_numbers);
  // A table that could not tell would say nothing.
  EXPECT_NE(expected_numbers, [&] {
    fs::remove_all(folder_ / "undisturbed");
    return expected({{"seeds", {2}}});
  }());
}

TEST_F(SweepCommand, KilledWorkersLoseNothing) {
  const Json changes{{"seeds", {1, 2, 3}}};
  const std::string expected_numbers = expected(changes);
  begin("s", changes);
  std::vector<std::unique_ptr<RunningProgram>> workers;
  for (int i = 0; i < 3; ++i) workers.push_back(std::make_unique<RunningProgram>(worker("s")));
  // Two of three die at work, at different moments.
  for (std::size_t i = 0; i < 2; ++i) {
    wait_for([&] { return files_in_folder("s/results") >= 1 + 3 * i; });
    workers[i]->kill();
    EXPECT_EQ(workers[i]->wait().exit_code, -1);
  }
  const auto result = workers[2]->wait();
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(numbers("s"), expected_numbers);
  EXPECT_EQ(files_in_folder("s/results"), 18u);
  EXPECT_EQ(files_in_folder("s/work"), 0u);
}

TEST_F(SweepCommand, GoesOnWhenAllHaveDied) {
  const std::string expected_numbers = expected();
  begin("s");
  for (std::size_t done = 1; done < 4; done += 2) {
    RunningProgram one(worker("s")), two(worker("s"));
    wait_for([&] { return files_in_folder("s/results") >= done; });
    one.kill();
    two.kill();
    one.wait();
    two.wait();
  }
  EXPECT_LT(files_in_folder("s/results"), 6u) << "nothing was left to go on with";
  // The same command goes on, too.
  ASSERT_EQ(run_program({"sweep", plan(), "--out", path("s")}).exit_code, 0);
  EXPECT_EQ(numbers("s"), expected_numbers);
}

TEST_F(SweepCommand, TellsWhoWorksOnWhat) {
  begin("s", {{"bits", {4}}, {"densities", {1}}, {"lease", 3600}});
  const fs::path work = folder_ / "s/work/net_b4_d1_n0_m0_s1.1";
  fs::create_directories(work);
  std::ofstream(work / "worker") << "host node17\nprocess 42\nmark 0-1.1\n";
  std::ofstream(work / "beat") << "beat 75\nseconds 754\nfraction 0.5\n";
  const auto told = run_program({"sweep", path("s")});
  EXPECT_EQ(told.exit_code, 0) << told.err;
  EXPECT_THAT(told.out,
              HasSubstr("\n  node17, process 42: net_b4_d1_n0_m0_s1, 12 min 34 s, 50 %\n"));
  const Json json = status("s");
  ASSERT_THAT(json.at("workers"), SizeIs(1));
  const Json& one = json.at("workers").at(0);
  EXPECT_EQ(one.at("job"), "net_b4_d1_n0_m0_s1");
  EXPECT_EQ(one.at("host"), "node17");
  EXPECT_EQ(one.at("process"), 42);
  EXPECT_EQ(one.at("fraction"), 0.5);
  EXPECT_GE(one.at("seconds"), 754);
  EXPECT_EQ(one.at("expired"), false);
  fs::remove(work / "worker");
  EXPECT_THAT(run_program({"sweep", path("s")}).out, HasSubstr("unknown worker: "));
  EXPECT_TRUE(status("s").at("workers").at(0).at("host").is_null());
  EXPECT_THAT(error_of_run({"sweep", plan(), "--out", path("t"), "--watch", "3"}),
              HasSubstr("--watch"));
}

TEST_F(SweepCommand, WhoWatchesSeesThatTheDeadAreSilent) {
  begin("s", {{"bits", {4}}, {"densities", {1}}, {"lease", 1}});
  fs::create_directories(folder_ / "s/work/net_b4_d1_n0_m0_s1.1");
  const auto told = run_program({"sweep", path("s"), "--watch", "1.5"});
  EXPECT_EQ(told.exit_code, 0) << told.err;
  EXPECT_THAT(told.out, HasSubstr("no sign of life for"));
  EXPECT_THAT(told.out, HasSubstr("anybody's"));
}

class TrainedSweep : public SweepCommand {
 protected:
  const Json changes_{{"bits", {2}},
                      {"densities", {1}},
                      {"as_is", false},
                      {"samples", 100},
                      {"train", {{"iterations", 4}}}};
  const std::string cell_ = "net_b2_d1_n0_m0_s1_trained";
};

TEST_F(TrainedSweep, IsAsTrainFromDoesIt) {
  ASSERT_EQ(run_program({"sweep", plan(changes_), "--out", path("s")}).exit_code, 0);
  const auto rows = table("s");
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].problem, "");
  EXPECT_EQ(rows[0].network, "results/" + cell_ + "/model.safetensors");
  EXPECT_GT(rows[0].iterations, 0);
  const auto trained = run_program({"train", "mnist", "--from", path("net.safetensors"), "--bits",
                                    "2", "--iterations", "4", "--out", path("by.safetensors")});
  ASSERT_EQ(trained.exit_code, 0) << trained.err;
  const Model ours = load_model(folder_ / "s" / rows[0].network),
              theirs = load_model(folder_ / "by.safetensors");
  EXPECT_EQ(ours.program.values, theirs.program.values);
  EXPECT_NE(ours.program.values, test::small_judged_model().program.values);
  // What is measured is what is kept.
  const Json judged = Json::parse(run_program({"eval", path("s/" + rows[0].network), "--bits", "2",
                                               "--samples", "100", "--nearest", "0", "--json"})
                                      .out);
  EXPECT_EQ(rows[0].distance, judged.at("fcd").get<double>());
}

TEST_F(TrainedSweep, InterruptedItGoesOnFromItsCheckpointBitByBit) {
  Json changes = changes_;
  changes["train"]["iterations"] = 24;
  const std::string expected_numbers = expected(changes);
  begin("s", changes);
  const fs::path work = folder_ / "s/work" / (cell_ + ".1");
  RunningProgram first(worker("s"));
  wait_for([&] { return fs::exists(work / "beat"); });
  std::this_thread::sleep_for(500ms);  // into its training, if it can be; anywhere is right
  first.interrupt();
  const auto result = first.wait();
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("go on with: phaseloom worker"));
  ASSERT_TRUE(fs::exists(work / "training.checkpoint"));
  EXPECT_TRUE(fs::exists(work / "released"));
  const auto left = load_checkpoint(work / "training.checkpoint").iterations();
  EXPECT_LT(left, 24);
  const auto again = run_program(worker("s"));
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(numbers("s"), expected_numbers);
}

TEST_F(TrainedSweep, ADamagedCheckpointIsBegunAnew) {
  const std::string expected_numbers = expected(changes_);
  begin("s", changes_);
  const fs::path work = folder_ / "s/work" / (cell_ + ".1");
  fs::create_directories(work);
  std::ofstream(work / "released") << "somebody";
  std::ofstream(work / "training.checkpoint") << "half a checkpoint";
  EXPECT_EQ(run_program(worker("s")).exit_code, 0);
  EXPECT_EQ(numbers("s"), expected_numbers);
}

TEST_F(SweepCommand, DamagedResultsAreDoneAgain) {
  ASSERT_EQ(run_program({"sweep", plan(), "--out", path("s")}).exit_code, 0);
  const std::string before = numbers("s");
  const fs::path results = folder_ / "s/results";
  const std::string cells[] = {"net_b0_d1_n0_m0_s1", "net_b4_d1_n0_m0_s1", "net_b2_d1_n0_m0_s1"};
  std::ofstream(results / cells[0] / "result.csv") << "model,bits\n";
  fs::remove(results / cells[1] / "result.csv");
  fs::copy_file(results / "net_b2_d0.5_n0_m0_s1/result.csv", results / cells[2] / "result.csv",
                fs::copy_options::overwrite_existing);  // of another cell
  const Json seen = status("s");
  EXPECT_EQ(seen.at("jobs_done"), 3);
  ASSERT_EQ(seen.at("damaged").size(), 3u);
  EXPECT_THAT(seen.at("damaged").dump(), HasSubstr(cells[0] + "/result.csv: line 1"));
  EXPECT_THAT(table("s"), SizeIs(3)) << "telling repairs nothing";
  EXPECT_EQ(run_program(worker("s")).exit_code, 0);
  EXPECT_EQ(numbers("s"), before);
  EXPECT_EQ(files_in_folder("s/damaged"), 3u);
}

TEST_F(SweepCommand, DamagedPlansAndNetworksAreSaid) {
  begin("s");
  const std::string plan_file = path("s/plan.json"), network = path("s/networks/net.safetensors");
  const auto good = read_file(network, 1 << 24);
  write_file_atomically(network, std::string_view("no network"));
  EXPECT_THAT(error_of_run(worker("s")), HasSubstr(network));
  write_file_atomically(network, good);
  std::ofstream(plan_file) << "{\"phaseloom\": \"sweep\", ";
  EXPECT_THAT(error_of_run(worker("s")), HasSubstr(plan_file + ": not JSON"));
  EXPECT_THAT(error_of_run({"sweep", path("s")}), HasSubstr(plan_file));
  fs::remove(plan_file);
  EXPECT_THAT(error_of_run(worker("s")), HasSubstr("plan.json"));
}

TEST_F(SweepCommand, SaysWhatIsWrong) {
  EXPECT_THAT(error_of_run({"sweep", plan()}), HasSubstr("--out is missing"));
  EXPECT_THAT(error_of_run({"sweep", plan({{"bit", 4}}), "--out", path("s")}),
              HasSubstr("plan.json: there is no 'bit'"));
  EXPECT_THAT(error_of_run({"sweep", plan({{"models", "nowhere"}}), "--out", path("s")}),
              HasSubstr("nowhere"));
  EXPECT_FALSE(fs::exists(folder_ / "s"));
  fs::create_directories(folder_ / "full/of");
  EXPECT_THAT(error_of_run({"sweep", plan(), "--out", path("full")}), HasSubstr("holds 'of'"));
  begin("s");
  EXPECT_THAT(error_of_run({"sweep", plan({{"bits", {4}}}), "--out", path("s")}),
              HasSubstr("another plan"));
  EXPECT_THAT(error_of_run({"sweep", path("s"), "--out", path("t")}), HasSubstr("--out"));
  save_model(folder_ / "net.safetensors", test::small_judged_model("{\"dataset\": \"fashion\"}"));
  EXPECT_THAT(error_of_run({"sweep", plan(), "--out", path("s")}), HasSubstr("another net"));
  save_model(folder_ / "other.safetensors", test::small_judged_model("{}"));
  EXPECT_THAT(
      error_of_run({"sweep", plan({{"models", path("other.safetensors")}}), "--out", path("t")}),
      HasSubstr("other: does not say that it was trained on"));
}

TEST_F(SweepCommand, WorkersWithoutWorkEndIfTheyAreNotToWait) {
  begin("s", {{"bits", {4}}, {"densities", {1}}, {"lease", 3600}});
  fs::create_directories(folder_ / "s/work/net_b4_d1_n0_m0_s1.1");
  const auto result = run_program({"worker", path("s"), "--no-wait"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("0 of 1"));
}

TEST_F(SweepCommand, ACellThatFailsIsARow) {
  // Voltages that run away.
  auto program =
      make_program(substrate_named("aim_poly"), Topology::local({28, 28, 1}, 1), 1, 1e6, 50, 1);
  program.integrator = Integrator::euler;
  save_model(folder_ / "wild.safetensors", {program, "wild", R"({"dataset": "mnist"})"});
  const auto result =
      run_program({"sweep",
                   plan({{"models", {path("net.safetensors"), path("wild.safetensors")}},
                         {"bits", {0}},
                         {"densities", {1}}}),
                   "--out", path("s")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const auto rows = table("s");
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_FALSE(rows[0].failed());
  EXPECT_TRUE(rows[1].failed());
  EXPECT_EQ(rows[1].samples, 0);
  EXPECT_THAT(result.out, HasSubstr("1 without a number"));
}

}  // namespace
}  // namespace phaseloom
