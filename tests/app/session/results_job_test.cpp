#include "app/session/results_job.hpp"

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

}  // namespace
}  // namespace phaseloom
