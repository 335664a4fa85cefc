// SPDX-License-Identifier: MIT
#include "app/ui/frame/lost_display.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <thread>

#include "app/document/assets.hpp"
#include "engine/support/atomic_file.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

class LostWindow : public testing::Test {
 protected:
  TemporaryFolder folder;
  const EnvironmentGuard state{"XDG_STATE_HOME", (folder / "state").string()};
  const EnvironmentGuard config{"XDG_CONFIG_HOME", (folder / "config").string()};
};

TEST_F(LostWindow, AnErrorThatEndsItSavesTheScene) {
  std::string problem;
  {
    Session session(test::small_options());
    session.set("wall", 4);
    const SceneRescue rescue(session);
  }
  EXPECT_FALSE(take_saved_scene(problem)) << "nothing went wrong";
  try {
    Session session(test::small_options());
    session.set("wall", 5);
    session.ui().theme = Theme::light;
    const SceneRescue rescue(session);
    throw std::length_error("unforeseen");
  } catch (const std::length_error&) {
  }
  const auto scene = take_saved_scene(problem);
  ASSERT_TRUE(scene) << problem;
  EXPECT_EQ(scene->wall, 5);
  EXPECT_EQ(load_ui_state(ui_state_path(), problem).theme, Theme::light);
  EXPECT_FALSE(take_saved_scene(problem)) << "once";
}

TEST_F(LostWindow, AnErrorOfAThreadSavesTheScene) {
  const auto fails = [] {
    Session session(test::small_options());
    session.set("wall", 6);
    const SceneRescue rescue(session);
    std::thread([] { throw std::length_error("deep down"); }).join();
  };
  EXPECT_EXIT(fails(), testing::ExitedWithCode(1), "error \\(deep down\\); the scene is saved");
  std::string problem;
  const auto scene = take_saved_scene(problem);
  ASSERT_TRUE(scene) << problem;
  EXPECT_EQ(scene->wall, 6);
}

TEST_F(LostWindow, ADamagedSceneIsALine) {
  std::filesystem::create_directories(user_state_folder());
  write_file_atomically(user_state_folder() / "lost-display.json", "{ \xff");
  std::string problem;
  EXPECT_FALSE(take_saved_scene(problem));
  EXPECT_NE(problem.find("lost-display.json"), std::string::npos);
}

}  // namespace
}  // namespace phaseloom
