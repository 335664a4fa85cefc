// SPDX-License-Identifier: MIT
#include "engine/transport/grid.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/support/atomic_file.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

TransportPlan small_plan() {
  TransportPlan plan;
  plan.pairs = {"D3"};
  plan.models = {"kuramoto"};
  plan.losses = {TransportLoss::swd};
  plan.chunks = {1, 2};
  plan.hidden = {0, 2};
  plan.iterations = 3;
  plan.points = 100;
  return plan;
}

/// All that does not depend on the clock.
std::string timeless(std::vector<TransportRow> rows) {
  for (TransportRow& row : rows) row.seconds = 0;
  return results_csv(rows);
}

class TransportGridTest : public testing::Test {
 protected:
  TemporaryFolder folder;
  const std::filesystem::path path = folder / "results.csv";
};

TEST(TransportPlan, TheWholeGridOfTheSpecification) {
  const auto all = experiments({});
  // 4 pairs x 2 losses x (4 substrates x 4 chunk counts x 5 numbers of hidden units + the mlp).
  EXPECT_EQ(all.size(), 4u * 2 * (4 * 4 * 5 + 1));
  EXPECT_EQ(std::ranges::count(all, "mlp", &TransportRow::model), 8);
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) ASSERT_FALSE(same_experiment(all[i], all[j]));
}

TEST(TransportPlan, WrongNamesAndNumbersAreRefused) {
  TransportPlan plan = small_plan();
  plan.pairs = {"D1", "D5"};
  EXPECT_THAT(error_of([&] { experiments(plan); }), HasSubstr("no pair 'D5'"));
  plan = small_plan();
  plan.models = {"ising"};
  EXPECT_THAT(error_of([&] { experiments(plan); }), HasSubstr("no transport model 'ising'"));
  plan = small_plan();
  plan.chunks = {0};
  EXPECT_THAT(error_of([&] { experiments(plan); }), HasSubstr("chunks is 0"));
}

TEST_F(TransportGridTest, RowsDoNotDependOnThreads) {
  const auto one = run_transport_grid(small_plan(), path, 1);
  ASSERT_EQ(one.size(), 4u);
  const auto three = run_transport_grid(small_plan(), folder / "other.csv", 3);
  EXPECT_EQ(timeless(one), timeless(three));
  EXPECT_EQ(timeless(read_results(path)), timeless(one));
  for (const auto& row : one) {
    EXPECT_GT(row.w2_squared, row.floor);
    EXPECT_GT(row.floor, 0);
    EXPECT_GT(row.seconds, 0);
  }
}

TEST_F(TransportGridTest, StopsAndGoesOn) {
  // After the second row: stop.
  int rows_seen = 0;
  const auto some = run_transport_grid(small_plan(), path, 1, [&](const GridProgress& progress) {
    EXPECT_EQ(progress.total, 4);
    if (progress.latest) ++rows_seen;
    return rows_seen < 2;
  });
  EXPECT_EQ(some.size(), 2u);
  EXPECT_EQ(read_results(path).size(), 2u);
  // What is there is kept, as it is, even where it is not what would come out.
  auto marked = read_results(path);
  marked[0].w2_squared = 123;
  write_file_atomically(path, results_csv(marked));
  GridProgress first, last;
  rows_seen = 0;
  const auto all = run_transport_grid(small_plan(), path, 1, [&](const GridProgress& progress) {
    if (first.total == 0) first = progress;
    last = progress;
    if (progress.latest) ++rows_seen;
    return true;
  });
  EXPECT_EQ(first.done, 2);
  EXPECT_EQ(last.done, 4);
  EXPECT_EQ(last.seconds_left, 0);
  EXPECT_EQ(rows_seen, 2);
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0].w2_squared, 123);
  EXPECT_NEAR(all[1].w2_squared, some[1].w2_squared, 1e-6);         // as written in the file
  EXPECT_EQ(run_transport_grid(small_plan(), path, 1).size(), 4u);  // nothing to do
}

TEST_F(TransportGridTest, UnfinishedTrainingsAreDropped) {
  TransportPlan plan = small_plan();
  plan.iterations = 100000;  // minutes
  int calls = 0;
  const auto rows =
      run_transport_grid(plan, path, 2, [&](const GridProgress&) { return ++calls < 3; });
  EXPECT_TRUE(rows.empty());
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(TransportGridTest, TwoDoNotAddRowsToOneFile) {
  std::string refused;
  const auto rows = run_transport_grid(small_plan(), path, 1, [&](const GridProgress&) {
    if (refused.empty()) refused = error_of([&] { run_transport_grid(small_plan(), path, 1); });
    return true;
  });
  EXPECT_EQ(rows.size(), 4u);
  EXPECT_THAT(refused, HasSubstr("(a grid of transport experiments) adds rows to it"));
  EXPECT_EQ(run_transport_grid(small_plan(), path, 1).size(), 4u) << "one after the other";
}

TEST_F(TransportGridTest, AFileOfSomethingElseIsLeftAlone) {
  write_file_atomically(path, "my,own,table\n1,2,3\n");
  EXPECT_THAT(error_of([&] { run_transport_grid(small_plan(), path, 1); }),
              HasSubstr("these are no results"));
  EXPECT_EQ(read_file(path, 100).size(), 19u);
}

}  // namespace
}  // namespace phaseloom
