// SPDX-License-Identifier: MIT
// Messages lie over the stage for a while, and nothing moves for them.

#include "app/ui/toolkit/messages.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <string>
#include <tuple>

#include "app/ui/toolkit/notice.hpp"
#include "tests/app/ui/driver.hpp"

namespace phaseloom {
namespace {

struct Stage {
  const char* workspace;
  const char* place;  ///< of what lies on it
};

class MessagesOn : public testing::TestWithParam<Stage> {};

// What somebody is about to touch must not move away because of a message.
TEST_P(MessagesOn, NothingMovesWhenTheyComeAndGo) {
  Driver driver({1024, 640});
  driver.session->post(fmt::format("workspace {}", GetParam().workspace));
  driver.frames(4);
  const auto places = [&] {
    auto all = driver.laboratory->transient().places;
    std::erase_if(all, [](const auto& named) {
      return named.first.starts_with("dismiss") || named.first == "warning";
    });
    return all;
  };
  const auto before = places();
  ASSERT_TRUE(before.contains(GetParam().place));
  for (const char* text : {"one", "two"}) driver.session->tell(Message::Level::error, text);
  driver.frames(3);
  ASSERT_TRUE(driver.has("dismiss")) << "the control: they are there";
  const auto after = places();
  ASSERT_EQ(after.size(), before.size());
  for (const auto& [name, box] : before) {
    ASSERT_TRUE(after.contains(name)) << name;
    const Box now = after.at(name);
    EXPECT_EQ(std::tuple(now.min.x, now.min.y, now.max.x, now.max.y),
              std::tuple(box.min.x, box.min.y, box.max.x, box.max.y))
        << name;
  }
}

INSTANTIATE_TEST_SUITE_P(All, MessagesOn,
                         testing::Values(Stage{"generate", "wall"}, Stage{"learn", "canvas"},
                                         Stage{"transport", "plane"}),
                         [](const auto& stage) { return std::string(stage.param.workspace); });

TEST(Messages, LieOverThePicturesAndTakeTheClicksThere) {
  Driver driver({1024, 640});
  for (const char* text : {"one", "two", "three"})
    driver.session->tell(Message::Level::error, text);
  driver.frames(3);
  const Box dismiss = driver.place("dismiss"), wall = driver.place("wall");
  EXPECT_LT(dismiss.min.y, wall.max.y) << "it lies over the wall";
  driver.click("dismiss");  // that of the uppermost one
  driver.frames(2);
  EXPECT_GT(driver.place("dismiss").min.y, dismiss.min.y);
  EXPECT_EQ(driver.session->ui().picked, -1) << "no pixel was clicked through it";
}

TEST(Messages, EscapeDismissesProblemsBeforeItLeaves) {
  Driver driver({1024, 640});
  driver.session->post("workspace transport");
  driver.frames(3);
  driver.session->post("present 150");
  driver.frames(3);
  driver.session->tell(Message::Level::warning, "one");
  driver.frames(3);
  ASSERT_TRUE(driver.has("dismiss"));
  driver.key("escape");
  driver.frames(3);
  EXPECT_FALSE(driver.has("dismiss"));
  EXPECT_NE(driver.session->ui().presenting, Presenting::off);
  driver.key("escape");
  driver.frames(3);
  EXPECT_EQ(driver.session->ui().presenting, Presenting::off) << "nothing else is in its way";
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
