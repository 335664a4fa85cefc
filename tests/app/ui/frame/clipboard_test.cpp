// SPDX-License-Identifier: MIT
// The scene as text, as hands copy and paste it.

#include "app/ui/frame/clipboard.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "app/commands/share_verbs.hpp"
#include "app/document/share_text.hpp"
#include "app/session/share_part.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/stage_script.hpp"

namespace phaseloom {
namespace {

using test::last_message;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Clipboard : public testing::Test {
 protected:
  Clipboard() { driver.blind = true; }
  std::string clipboard() {
    driver.laboratory->activate();
    const char* text = ImGui::GetClipboardText();
    return text ? text : "";
  }
  void put(const std::string& text) {
    driver.laboratory->activate();
    ImGui::SetClipboardText(text.c_str());
  }
  void paste(const std::string& text) {
    put(text);
    driver.key("Ctrl+V");
    driver.frames(2);
  }
  std::string said() { return last_message(*driver.session); }

  Driver driver;
};

TEST_F(Clipboard, CtrlShiftCCopiesAndCtrlVOpens) {
  driver.session->set("wall", 5);
  driver.session->set("hardware.bits", 3);
  const Scene copied = driver.scene();
  driver.key("Ctrl+Shift+C");
  driver.frames();
  EXPECT_EQ(clipboard(), share_text(copied));
  EXPECT_THAT(said(), HasSubstr(fmt::format("as text, {} characters", clipboard().size())));

  driver.session->set("wall", 2);
  driver.session->set("hardware.bits", 0);
  const std::string label = driver.now().undo_label;
  driver.key("Ctrl+V");
  driver.frames(2);
  EXPECT_EQ(driver.scene(), copied);
  EXPECT_EQ(driver.now().lanes, 25);
  EXPECT_EQ(driver.now().scene_file, "") << "it has no file yet";
  EXPECT_EQ(driver.now().undo_label, "Open scene as text");
  driver.key("Ctrl+Z");
  driver.frames(2);
  EXPECT_EQ(driver.scene().wall, 2);
  EXPECT_EQ(driver.now().undo_label, label);
}

TEST_F(Clipboard, WhatMailHasDoneToItIsForgiven) {
  Scene scene = driver.scene();
  scene.wall = 4;
  std::string line = share_text(scene);
  line.insert(30, "\r\n> ");
  paste("\"" + line + "\"\n");
  EXPECT_EQ(driver.scene(), scene) << said();
}

TEST_F(Clipboard, AnythingElseIsOneMessageAndChangesNothing) {
  const Scene before = driver.scene();
  paste("my password");
  EXPECT_THAT(said(), AllOf(HasSubstr("No scene is in the clipboard"), Not(HasSubstr("password"))));
  paste("");
  EXPECT_THAT(said(), HasSubstr("clipboard is empty"));
  const std::string line = share_text(before);
  paste(line.substr(0, line.size() - 3));
  EXPECT_THAT(said(), HasSubstr("cut off"));
  EXPECT_EQ(driver.now().messages->back().level, Message::Level::error);
  paste(line.substr(0, 10) + "2" + line.substr(11));
  EXPECT_THAT(said(), HasSubstr("version 2"));
  Scene other = before;
  other.model = "/nowhere/mine.safetensors";
  paste(share_text(other));
  EXPECT_THAT(said(), HasSubstr("its model 'mine.safetensors' is a file"));
  EXPECT_EQ(driver.scene(), before);
}

TEST_F(Clipboard, FilesGoAlongByNameAndThatIsSaid) {
  driver.session->set("transport.pair", "/some/where/points.csv");
  driver.key("Ctrl+Shift+C");
  driver.frames();
  EXPECT_THAT(said(), AllOf(HasSubstr("characters"), HasSubstr("of points.csv; pass the file on")));
  EXPECT_EQ(parse_share_text(clipboard(), "s").transport.pair, "points.csv");
  driver.session->set("transport.pair", "D1");
  driver.key("Ctrl+V");
  driver.frames(2);
  EXPECT_THAT(said(), HasSubstr("points.csv is not here"));
}

TEST_F(Clipboard, TheExportWindowCopies) {
  driver.key("Ctrl+E");
  driver.frames(2);
  driver.click("export Scene Copy as text");
  driver.frames(2);
  EXPECT_EQ(clipboard(), share_text(driver.scene()));
  EXPECT_FALSE(driver.laboratory->transient().exporting);
}

// Ctrl+V is the text field's own there; and the dialog opens what was pasted into it.
TEST_F(Clipboard, TheOpenDialogTakesALine) {
  Scene scene = driver.scene();
  scene.wall = 6;
  const Scene before = driver.scene();
  driver.key("Ctrl+O");
  driver.frames(2);
  paste(share_text(scene));
  EXPECT_EQ(driver.scene(), before) << "the field took it";
  EXPECT_EQ(driver.laboratory->transient().prompt_path, share_text(scene));
  driver.click("open");
  driver.frames(2);
  EXPECT_FALSE(driver.laboratory->transient().open_prompt);
  EXPECT_EQ(driver.scene(), scene) << said();
}

TEST_F(Clipboard, ASessionWithoutAWindowKeepsTheLine) {
  Session session(test_session_options());
  SharePart& part = session.part<SharePart>();
  EXPECT_FALSE(part.take_copied());
  session.post(verbs::scene_copy);
  EXPECT_EQ(part.take_copied(), share_text(session.scene()));
  EXPECT_FALSE(part.take_copied());
}

class ShareScript : public StageScript {
 protected:
  ShareScript() : StageScript(test_session_options()) {}
};

TEST_F(ShareScript, CopiesPastesAndWrites) {
  run("set wall 3\nscene.copy\nset wall 2\nkey Ctrl+V\nsave_scene a.json\n"
      "scene.write line.txt\n");
  EXPECT_EQ(load_scene(folder / "a.json").wall, 3);
  std::ifstream file(folder / "line.txt");
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(parse_share_text(line, "s").wall, 3);
  EXPECT_THAT(said, HasSubstr("line.txt: written"));
  run("scene.open " + line + "\nsave_scene b.json\n");
  EXPECT_EQ(load_scene(folder / "b.json").wall, 3);
  EXPECT_THAT(error_of("scene.open phaseloom:1abc\n"),
              HasSubstr("script:1: scene as text: cut off after 14 characters"));
  EXPECT_THAT(error_of("scene.open\n"), HasSubstr("scene.open LINE"));
}

TEST_F(ShareScript, WhatWasOpenedIsRecorded) {
  Session session(test_session_options());
  Scene scene = session.scene();
  scene.wall = 3;
  scene.seed = 9;
  session.post(verbs::scene_open, share_text(scene));
  Session again(test_session_options());
  for (const auto& line : parse_script(session.record(), "record")) again.post(line.command);
  EXPECT_EQ(again.scene(), scene);
  EXPECT_EQ(again.snapshot()->lanes, 9);
}

}  // namespace
}  // namespace phaseloom
