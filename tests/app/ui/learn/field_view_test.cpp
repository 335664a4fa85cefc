// SPDX-License-Identifier: MIT
// The field under a hand, and the laboratory before an audience.

#include "app/ui/learn/field_view.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"

namespace phaseloom {
namespace {

struct FieldDriver : Driver {
  explicit FieldDriver(Extent extent = {1024, 640}) : Driver(extent) {
    for (const char* line : {"set field.size 96", "set field.start_width 0", "set field.spread 0",
                             "workspace learn", "playground.preset field"})
      session->post(std::string_view(line));
    frames(3);
  }
  const FieldSnapshot& field() { return *session->part<FieldPart>().latest(); }
};

TEST(FieldView, Golden) {
  FieldDriver driver;
  driver.session->post(std::string_view("set field.start_width 3"));
  driver.session->post(std::string_view("field.step 60"));
  driver.frames(3);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "field"));
  driver.session->post(std::string_view("field.disturb scatter 48 48 30"));
  driver.frames();
  EXPECT_FALSE(alike(driver.picture(), before)) << "what a brush does should be seen";
}

TEST(FieldView, ABrushPlantsWhereItIsClicked) {
  FieldDriver driver;
  EXPECT_EQ(driver.field().defects.all(), 0);
  driver.click("Vortex");
  driver.drag("brush radius", 0.5f, 0.35f);
  const Box place = driver.place("field");
  const float x = place.min.x + 0.25f * place.width(), y = place.min.y + 0.75f * place.height();
  driver.click(x, y);
  driver.frames();
  bool near = false;
  for (const Defect& d : find_defects(*driver.field().phases, 96, 96))
    near = near || (d.charge == 1 && std::abs(d.x - 24) <= 2 && std::abs(d.y - 72) <= 2);
  EXPECT_TRUE(near) << "a vortex in the middle of the click";
}

TEST(FieldView, ScatterPaintsAlongTheWay) {
  FieldDriver driver;
  driver.click("Scatter");
  driver.session->post(std::string_view("field.brush scatter 4"));
  driver.frames();
  driver.drag("field", 0.2f, 0.8f);
  driver.frames();
  const auto& phases = *driver.field().phases;
  int other = 0;  // places along the middle row that are not what all began as
  for (int x = 20; x < 76; ++x) other += phases[static_cast<std::size_t>(48 * 96 + x)] != phases[0];
  EXPECT_GT(other, 40);
}

TEST(FieldView, KeysRunItsClock) {
  FieldDriver driver;
  driver.key("Right");
  EXPECT_EQ(driver.field().step, 1);
  driver.key("Space");
  driver.frames(30);
  EXPECT_GT(driver.field().step, 5);
  driver.click("field play");
  const auto there = driver.field().step;
  driver.frames(5);
  EXPECT_EQ(driver.field().step, there);
  driver.key("R");
  EXPECT_EQ(driver.field().step, 0);
}

TEST(Presenting, Golden) {
  Driver driver({1920, 1080});
  for (const char* line : {"lesson.language en", "lesson.open two-clocks", "playground.pause",
                           "playground.step 200", "present 150"})
    driver.session->post(std::string_view(line));
  driver.frames(5);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "presenting"));
  driver.key("Escape");
  driver.frames(2);
  EXPECT_FALSE(alike(driver.picture(), before)) << "panels should be back";
}

TEST(Presenting, GoldenOfASmallProjector) {
  Driver driver({1024, 768});
  for (const char* line : {"lesson.language en", "lesson.open two-clocks", "lesson.step 3",
                           "playground.pause", "playground.step 100", "present 200"})
    driver.session->post(std::string_view(line));
  driver.frames(8);
  EXPECT_TRUE(driver.has("playground.coupling")) << "the panel that the lesson speaks of is there";
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "presenting_small"));
  driver.key("PageDown");
  driver.frames(5);
  EXPECT_FALSE(alike(driver.picture(), before)) << "the next page should be seen";
}

TEST(Presenting, RemotesTurnPages) {
  Driver driver({1024, 768});
  for (const char* line : {"lesson.language en", "lesson.open two-clocks", "present 150"})
    driver.session->post(std::string_view(line));
  driver.frames(3);
  const auto step = [&] { return driver.session->ui().lesson.step; };
  driver.key("PageDown");
  EXPECT_EQ(step(), 1);
  driver.key("Right");
  EXPECT_EQ(step(), 2);
  driver.key("Left");
  driver.key("PageUp");
  EXPECT_EQ(step(), 0);
  driver.key("P");
  EXPECT_EQ(driver.session->ui().presenting, Presenting::huge);
  driver.key("P");
  EXPECT_EQ(driver.session->ui().presenting, Presenting::off);
  driver.key("F5");
  EXPECT_EQ(driver.session->ui().presenting, Presenting::large);
  driver.key("Escape");
  EXPECT_EQ(driver.session->ui().presenting, Presenting::off);
}

}  // namespace
}  // namespace phaseloom
