// SPDX-License-Identifier: MIT
#include "engine/sweep/results.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "engine/sweep/pareto.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

SweepRow some_row() {
  SweepRow row;
  row.model = "net-1";
  row.bits = 4;
  row.density = 0.1;
  row.weight_noise = 0.025;
  row.seed = 18446744073709551615u;
  row.samples = 1000;
  row.relative = 1.0 / 3;
  row.distance = 12.3456789012345678;
  row.class_entropy = 2.3;
  row.energy = {1e-6, 2.5e-7, 1.0 / 7};
  row.area = 22.7;
  row.couplings = 149536;
  row.wires = 149536;
  row.network = "networks/net-1.safetensors";
  row.instruction_set = "avx2";
  row.train_minutes = 1.5;
  row.seconds = 99.5;
  return row;
}

SweepRow failed_row() {
  SweepRow row = some_row();
  row.kind = SweepKind::trained;
  row.samples = 0;
  row.relative = row.distance = row.class_entropy = SweepRow::kUnknown;
  row.problem = "sample 3, of 10,\nleft all bounds";
  return row;
}

TEST(SweepResults, AreReadAsTheyAreWritten) {
  const std::vector rows{some_row(), failed_row()};
  const std::string text = sweep_csv(rows);
  const auto again = parse_sweep(text, "t.csv");
  ASSERT_EQ(again.size(), 2u);
  EXPECT_EQ(sweep_csv(again), text);
  EXPECT_EQ(again[0].relative, 1.0 / 3) << "to the last bit";
  EXPECT_EQ(again[0].energy, rows[0].energy);
  EXPECT_EQ(again[0].seed, rows[0].seed);
  EXPECT_TRUE(std::isnan(again[1].relative));
  EXPECT_EQ(again[1].problem, "sample 3; of 10;\\x0aleft all bounds");
}

TEST(SweepResults, TheClockIsInTheLastColumnsAlone) {
  std::vector rows{some_row()};
  const std::string without = sweep_csv_without_clock(rows), with = sweep_csv(rows);
  rows[0].seconds = 1;
  rows[0].train_minutes = 7;
  EXPECT_EQ(sweep_csv_without_clock(rows), without);
  EXPECT_NE(sweep_csv(rows), with);
  EXPECT_THAT(without, Not(HasSubstr("seconds")));
  rows[0].distance += 1e-12;
  EXPECT_NE(sweep_csv_without_clock(rows), without);
}

TEST(SweepResults, SayWhatIsWrong) {
  const std::string good = sweep_csv(std::vector{some_row()});
  const auto error = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const auto at = text.rfind(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    return error_of([&] { parse_sweep(text, "t.csv"); });
  };
  EXPECT_THAT(error_of([] { parse_sweep("", "t.csv"); }), HasSubstr("t.csv: empty"));
  EXPECT_THAT(error_of([] { parse_sweep("a,b\n", "t.csv"); }), HasSubstr("t.csv: line 1"));
  EXPECT_THAT(error(",4,", ",9,"), HasSubstr("t.csv: line 2: bits is '9'"));
  EXPECT_THAT(error(",0.1,", ",0,"), HasSubstr("density"));
  EXPECT_THAT(error("as_is", "was"), HasSubstr("as_is, trained"));
  EXPECT_THAT(error("net-1,", "a b,"), HasSubstr("model"));
  EXPECT_THAT(error("networks/", "../"), HasSubstr("network"));
  EXPECT_THAT(error("networks/", "/etc/"), HasSubstr("network"));
  EXPECT_THAT(error(",1000,", ",0,"), HasSubstr("problem"));
  EXPECT_THAT(error("1e-06", "-1"), HasSubstr("energy_save_and_reprogram_J"));
  EXPECT_THAT(error(",99.5", ""), HasSubstr("22 columns"));
  const std::string twice = good + good.substr(good.find('\n') + 1);
  EXPECT_THAT(error_of([&] { parse_sweep(twice, "t.csv"); }), HasSubstr("line 3"));
}

TEST(SweepResults, ARowIsOfItsCell) {
  SweepCell cell{"net", {}, 3, SweepKind::trained, {}};
  cell.hardware.bits = 2;
  cell.hardware.mismatch = 0.05;
  const SweepRow row = row_of(cell);
  EXPECT_TRUE(row.is_of(cell));
  cell.seed = 4;
  EXPECT_FALSE(row.is_of(cell));
}

TEST(ParetoFront, AreThoseThatNoneIsBetterThan) {
  const std::vector<Tradeoff> points{{3, 1}, {1, 3}, {2, 2},   {3, 2},
                                     {2, 2}, {0, 1}, {5, NAN}, {4, 0.5}};
  EXPECT_THAT(pareto_front(points), ElementsAre(1u, 2u, 0u, 7u));
  EXPECT_THAT(pareto_front(std::vector<Tradeoff>{}), IsEmpty());
}

TEST(ParetoFront, OfRowsDependsOnTheHold) {
  std::vector rows{some_row(), some_row(), failed_row()};
  rows[0].energy = {1, 5, 1};
  rows[1].energy = {2, 4, 1};
  rows[1].relative = 0.5;  // worse
  EXPECT_THAT(pareto_front(rows, ChunkHold::save_and_reprogram), ElementsAre(0u));
  EXPECT_THAT(pareto_front(rows, ChunkHold::state_stationary), ElementsAre(1u, 0u));
}

}  // namespace
}  // namespace phaseloom
