// SPDX-License-Identifier: MIT
#include "app/commands/ui_commands.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

#include "app/commands/verbs.hpp"

namespace phaseloom {
namespace {

std::string example(const ArgumentInfo& spec) {
  return spec.kind == ArgumentInfo::Kind::choice ? std::string(spec.choices.back())
                                                 : fmt::format("{}", spec.min);
}

// Each has a handler, and no other command has one.
TEST(UiCommands, AllOfTheViewAreDone) {
  for (const CommandInfo* about : command_infos()) {
    if (about->scope != Scope::ui && about->required > 0) continue;
    std::string line(about->name);
    for (int i = 0; i < about->required; ++i)
      line += " " + example(about->arguments[static_cast<std::size_t>(i)]);
    UiState ui;
    EXPECT_EQ(apply_to(ui, parse_command(line)), about->scope == Scope::ui) << line;
  }
}

TEST(UiCommands, ChoicesAreTheirEnumerators) {
  UiState ui;
  const auto apply = [&](std::initializer_list<const char*> lines) {
    for (const char* line : lines) apply_to(ui, parse_command(line));
  };
  apply({"workspace train", "view rate 2", "theme light", "tool hold", "compare difference",
         "curve pair", "stage kernel", "section cost closed", "splitter plots 300"});
  EXPECT_EQ(ui.workspace, Workspace::train);
  EXPECT_EQ(ui.view, (View{View::Quantity::rate, 2}));
  EXPECT_EQ(ui.theme, Theme::light);
  EXPECT_EQ(ui.tool, Tool::hold);
  EXPECT_EQ(ui.compare, Compare::difference);
  EXPECT_EQ(ui.curve, Curve::pair);
  EXPECT_EQ(ui.stage, OnStage::kernel);
  EXPECT_EQ(ui.folds[static_cast<std::size_t>(Section::cost)], Fold::closed);
  EXPECT_EQ(ui.plots, 300);
  apply({"view phase", "pick 7", "unpick", "trail.show on"});
  EXPECT_EQ(ui.view, (View{View::Quantity::phase, 0})) << "the visible layer, if none is named";
  EXPECT_EQ(ui.picked, -1);
  EXPECT_EQ(ui.stage, OnStage::trail);
  apply({"stage order", "trail.show off"});
  EXPECT_EQ(ui.stage, OnStage::order) << "it is not the trail that lies there";
}

}  // namespace
}  // namespace phaseloom
