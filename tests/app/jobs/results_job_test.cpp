// SPDX-License-Identifier: MIT
#include "app/jobs/results_job.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

#include "engine/support/atomic_file.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

constexpr double kLong = 240;  // seconds; a bound for a hang, nothing is measured by it
/// Two for the mlp, and 2 losses x 4 chunks x 5 hidden of each of four substrates.
constexpr int kOfAPair = 2 + 4 * 2 * 4 * 5;

class Results : public testing::Test {
 protected:
  ResultsOptions options() const {
    return {folder / "shipped.csv", folder / "own" / "transport.csv", 2, 20, 1};
  }
  static TransportRow row(const char* model, int hidden, double w2) {
    return {"D1", model, TransportLoss::swd, 4, hidden, 1, w2, 0.001, 1};
  }
  void ship(const std::vector<TransportRow>& rows) const {
    write_file_atomically(folder / "shipped.csv", results_csv(rows));
  }
  static const ResultSummary* of(const ResultsSnapshot& s, const char* model, int hidden) {
    const auto found = std::ranges::find_if(
        *s.results, [&](const auto& r) { return r.model == model && r.hidden == hidden; });
    return found == s.results->end() ? nullptr : &*found;
  }
  const TemporaryFolder folder;
};

TEST_F(Results, ShippedOnesAreShownAndNothingIsWritten) {
  ship({row("kuramoto", 4, 0.5)});
  ResultsJob job(options(), true);
  EXPECT_TRUE(job.latest()->results->empty());
  job.show();
  ASSERT_TRUE(job.settle(kLong));
  ASSERT_EQ(job.latest()->results->size(), 1u);
  EXPECT_EQ(job.latest()->results->front().w2_squared.median, 0.5);
  EXPECT_FALSE(std::filesystem::exists(options().file));
  EXPECT_THAT(error_of([&] { job.stop(); }), HasSubstr("transport.grid"));
  EXPECT_THAT(error_of([&] { job.advance(1); }), HasSubstr("transport.grid"));
}

TEST_F(Results, GridGoesAsFarAsItIsLetAndOnFromItsFile) {
  ship({row("kuramoto", 4, 0.5)});
  {
    ResultsJob job(options(), true);
    job.start({"D1"}, 1);
    EXPECT_TRUE(job.latest()->running);
    EXPECT_EQ(job.latest()->total, kOfAPair);
    EXPECT_EQ(job.latest()->done, 1);
    EXPECT_THAT(error_of([&] { job.start({"D1"}, 1); }), HasSubstr("running"));
    job.advance(2);
    EXPECT_EQ(job.latest()->done, 3);
    EXPECT_THAT(job.latest()->latest, HasSubstr("D1  MLP + SWD: W₂²"));
    EXPECT_EQ(job.latest()->results->size(), 3u);
    job.stop();
    ASSERT_TRUE(job.settle(kLong));
    EXPECT_FALSE(job.latest()->running);
    EXPECT_EQ(job.latest()->problem, "");
  }
  const auto rows = read_results(options().file);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].model, "kuramoto");
  EXPECT_EQ(rows[0].w2_squared, 0.5) << "as shipped";
  EXPECT_EQ(rows[1].model, "mlp");

  ResultsJob again(options(), true);
  again.start({"D1"}, 1);
  EXPECT_EQ(again.latest()->done, 3);
  again.advance(1);
  EXPECT_EQ(again.latest()->done, 4);
  // Left while it runs: what is finished is in the file.
}

TEST_F(Results, AnotherSeedIsAnotherTrainingOfTheSame) {
  ship({});
  ResultsJob job(options(), true);
  for (const std::uint64_t seed : {1, 2}) {
    job.start({"D1"}, seed);
    job.advance(1);
    job.stop();
    ASSERT_TRUE(job.settle(kLong));
  }
  const ResultSummary* mlp = of(*job.latest(), "mlp", 0);
  ASSERT_NE(mlp, nullptr);
  EXPECT_EQ(mlp->seeds, 2);
  EXPECT_LT(mlp->w2_squared.least, mlp->w2_squared.most);
}

TEST_F(Results, WithoutAFileRowsAreReplaced) {
  ship({row("mlp", 0, 0.5)});
  ResultsOptions here = options();
  here.file.clear();
  ResultsJob job(here, true);
  job.start({"D1"}, 1);
  EXPECT_EQ(job.latest()->done, 0);
  job.advance(2);
  job.export_to(folder / "all.csv");
  job.stop();
  ASSERT_TRUE(job.settle(kLong));
  EXPECT_EQ(job.latest()->results->size(), 2u) << "the shipped row has given way";
  const auto notes = job.take_notes();
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_FALSE(notes[0].problem);
  EXPECT_EQ(read_results(folder / "all.csv").size(), 2u);
}

