// SPDX-License-Identifier: MIT
#include "engine/sweep/plots.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "engine/data/svg.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

SweepTable some_table() {
  SweepTable table;
  table.plan.models = {"net"};
  table.plan.bits = {0, 4, 2};
  table.plan.densities = {1, 0.5};
  const CostNetwork network{.units = 10, .visible = 5, .couplings = 100, .places = 100};
  for (const SweepCell& cell : cells_of(table.plan, std::vector{network}))
    table.places.push_back({cell, std::nullopt});
  const auto fill = [&](std::size_t i, double relative, double energy) {
    SweepRow row = row_of(table.places[i].cell);
    row.samples = 1000;
    row.relative = relative;
    row.energy = {energy, energy, energy};
    table.places[i].row = row;
  };
  fill(0, 0.03125, 2e-5);
  fill(1, 0.25, 7e-6);
  fill(2, 0.75, 3e-6);
  table.places[3].row = row_of(table.places[3].cell);
  table.places[3].row->problem = "left all bounds";
  return table;
}

std::ptrdiff_t count(const std::string& text, const std::string& what) {
  std::ptrdiff_t n = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

TEST(SweepPlots, HeatMapSaysEveryNumber) {
  const std::string svg = sweep_heat_map_svg(some_table());
  for (const char* said : {">0.0312<", ">0.25<", ">0.75<", ">float<", ">0.5<", "net, as it is"})
    EXPECT_THAT(svg, HasSubstr(said));
  EXPECT_THAT(svg, Not(HasSubstr("trained on")));
  EXPECT_EQ(svg, sweep_heat_map_svg(some_table()));
}

TEST(SweepPlots, HeatMapTellsMissingFromFailed) {
  SweepTable table = some_table();
  const std::string before = sweep_heat_map_svg(table);
  table.places[4].row = table.places[3].row;
  const std::string after = sweep_heat_map_svg(table);
  EXPECT_EQ(count(after, "<line"), count(before, "<line") - 5)
      << "two strokes of a cross instead of seven of a hatching";
}

TEST(SweepPlots, ParetoHasADotForEveryNumberAndTheFront) {
  const std::string svg = sweep_pareto_svg(some_table());
  EXPECT_EQ(count(svg, "<title>"), 3);
  EXPECT_THAT(svg, HasSubstr("<title>net: 4 bits, density 1</title>"));
  EXPECT_THAT(svg, HasSubstr("save_and_reprogram"));
}

TEST(SweepPlots, NothingIsAPlotToo) {
  SweepTable empty = some_table();
  for (auto& place : empty.places) place.row.reset();
  EXPECT_THAT(sweep_heat_map_svg(empty), HasSubstr("</svg>"));
  EXPECT_EQ(count(sweep_pareto_svg(empty), "<title>"), 0);
  EXPECT_THAT(sweep_heat_map_svg({}), HasSubstr("</svg>"));
}

TEST(SvgPicture, TextCannotBeMarkup) {
  SvgPicture svg(10, 10);
  svg.text(0, 0, "start", "a <b> & \"c\"");
  EXPECT_THAT(svg.print(), HasSubstr("a &lt;b&gt; &amp; \"c\"</text>"));
  EXPECT_EQ(svg_colour({1, 171, 255}), "#01abff");
}

}  // namespace
}  // namespace phaseloom
