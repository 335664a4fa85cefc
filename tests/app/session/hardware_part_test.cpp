// SPDX-License-Identifier: MIT
#include "app/session/hardware_part.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "app/session/cost_table.hpp"
#include "app/session/lesson_quantities.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

SessionOptions small_options(const char* model = "a") {
  SessionOptions options;
  options.scene.model = model;
  options.scene.playing = false;
  options.loader = test::load_small;
  options.threaded = false;
  return options;
}

std::string last_message(const Session& session) {
  const auto& messages = *session.snapshot()->messages;
  return messages.empty() ? "" : messages.back().text;
}

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

double energy_of(const Session& session) {
  return wall_cost(session.snapshot()->network, session.scene()).energy.total();
}

TEST(HardwarePart, ConstantsOfTheScenePriceEverywhere) {
  Session session(small_options());
  session.update();
  const double before = energy_of(session);
  EXPECT_NEAR(lesson_quantity(session, "cost.energy").value(), 1e9 * before, 1e-9 * before);
  session.post("set cost.e_src 100");
  const double after = energy_of(session);
  EXPECT_GT(after, 2 * before);
  EXPECT_NEAR(lesson_quantity(session, "cost.energy").value(), 1e9 * after, 1e-6 * after);
  session.post("set cost.f 0");
  EXPECT_THAT(last_message(session), HasSubstr("from 0.001 to 1000, nor preset"));
  session.post("undo");
  EXPECT_EQ(energy_of(session), before);
  session.post("redo");
  EXPECT_EQ(energy_of(session), after);
  session.post("set cost.e_src preset");
  EXPECT_EQ(energy_of(session), before);
}

TEST(HardwarePart, ResetIsOneEntryOfUndo) {
  Session session(small_options());
  session.update();
  session.post("set cost.e_osc 12");
  session.post("set cost.c_w 0.4");
  session.post("set cost.preset 28nm");
  EXPECT_EQ(own_constants(session.scene().cost), "e_osc=12 c_w=0.4");
  session.post("cost.reset");
  EXPECT_EQ(own_constants(session.scene().cost), "");
  EXPECT_EQ(session.scene().cost.preset, CostPreset::nm28) << "the technology stays";
  session.post("undo");
  EXPECT_EQ(own_constants(session.scene().cost), "e_osc=12 c_w=0.4");
  session.post("undo");
  EXPECT_EQ(session.scene().cost.preset, CostPreset::nm65);
}

TEST(HardwarePart, WritesCostsAsATable) {
  const TemporaryFolder folder;
  Session session(small_options());
  session.update();
  session.post("set hardware.bits 4");
  session.post("set hardware.density 0.5");
  session.post("set cost.e_osc 12");
  session.post("cost.export " + (folder / "costs.csv").string());
  EXPECT_THAT(last_message(session), HasSubstr("written"));
  const std::string table = read(folder / "costs.csv");
  EXPECT_THAT(table,
              StartsWith("kind,name,hold,value,unit,source,origin\r\ndesign,model,,a,,,\r\n"));
  EXPECT_THAT(table, HasSubstr("\r\ndesign,bits,,4,bit,,\r\n"));
  EXPECT_THAT(table, HasSubstr("\r\nconstant,e_osc,,12,fJ,own,"));
  EXPECT_THAT(table, HasSubstr("\r\nconstant,e_u,,0.35,fJ,derived,"));
  EXPECT_THAT(table, HasSubstr("\"this kind of core, as published: 4 bits, sparse\",,2.3e-05,J,"));
  for (std::size_t i = 0; i < kCountOf<ChunkHold>; ++i) {
    const auto hold = static_cast<ChunkHold>(i);
    const Cost cost = wall_cost(session.snapshot()->network, session.scene(), hold);
    EXPECT_THAT(table, HasSubstr(fmt::format("\r\ncost,energy,{},{:.6g},J,,\r\n", name_of(hold),
                                             cost.energy.total())));
    EXPECT_THAT(table, HasSubstr(fmt::format("\r\ncost,area,{},{:.6g},mm2,,\r\n", name_of(hold),
                                             cost.area)));
  }
  session.post("cost.export " + (folder / "costs.txt").string());
  EXPECT_THAT(last_message(session), HasSubstr(".csv"));
}

TEST(HardwarePart, WithoutANetworkThereIsNoCost) {
  const TemporaryFolder folder;
  Session session(small_options("missing"));
  session.update();
  session.post("cost.export " + (folder / "costs.csv").string());
  EXPECT_THAT(last_message(session), HasSubstr("no model is running"));
  EXPECT_FALSE(std::filesystem::exists(folder / "costs.csv"));
}

TEST(HardwarePart, PagesAreShown) {
  Session session(small_options());
  EXPECT_EQ(session.ui().hardware.page, DesignView::Page::costs);
  session.post("hardware.show chips");
  EXPECT_EQ(session.ui().hardware.page, DesignView::Page::chips);
  session.post("hardware.show circuit");
  EXPECT_EQ(session.ui().hardware.page, DesignView::Page::circuit);
  session.post("hardware.show nothing");
  session.update();
  EXPECT_THAT(last_message(session), HasSubstr("costs"));
}

}  // namespace
}  // namespace phaseloom
