// SPDX-License-Identifier: MIT
#include "engine/transport/results.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/expect_error.hpp"
#include "tests/support/places.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

constexpr const char* kHeader = "pair,model,loss,chunks,hidden,seed,w2_squared,floor,seconds\n";

TEST(TransportResults, WrittenAndReadAgain) {
  const std::vector<TransportRow> rows{
      {"D1", "mlp", TransportLoss::ot_cfm, 1, 0, 1, 0.0025, 0.001, 2.5},
      {"D4", "kuramoto_shil", TransportLoss::swd, 8, 16, UINT64_MAX, HUGE_VAL, 2e-4, 0}};
  const std::string text = results_csv(rows);
  EXPECT_EQ(text, std::string(kHeader) +
                      "D1,mlp,ot_cfm,1,0,1,0.0025,0.001,2.5\n"
                      "D4,kuramoto_shil,swd,8,16,18446744073709551615,inf,0.0002,0\n");
  const auto again = parse_results(text, "r.csv");
  ASSERT_EQ(again.size(), 2u);
  EXPECT_EQ(again[1].seed, UINT64_MAX);
  EXPECT_EQ(again[1].w2_squared, HUGE_VAL);
  EXPECT_EQ(results_csv(again), text);
}

TEST(TransportResults, HostileLinesGiveOneClearLine) {
  const auto message = [](const std::string& text) {
    return error_of([&] { parse_results(text, "r.csv"); });
  };
  const auto row = [&](const char* line) { return message(std::string(kHeader) + line); };
  EXPECT_THAT(message(""), HasSubstr("r.csv: empty"));
  EXPECT_THAT(message("a,b\n1,2\n"), HasSubstr("line 1: these are no results"));
  EXPECT_THAT(row("D1,mlp\n"), HasSubstr("line 2 has 2 columns; 9 are needed"));
  EXPECT_THAT(row("D1,mlp,mse,1,0,1,1,1,1\n"), HasSubstr("line 2: there is no loss 'mse'"));
  EXPECT_THAT(row("D1,mlp,swd,0,0,1,1,1,1\n"), HasSubstr("chunks is '0'"));
  EXPECT_THAT(row("D1,mlp,swd,1,0,-1,1,1,1\n"), HasSubstr("seed is '-1'"));
  EXPECT_THAT(row("D1,mlp,swd,1,0,1,nan,1,1\n"), HasSubstr("w2_squared is 'nan'"));
  EXPECT_THAT(row("<b>,mlp,swd,1,0,1,1,1,1\n"), HasSubstr("pair is '<b>'"));
  EXPECT_THAT(row(",mlp,swd,1,0,1,1,1,1\n"), HasSubstr("pair is ''"));
  EXPECT_THAT(row("D1,magic,swd,1,0,1,1,1,1\n"), HasSubstr("line 2: there is no transport model"));
  EXPECT_THAT(row("D1,aim_tanh,swd,99999,0,1,1,1,1\n"), HasSubstr("chunks is 99999"));
  EXPECT_THAT(row("D1,mlp,swd,1,0,1,1,0,1\n"), HasSubstr("floor is 0"));
  EXPECT_THAT(row("D1,mlp,swd,1,0,1,1,1,1\nD1,mlp,swd,1,0,1,2,1,1\n"),
              HasSubstr("line 3: the same experiment"));
}

/// What docs/transport.md is written about.
TEST(TransportResults, ShippedResultsAreComplete) {
  const auto rows = read_results(source_folder() + "/assets/transport/results.csv");
  EXPECT_GE(rows.size(), 500u);
  for (const TransportRow& row : rows) {
    EXPECT_TRUE(std::isfinite(row.w2_squared));
    EXPECT_GT(row.floor, 0);
  }
}

}  // namespace
}  // namespace phaseloom
