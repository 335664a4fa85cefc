// SPDX-License-Identifier: MIT
#include "app/jobs/sweep_pace.hpp"

#include <gtest/gtest.h>

namespace phaseloom {
namespace {

using std::chrono::minutes;
const SweepPace::Clock::time_point kBegin{};

TEST(SweepPace, IsCountedFromWhatIsSeenToEnd) {
  SweepPace pace;
  EXPECT_EQ(pace.per_hour(kBegin), 0);
  pace.see(40, kBegin);  // were there already
  EXPECT_EQ(pace.per_hour(kBegin + minutes(1)), 0);
  pace.see(41, kBegin + minutes(10));
  pace.see(42, kBegin + minutes(20));
  EXPECT_EQ(pace.per_hour(kBegin + minutes(20)), 0) << "two say little";
  pace.see(43, kBegin + minutes(30));
  EXPECT_NEAR(pace.per_hour(kBegin + minutes(30)), 6, 1e-9);
  EXPECT_NEAR(pace.per_hour(kBegin + minutes(50)), 3, 1e-9) << "no more have come";
  pace.see(43, kBegin + minutes(50));
  EXPECT_NEAR(pace.per_hour(kBegin + minutes(50)), 3, 1e-9) << "looking changes nothing";
}

TEST(SweepPace, IsThatOfTheLastWhile) {
  SweepPace pace;
  pace.see(0, kBegin);
  for (int k = 1; k <= 20; ++k) pace.see(std::size_t(k), kBegin + minutes(60 * k));
  for (int k = 1; k <= 20; ++k) pace.see(std::size_t(20 + k), kBegin + minutes(1200) + minutes(k));
  EXPECT_NEAR(pace.per_hour(kBegin + minutes(1220)), 60, 1e-9);
}

SweepTable table_of(int done, int left) {
  SweepTable table;
  for (int i = 0; i < done + left; ++i) {
    SweepTable::Place place;
    place.cell.job = "job" + std::to_string(i);
    if (i < done) {
      place.row = row_of(place.cell);
      place.row->seconds = 30;
    }
    table.places.push_back(std::move(place));
  }
  return table;
}

TEST(SweepPace, WhatIsLeftIsSharedByThoseWhoWork) {
  EXPECT_EQ(sweep_seconds_left(table_of(2, 8), 1), 240);
  EXPECT_EQ(sweep_seconds_left(table_of(2, 8), 4), 60);
  EXPECT_EQ(sweep_seconds_left(table_of(2, 8), 0), 0) << "nobody: it has no end";
  EXPECT_EQ(sweep_seconds_left(table_of(0, 8), 4), 0) << "not known yet";
  EXPECT_EQ(sweep_seconds_left(table_of(8, 0), 4), 0);
}

TEST(SweepPace, IsExpectedUntilItIsSeen) {
  SweepPace seen;
  EXPECT_EQ(sweep_pace(seen, table_of(2, 8), 2, kBegin), 240);
  EXPECT_EQ(sweep_pace(seen, table_of(2, 8), 0, kBegin), 0);
  EXPECT_EQ(sweep_pace(seen, table_of(0, 8), 2, kBegin), 0);
  seen.see(0, kBegin);
  for (int k = 1; k <= 3; ++k) seen.see(std::size_t(k), kBegin + minutes(k));
  EXPECT_NEAR(sweep_pace(seen, table_of(3, 7), 2, kBegin + minutes(3)), 60, 1e-9);
  EXPECT_EQ(sweep_pace(seen, table_of(10, 0), 2, kBegin + minutes(3)), 0) << "nothing is left";
}

}  // namespace
}  // namespace phaseloom
