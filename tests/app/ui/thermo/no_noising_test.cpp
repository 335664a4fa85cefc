// SPDX-License-Identifier: MIT
// The pane of the noising has nothing to dissolve where there are no digits: it says so in the
// place of its picture.
#include "app/ui/thermo/no_noising.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/app/session/small_thermo.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"

namespace phaseloom {
namespace {

TEST(NoNoising, SaysWhyInItsPlace) {
  for (const Extent window : {Extent{1024, 640}, Extent{1600, 640}}) {
    SessionOptions options = test::thermo_options();
    options.training = test::training_without_pictures();
    Driver driver(window, 1, options);
    driver.session->post("heat.time 0.6");
    driver.frames(4);
    const Box empty = driver.place("no noising");
    for (const char* name : {"reverse", "heat wall"}) {
      const Box other = driver.place(name);
      EXPECT_TRUE(empty.max.x <= other.min.x || empty.max.y <= other.min.y) << name;
    }
    EXPECT_TRUE(
        matches_golden(driver.picture(), fmt::format("thermo_without_digits_{}", window.width)));
    driver.move((empty.min.x + empty.max.x) / 2, (empty.min.y + empty.max.y) / 2);
    driver.frames(60);
    EXPECT_TRUE(driver.has("hint")) << "all of the reason";
  }
}

}  // namespace
}  // namespace phaseloom
