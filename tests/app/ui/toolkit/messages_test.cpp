// SPDX-License-Identifier: MIT
// Messages take room from the stage for a while; what lies there keeps its order, and is whole.

#include "app/ui/toolkit/messages.hpp"

#include <gmock/gmock.h>

#include "app/ui/toolkit/notice.hpp"
#include "tests/app/ui/driver.hpp"

namespace phaseloom {
namespace {

/// How many times as wide as high.
float shape(const Box& box) { return box.width() / box.height(); }

TEST(Messages, TheWallKeepsItsRows) {
  for (const Extent window : {Extent{1024, 640}, Extent{1280, 900}}) {
    Driver driver(window);
    driver.session->set("wall", 8);
    driver.frames(3);
    const Box before = driver.place("wall");
    for (const char* text : {"one", "two", "three"})
      driver.session->tell(Message::Level::error, text);
    driver.frames(3);
    const Box small = driver.place("wall");
    EXPECT_LT(small.height(), before.height()) << "the control: they do take room";
    // 64 samples, 8 x 8 or 11 x 6: the shapes differ by half and more.
    EXPECT_NEAR(shape(small), shape(before), 0.05f * shape(before));
  }
}

TEST(Messages, APlotOnTheStageEndsAboveThem) {
  Driver driver({1024, 640});
  driver.session->post("seek 8");
  driver.session->post("stage order");
  driver.frames(3);
  const Box before = driver.place("order");
  for (const char* text : {"one", "two"}) driver.session->tell(Message::Level::error, text);
  driver.frames(3);
  EXPECT_LT(driver.place("order").max.y, before.max.y - 60);
}

TEST(Messages, LinesEndAtSpaces) {
  Driver driver;
  driver.frames();
  ImFont* font = ImGui::GetIO().Fonts->Fonts[0];
  const auto lines = wrapped(font, "cannot write /a/folder/some.name.json: no room", 20 * 10);
  ASSERT_GT(lines.size(), 1u);
  for (const auto line : lines) EXPECT_FALSE(line.ends_with('.')) << line;
  EXPECT_THAT(wrapped(font, std::string(500, 'x'), 100), testing::SizeIs(testing::Gt(2)))
      << "what is longer than a line is broken all the same";
  EXPECT_THAT(wrapped(font, "one\ntwo", 1000), testing::ElementsAre("one", "two"));
}

}  // namespace
}  // namespace phaseloom
