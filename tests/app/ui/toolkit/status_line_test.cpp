// SPDX-License-Identifier: MIT
// A problem is told in the status line until something is done without another, or it is dismissed.
#include <gtest/gtest.h>

#include "tests/app/ui/driver.hpp"

namespace phaseloom {
namespace {

struct StatusLine : testing::Test {
  Driver driver{{1280, 640}};
  void post(const char* line) {
    driver.session->post(std::string_view(line));
    driver.frames(2);
  }
  bool warns() { return driver.has("warning"); }
};

TEST_F(StatusLine, WhatSucceedsTakesTheProblemAway) {
  post("set hardware.bits 99");
  ASSERT_TRUE(warns());
  post("pick 4");
  EXPECT_TRUE(warns()) << "to look elsewhere mends nothing";
  post("set hardware.bits 98");
  EXPECT_TRUE(warns()) << "it has failed again";
  post("set hardware.bits 4");
  EXPECT_FALSE(warns());
  post("field.export nowhere.npy");  // of a part, before any field has run
  EXPECT_TRUE(warns());
  driver.session->tell(Message::Level::info, "well done");
  driver.frames(2);
  EXPECT_FALSE(warns());
}

TEST_F(StatusLine, AProblemIsDismissedThere) {
  post("set hardware.bits 99");
  driver.click("dismiss warning");
  driver.frames(2);
  EXPECT_FALSE(warns());
  EXPECT_FALSE(driver.has("dismiss")) << "its card has gone as well";
}

TEST_F(StatusLine, AClickBringsTheCardBack) {
  driver.blind = true;
  post("set hardware.bits 99");
  driver.frames(31 * 60);
  ASSERT_FALSE(driver.has("dismiss")) << "it has left";
  driver.click("warning");
  driver.frames(2);
  EXPECT_TRUE(driver.has("dismiss"));
}

}  // namespace
}  // namespace phaseloom
