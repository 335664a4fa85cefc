// SPDX-License-Identifier: MIT
#include "app/commands/plot_table.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

TEST(PlotTable, IsCommaSeparated) {
  const std::vector<double> t{0, 0.5, 1}, a{1, 0.1, -2e-9}, b{3, kNothing, 4};
  const PlotColumn columns[] = {{"t", t}, {"a", a}, {"b", b}};
  EXPECT_EQ(print_plot(columns), "t,a,b\r\n0,1,3\r\n0.5,0.1,\r\n1,-2e-09,4\r\n");
}

TEST(PlotTable, LeavesInterruptionsOut) {
  const std::vector<double> t{0, 1, 2}, a{1, kNothing, 3};
  const PlotColumn columns[] = {{"t", t}, {"a", a}};
  EXPECT_EQ(print_plot(columns), "t,a\r\n0,1\r\n2,3\r\n");
}

TEST(PlotTable, ANameEndsInCsv) {
  const std::vector<double> t;
  const PlotColumn columns[] = {{"t", t}};
  EXPECT_NE(error_of([&] { export_plot(columns, "a.png"); }).find(".csv"), std::string::npos);
}

}  // namespace
}  // namespace phaseloom
