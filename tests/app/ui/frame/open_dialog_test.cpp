// SPDX-License-Identifier: MIT
#include "app/ui/frame/open_dialog.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/app/ui/driver.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

class OpenDialog : public testing::Test {
 protected:
  OpenDialog() {
    fs::create_directories(home / "Phaseloom/inner");
    Scene scene;
    scene.model = "test";
    for (const char* name : {"one.json", "inner/two.json", "inner/sc\xE4ne.json"}) {
      ++scene.seed;
      std::ofstream(home / "Phaseloom" / name) << print_scene(scene);
    }
    driver.laboratory->transient().may_write = true;
    open();
  }
  void open() {
    driver.key("Ctrl+O");
    driver.frames(2);
  }
  bool is_open() { return driver.laboratory->transient().open_prompt; }
  const OpenBrowser& browser() { return *driver.laboratory->transient().browser; }

  const TemporaryFolder home;
  const EnvironmentGuard home_guard{"HOME", home.path().string()};
  const EnvironmentGuard config{"XDG_CONFIG_HOME", (home / "config").string()};
  Driver driver;
};

TEST_F(OpenDialog, FoldersAndFilesByMouse) {
  EXPECT_EQ(browser().folder, home / "Phaseloom");
  driver.click("file inner");
  driver.frames(30);  // else it would be a double click
  driver.frames(2);
  EXPECT_EQ(browser().folder, home / "Phaseloom/inner");
  driver.click("file sc\\xe4ne.json");
  EXPECT_FALSE(is_open());
  EXPECT_EQ(driver.scene().seed, 4u);
  open();
  ASSERT_EQ(browser().recent.size(), 1u);
  driver.click("folder up");
  EXPECT_EQ(browser().folder, home.path());
  driver.click("folder own");
  EXPECT_EQ(browser().folder, home / "Phaseloom");
  driver.click("file one.json");
  EXPECT_EQ(driver.scene().seed, 2u);
  open();
  EXPECT_EQ(browser().recent.front(), home / "Phaseloom/one.json");
  driver.click("file sc\\xe4ne.json");  // among the recent
  EXPECT_EQ(driver.scene().seed, 4u);
}

// Whoever is used to open folders so must not open what comes to lie under the pointer.
TEST_F(OpenDialog, ADoubleClickOpensAFolderOnce) {
  const Box inner = driver.place("file inner");
  driver.double_click((inner.min.x + inner.max.x) / 2, (inner.min.y + inner.max.y) / 2);
  driver.frames(2);
  EXPECT_EQ(browser().folder, home / "Phaseloom/inner");
  ASSERT_TRUE(is_open());
  driver.frames(30);  // another click, not the third
  driver.click("file sc\\xe4ne.json");
  EXPECT_FALSE(is_open());
}

TEST_F(OpenDialog, FoldersAndFilesByKeyboard) {
  const auto on_list = [&] {
    const Focus& f = driver.laboratory->transient().focus;
    const Box file = driver.place("file one.json");
    return f.on && f.box.min.y < file.min.y && f.box.max.y > file.max.y;
  };
  for (int i = 0; i < 20 && !on_list(); ++i) driver.key("Tab");
  ASSERT_TRUE(on_list());
  driver.key("Enter");  // the folder comes first
  EXPECT_EQ(browser().folder, home / "Phaseloom/inner");
  driver.key("Left");
  EXPECT_EQ(browser().folder, home / "Phaseloom");
  EXPECT_EQ(browser().entries[static_cast<std::size_t>(browser().cursor)].name, "inner");
  driver.key("Down");
  driver.key("Enter");
  EXPECT_FALSE(is_open());
  EXPECT_EQ(driver.scene().seed, 2u);
}

TEST_F(OpenDialog, ATypedFolderIsGoneToAndATypedFileOpened) {
  driver.type("~/Phaseloom/inner");
  driver.key("Enter");
  driver.frames(2);
  EXPECT_TRUE(is_open());
  EXPECT_EQ(browser().folder, home / "Phaseloom/inner");
  driver.click("path");
  driver.key("Ctrl+A");
  driver.type("two.json");
  driver.click("open");
  EXPECT_FALSE(is_open());
  EXPECT_EQ(driver.scene().seed, 3u);
}

TEST_F(OpenDialog, TheListFollowsWhatIsTyped) {
  driver.type("inn");
  driver.frames(2);
  EXPECT_EQ(browser().folder, home / "Phaseloom");
  EXPECT_EQ(browser().entries[static_cast<std::size_t>(browser().cursor)].name, "inner");
  driver.type("er/tw");
  driver.frames(2);
  EXPECT_EQ(browser().folder, home / "Phaseloom/inner");
  EXPECT_EQ(browser().entries[static_cast<std::size_t>(browser().cursor)].name, "two.json");
  driver.type("x");  // is not there; the folder is
  driver.frames(2);
  EXPECT_EQ(browser().folder, home / "Phaseloom/inner");
  driver.key("Backspace");
  driver.type("o.json");
  driver.key("Enter");
  driver.frames(2);
  EXPECT_FALSE(is_open());
  EXPECT_EQ(driver.scene().seed, 3u) << "relative to where typing began";
}

TEST_F(OpenDialog, LongListsScrollToTheCursor) {
  for (int i = 0; i < 300; ++i)
    std::ofstream(home / ("Phaseloom/inner/" + std::to_string(1000 + i) + ".csv")) << "0,0\n";
  driver.click("file inner");
  driver.frames(2);
  EXPECT_TRUE(driver.has("file 1000.csv"));
  EXPECT_FALSE(driver.has("file 1299.csv")) << "what is out of sight is not drawn";
  const Focus& f = driver.laboratory->transient().focus;
  for (int i = 0; i < 20 && !(f.on && f.box.height() > 100); ++i) driver.key("Tab");
  driver.key("End");
  driver.frames(3);
  EXPECT_TRUE(driver.has("file 1299.csv"));
}

TEST_F(OpenDialog, CancelAndEscapeOpenNothing) {
  const std::uint64_t seed = driver.scene().seed;
  driver.click("cancel");
  EXPECT_FALSE(is_open());
  open();
  driver.key("Escape");
  driver.frames();
  EXPECT_FALSE(is_open());
  EXPECT_EQ(driver.scene().seed, seed);
}

}  // namespace
}  // namespace phaseloom
