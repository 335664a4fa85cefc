// SPDX-License-Identifier: MIT
#include "app/cli/results_plot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace phaseloom {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TransportRow row(const char* pair, const char* model, TransportLoss loss, int chunks, int hidden,
                 std::uint64_t seed, double w2) {
  return {pair, model, loss, chunks, hidden, seed, w2, 0.001, 1};
}
int count(const std::string& text, const std::string& what) {
  int n = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

TEST(TransportPlot, PanelsCurvesAndBars) {
  std::vector<TransportRow> rows;
  for (const char* pair : {"D1", "D2"})
    for (const int chunks : {1, 4})
      for (const int hidden : {0, 8})
        for (const std::uint64_t seed : {1, 2})
          rows.push_back(row(pair, "kuramoto_shil", TransportLoss::swd, chunks, hidden, seed,
                             0.002 * double(seed)));
  const std::string svg = results_svg(rows);
  EXPECT_THAT(svg, HasSubstr("D1: one Gaussian to eight Gaussians, 1 chunk"));
  EXPECT_THAT(svg, HasSubstr("16 trainings"));
  EXPECT_THAT(svg, Not(HasSubstr("mlp")));
  EXPECT_EQ(count(svg, "stroke=\"#888\""), 4);                        // panels
  EXPECT_EQ(count(svg, "<circle"), 2 + 8);                            // legend, medians
  EXPECT_EQ(count(svg, "stroke=\"#0072b2\" stroke-width=\"1\""), 8);  // bars
  EXPECT_EQ(results_svg(rows), svg);
}

TEST(TransportPlot, NothingGivesNumbersThatAreNone) {
  for (const std::vector<TransportRow>& rows :
       {std::vector<TransportRow>{},
        {row("D1", "mlp", TransportLoss::swd, 1, 0, 1, 0.003)},
        {row("D1", "kuramoto", TransportLoss::ot_cfm, 1, 0, 1, HUGE_VAL)},
        {row("D1", "kuramoto", TransportLoss::ot_cfm, 1, 0, 1, 0)},
        {row("own", "other", TransportLoss::swd, 3, 1, 1, 0.001)}}) {
    const std::string svg = results_svg(rows);
    EXPECT_THAT(svg, HasSubstr("</svg>"));
    EXPECT_THAT(svg, Not(HasSubstr("nan")));
    EXPECT_THAT(svg, Not(HasSubstr("\"inf")));
    EXPECT_THAT(svg, Not(HasSubstr("\"-inf")));
  }
}

}  // namespace
}  // namespace phaseloom
