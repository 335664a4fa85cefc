// SPDX-License-Identifier: MIT
#include "app/jobs/sweep_job.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "app/jobs/sweep_folder.hpp"
#include "tests/app/cli/small_data_set.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr double kLong = 240;  // seconds; a bound for a hang, nothing is measured by it

class SweepInTheBackground : public testing::Test {
 protected:
  SweepInTheBackground() {
    save_model(folder_ / "net.safetensors", test::small_judged_model());
    plan_.models = {(folder_ / "net.safetensors").string()};
    plan_.bits = {0, 4};
    plan_.densities = {1, 0.5};
    plan_.samples = 100;
    plan_.lease = 1;
  }
  static SweepJobOptions options() { return {test::small_pictures, 1}; }
  std::filesystem::path there() const { return folder_ / "sweep"; }
  std::vector<SweepRow> table() const { return read_sweep(there() / "table.csv"); }
  static std::vector<std::string> problems_of(SweepJob& job) {
    std::vector<std::string> problems;
    for (const JobNote& note : job.take_notes())
      if (note.problem) problems.push_back(note.text);
    return problems;
  }
  TemporaryFolder folder_;
  SweepPlan plan_;
};

TEST_F(SweepInTheBackground, GoesCellByCellAndOnFromItsFolder) {
  std::string half;
  {
    SweepJob job(options(), true);
    EXPECT_TRUE(job.latest()->table->places.empty());
    EXPECT_THAT(error_of([&] { job.stop(); }), HasSubstr("sweep.start"));
    job.start(plan_, there());
    EXPECT_TRUE(job.latest()->running);
    EXPECT_EQ(job.latest()->total, 4);
    EXPECT_EQ(job.latest()->done, 0);
    EXPECT_THAT(job.latest()->table->places, SizeIs(4));
    EXPECT_THAT(error_of([&] { job.start(plan_, there()); }), HasSubstr("running"));
    job.advance(2);
    const auto seen = job.latest();
    EXPECT_EQ(seen->done, 2);
    ASSERT_TRUE(seen->table->places[1].row);
    EXPECT_FALSE(seen->table->places[2].row);
    EXPECT_EQ(seen->table->find("net_b4_d1_n0_m0_s1"), &seen->table->places[1]);
    const SweepRow& row = *seen->table->places[1].row;
    EXPECT_EQ(cost_of(network_of(*seen, row), row.bits, plan_.cost).energy.total(), row.energy[0])
        << "another price takes the same network";
    job.stop();
    ASSERT_TRUE(job.settle(kLong));
    EXPECT_FALSE(job.latest()->running);
    EXPECT_THAT(problems_of(job), IsEmpty());
    half = sweep_csv(table());
  }
  SweepJob again(options(), true);
  again.start(plan_, there());
  EXPECT_EQ(again.latest()->done, 2) << "what is there is not done again";
  again.advance(10);
  ASSERT_TRUE(again.settle(kLong));
  EXPECT_EQ(again.latest()->done, 4);
  EXPECT_FALSE(again.latest()->running);
  EXPECT_THAT(sweep_csv(table()), HasSubstr(half.substr(half.find('\n'))))
      << "rows that were there are the same";
}

TEST_F(SweepInTheBackground, OpensWhatOthersHaveDone) {
  SweepJob worker(options(), true), watcher(options(), true);
  worker.start(plan_, there());
  watcher.open(there());
  EXPECT_EQ(watcher.latest()->done, 0);
  EXPECT_EQ(watcher.latest()->folder, there());
  EXPECT_FALSE(watcher.latest()->running);
  worker.advance(3);
  watcher.look();
  EXPECT_EQ(watcher.latest()->done, 3);
  worker.advance(10);
  watcher.look();
  EXPECT_EQ(watcher.latest()->done, 4);
  watcher.export_to(folder_ / "t.csv");
  EXPECT_EQ(sweep_csv(read_sweep(folder_ / "t.csv")), sweep_csv(table()));
  watcher.export_to(folder_ / "q.svg");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "q.svg"));
  EXPECT_THAT(error_of([&] { watcher.export_to(folder_ / "t.txt"); }), HasSubstr(".csv"));
  // To go on with what is finished is finished at once.
  watcher.go_on(there());
  ASSERT_TRUE(watcher.settle(kLong));
  EXPECT_FALSE(watcher.latest()->running);
  EXPECT_THAT(problems_of(watcher), IsEmpty());
}

TEST_F(SweepInTheBackground, IsPausedWithinACellAndStopped) {
  plan_.samples = 20000;
  SweepJob job(options());
  job.start(plan_, there());
  const auto wait_for = [&](const auto& condition) {
    for (int k = 0; k < 24000 && !condition(*job.latest()); ++k)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_TRUE(condition(*job.latest()));
  };
  wait_for([](const SweepSnapshot& s) { return !s.doing.empty() && s.fraction > 0; });
  job.pause();
  wait_for([](const SweepSnapshot& s) { return s.paused; });
  EXPECT_EQ(job.latest()->doing, "net_b0_d1_n0_m0_s1");
  EXPECT_EQ(job.latest()->done, 0);
  job.resume();
  wait_for([](const SweepSnapshot& s) { return !s.paused; });
  job.stop();
  ASSERT_TRUE(job.settle(kLong));
  EXPECT_FALSE(job.latest()->running);
  EXPECT_TRUE(std::filesystem::exists(there() / "work/net_b0_d1_n0_m0_s1.1/released") ||
              job.latest()->done > 0);
}

TEST_F(SweepInTheBackground, WhatIsWrongIsToldAndShown) {
  SweepJob job(options(), true);
  job.open(folder_ / "nowhere");
  EXPECT_THAT(job.latest()->problem, HasSubstr("plan.json"));
  EXPECT_THAT(problems_of(job), SizeIs(1));
  plan_.bits = {};
  EXPECT_THAT(error_of([&] { job.start(plan_, there()); }), HasSubstr("bits"));
  plan_.bits = {4};
  SweepJob without({test::training_without_pictures().images, 1}, true);
  without.start(plan_, there());
  ASSERT_TRUE(without.settle(kLong));
  EXPECT_THAT(without.latest()->problem, HasSubstr("docs/data.md"));
  EXPECT_FALSE(without.latest()->running);
  // With pictures it goes.
  SweepJob with(options(), true);
  with.go_on(there());
  with.advance(1);
  EXPECT_EQ(with.latest()->done, 1);
}

}  // namespace
}  // namespace phaseloom
