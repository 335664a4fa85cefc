// SPDX-License-Identifier: MIT
// Lists that open: by mouse, by keyboard, and what closes them.

#include "app/ui/toolkit/drop_down.hpp"

#include <gtest/gtest.h>

#include "app/commands/verbs.hpp"
#include "tests/app/ui/driver.hpp"

namespace phaseloom {
namespace {

class DropDownList : public testing::Test {
 protected:
  DropDownList() {
    driver.session->post(verbs::section, "time", "open");
    driver.frames(2);
  }
  bool open() { return driver.has("integrator entry 0"); }

  Driver driver{{1280, 1600}};  // high enough for all sections
};

TEST_F(DropDownList, AClickOpensAndAnotherTakes) {
  EXPECT_FALSE(open());
  driver.click("integrator");
  ASSERT_TRUE(open());
  driver.click("integrator entry 3");
  EXPECT_FALSE(open());
  EXPECT_EQ(driver.scene().integrator, Integrator::heun);
}

TEST_F(DropDownList, AClickElsewhereClosesAndTakesNothing) {
  const auto before = driver.scene().integrator;
  driver.click("integrator");
  ASSERT_TRUE(open());
  driver.click(640, 400);
  EXPECT_FALSE(open());
  EXPECT_EQ(driver.scene().integrator, before);
  driver.key("Space");
  EXPECT_TRUE(driver.scene().playing) << "the keys are everybody's again";
}

TEST_F(DropDownList, AClickOnTheClosedListClosesIt) {
  driver.click("integrator");
  driver.click("integrator");
  EXPECT_FALSE(open());
}

TEST_F(DropDownList, KeysGoThroughTheListAfterAClick) {
  driver.click("integrator");
  driver.key("End");
  driver.key("Up");
  driver.key("Enter");
  EXPECT_EQ(driver.scene().integrator, Integrator::heun);
  EXPECT_FALSE(open());
}

TEST_F(DropDownList, ReleasedElsewhereItStaysClosed) {
  const Box box = driver.place("integrator");
  driver.move(box.min.x + 5, box.min.y + 5);
  driver.press();
  driver.move(640, 400);
  driver.release();
  driver.frames(2);
  EXPECT_FALSE(open());
}

}  // namespace
}  // namespace phaseloom