TEST_F(Results, DamagedFileIsSaidAndLeftAlone) {
  ship({});
  std::filesystem::create_directories(options().file.parent_path());
  write_file_atomically(options().file, "pair,model\nD1,mlp\n");
  ResultsJob job(options(), true);
  job.start({"D1"}, 1);
  ASSERT_TRUE(job.settle(kLong));
  EXPECT_FALSE(job.latest()->running);
  EXPECT_THAT(job.latest()->problem, HasSubstr("transport.csv"));
  const auto notes = job.take_notes();
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_TRUE(notes[0].problem);
  EXPECT_EQ(std::filesystem::file_size(options().file), 18u);
  EXPECT_THAT(error_of([&] { job.start({"own"}, 1); }), HasSubstr("D1"));
  EXPECT_THAT(error_of([&] { job.export_to("a.txt"); }), HasSubstr(".csv"));
}

TEST_F(Results, UngatedJobTrainsByItselfAndLeavesAtOnce) {
  ship({});
  ResultsJob job(options());
  job.start({"D1"}, 1);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(240);
  while (job.latest()->done < 3 && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_GE(job.latest()->done, 3);
}

// --- networks ------------------------------------------------------------------------------------

class ResultNetworks : public Results {
 protected:
  /// Trains the first rows of the grid: the mlp with either loss, then physics.
  void train(int rows) {
    ResultsJob job(options(), true);
    job.start({"D1"}, 1);
    job.advance(rows);
    job.stop();
    ASSERT_TRUE(job.settle(kLong));
  }
  static int kept(const ResultsSnapshot& s) {
    int n = 0;
    for (const ResultSummary& r : *s.results) n += static_cast<int>(r.networks.size());
    return n;
  }
  int kept_of_another_window() {
    ResultsJob job(options(), true);
    job.show();
    EXPECT_TRUE(job.settle(kLong));
    return kept(*job.latest());
  }
  std::filesystem::path networks() const { return folder / "own" / "transport-networks"; }
};

TEST_F(ResultNetworks, RowsThatAreTrainedKeepTheirs) {
  ship({row("kuramoto", 4, 0.5)});
  {
    ResultsJob job(options(), true);
    job.start({"D1"}, 1);
    job.advance(2);
    EXPECT_EQ(kept(*job.latest()), 2);
    EXPECT_TRUE(of(*job.latest(), "kuramoto", 4)->networks.empty()) << "was shipped";
  }
  EXPECT_EQ(kept_of_another_window(), 2);
  // The network is the one that such a training ends with.
  ResultsJob job(options(), true);
  job.show();
  ASSERT_TRUE(job.settle(kLong));
  const KeptNetwork& network = *of(*job.latest(), "mlp", 0)->networks.front();
  TransportTrainer trainer(pair_named("D1"), network.setup());
  trainer.advance(options().iterations);
  EXPECT_EQ(transport_values(trainer.model()), network.values);
}

TEST_F(ResultNetworks, AreOfTheirRowsAlone) {
  ship({});
  train(2);
  ASSERT_EQ(kept_of_another_window(), 2);
  auto rows = read_results(options().file);
  rows[0].w2_squared += 1;  // trained anew elsewhere
  write_file_atomically(options().file, results_csv(rows));
  EXPECT_EQ(kept_of_another_window(), 1);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(networks()), {}), 2)
      << "looking removes nothing";
  std::ofstream(networks() / "D1-mlp-swd-1-0-9.safetensors") << "cut off";
  std::ofstream(networks() / "read me.txt") << "mine";
  train(1);
  EXPECT_EQ(kept_of_another_window(), 2);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(networks()), {}), 3)
      << "the grid removes what is of no row";
}

TEST_F(ResultNetworks, WithoutAFileTheyLastAsLongAsTheJob) {
  ship({});
  ResultsOptions here = options();
  here.file.clear();
  ResultsJob job(here, true);
  for (int time = 0; time < 2; ++time) {
    job.start({"D1"}, 1);
    job.advance(2);
    job.stop();
    ASSERT_TRUE(job.settle(kLong));
    EXPECT_EQ(kept(*job.latest()), 2) << "the later one in the earlier one's place";
  }
}

TEST_F(ResultNetworks, WhatCannotBeWrittenIsSaidOnceAndTheGridGoesOn) {
  ship({});
  std::filesystem::create_directories(networks().parent_path());
  std::ofstream(networks()) << "a file in the folder's place";
  ResultsJob job(options(), true);
  job.start({"D1"}, 1);
  job.advance(3);
  job.stop();
  ASSERT_TRUE(job.settle(kLong));
  EXPECT_EQ(read_results(options().file).size(), 3u);
  EXPECT_EQ(kept(*job.latest()), 3) << "shown as long as the window is open";
  const auto notes = job.take_notes();
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_TRUE(notes[0].problem);
  EXPECT_THAT(notes[0].text, HasSubstr("not kept"));
}

}  // namespace
}  // namespace phaseloom
