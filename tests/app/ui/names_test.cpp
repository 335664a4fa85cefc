// SPDX-License-Identifier: MIT
// Names that people have, dropped on the window, typed or pasted: none of them may end it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/document/assets.hpp"
#include "app/jobs/card_job.hpp"
#include "app/ui/toolkit/export.hpp"
#include "engine/support/atomic_file.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using test::last_message;
using ::testing::Contains;
using ::testing::HasSubstr;

/// A window whose home is a folder of its own, of which the bytes are no UTF-8.
class WindowNames : public testing::Test {
 protected:
  WindowNames() {
    std::filesystem::create_directories(home);
    driver.laboratory->transient().may_write = true;
  }
  /// Types into the dialog that the key opens, and clicks its button.
  void answer(const char* chord, const std::string& text, const char* button) {
    driver.key(chord);
    driver.frames(2);
    driver.laboratory->transient().prompt_path.clear();
    driver.key("Ctrl+A");
    driver.type(text);
    driver.frames();
    driver.click(button);
    driver.frames();
  }
  TemporaryFolder folder;
  const std::filesystem::path home = folder / "h\xe4me";
  const EnvironmentGuard guard{"HOME", home.string()};
  Driver driver;
};

TEST_F(WindowNames, DroppedFilesAreOpenedWhateverTheyAreCalled) {
  driver.session->set("wall", 7);
  for (const std::string name : {"sc\xe4ne.json", "line\nbreak.json", "süß.json", " blank .json"}) {
    save_scene(folder / name, driver.scene());
    driver.session->set("wall", 3);
    open_file(*driver.session, (folder / name).string());
    driver.frames();
    EXPECT_EQ(driver.scene().wall, 7) << name << last_message(*driver.session);
  }
}

TEST_F(WindowNames, OwnModelsAreOffered) {
  const EnvironmentGuard data("XDG_DATA_HOME", "");
  std::filesystem::create_directories(user_models_folder());
  save_model(user_models_folder() / "eig\xe4n.safetensors", make_test_model());
  driver.frames(61);  // it looks once in a second
  EXPECT_THAT(driver.laboratory->transient().models.first, Contains("eig\\xe4n"));
  SessionOptions options = test::small_options();
  options.loader = load_named_model;
  options.scene.model = "eig\\xe4n";
  Session session(std::move(options));
  ASSERT_TRUE(session.snapshot()->model) << last_message(session);
  EXPECT_EQ(session.snapshot()->model->program.chunks(), 6);
  const auto card = session.card("eig\\xe4n");
  ASSERT_TRUE(card);
  EXPECT_EQ(card->problem, "");
}

TEST_F(WindowNames, WhatCannotBeOpenedIsAMessage) {
  driver.session->set("wall", 7);
  const std::string kinds[] = {".json", ".safetensors", ".csv", ".jpg"};
  for (const std::string& kind : kinds)
    for (const std::string& name :
         {"none\xe4" + kind, "no\nne" + kind, std::string(5000, 'x') + kind}) {
      open_file(*driver.session, name);
      driver.frames();
      EXPECT_NE(last_message(*driver.session), "") << name;
      driver.session->tell(Message::Level::info, "next");
      driver.frames();
    }
  EXPECT_EQ(driver.scene().wall, 7) << "nothing is lost";
}

TEST_F(WindowNames, ALongPasteIsAMessage) {
  answer("Ctrl+O", std::string(5000, 'x') + ".json", "open");
  EXPECT_THAT(last_message(*driver.session), HasSubstr("File name too long"));
  answer("Ctrl+S", "/" + std::string(5000, 'x') + ".json", "save");
  EXPECT_THAT(last_message(*driver.session), HasSubstr("4096"));
  answer("Ctrl+S", std::string(5000, 'x') + "/s.json", "save");
  EXPECT_THAT(last_message(*driver.session), HasSubstr("cannot make this folder"));
}

TEST_F(WindowNames, ATildeIsTheHome) {
  driver.session->set("wall", 7);
  answer("Ctrl+S", "~/deep/s.json", "save");
  ASSERT_TRUE(std::filesystem::exists(home / "deep/s.json")) << last_message(*driver.session);
  EXPECT_FALSE(std::filesystem::exists("~"));
  driver.session->set("wall", 3);
  answer("Ctrl+O", "~/deep/s.json", "open");
  EXPECT_EQ(driver.scene().wall, 7) << last_message(*driver.session);
}

TEST_F(WindowNames, ExportsAndSavesInSuchAHome) {
  driver.key("Ctrl+S");  // where it suggests to
  driver.frames(2);
  driver.click("save");
  driver.frames();
  EXPECT_TRUE(std::filesystem::exists(home / "Phaseloom/test.phaseloom.json"))
      << last_message(*driver.session);
  driver.key("Ctrl+E");
  driver.frames(2);
  driver.key("Enter");
  driver.frames(2);
  EXPECT_THAT(last_message(*driver.session), HasSubstr("h\\xe4me/Phaseloom/test-seed"));
  EXPECT_THAT(last_message(*driver.session), HasSubstr("written"));
}

}  // namespace
}  // namespace phaseloom
