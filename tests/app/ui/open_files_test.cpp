// SPDX-License-Identifier: MIT
// Files that are dropped on the window, opened from its dialog, or named on the command line.

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "app/document/assets.hpp"
#include "app/document/recent_files.hpp"
#include "app/document/share_text.hpp"
#include "app/ui/frame/open_dialog.hpp"
#include "app/ui/toolkit/export.hpp"
#include "engine/support/printable.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using test::last_message;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

SessionOptions options_of_files() {
  SessionOptions options = test_session_options();
  options.loader = [](const std::string& name) {
    return name == "test" ? make_test_model() : load_named_model(unescaped(name));
  };
  return options;
}

class OpenFiles : public testing::Test {
 protected:
  OpenFiles() {
    driver.laboratory->transient().may_write = true;
    driver.session->set("wall", 7);
  }
  /// As the window does with what is dropped on it.
  void drop(const fs::path& file) {
    open_and_remember(*driver.session, driver.laboratory->transient(), file);
    driver.frames(2);
  }
  void type_into_dialog(const fs::path& file) {
    driver.key("Ctrl+O");
    driver.frames(2);
    driver.type(file.string());
    driver.frames();
    driver.click("open");
    driver.frames();
  }
  fs::path with(const std::string& name, const std::string& text) {
    std::ofstream(home / name) << text;
    return home / name;
  }
  std::vector<fs::path> recent() { return RecentFiles(home / "config/phaseloom/recent").list(); }

  const TemporaryFolder home;
  const EnvironmentGuard home_guard{"HOME", home.path().string()};
  const EnvironmentGuard config{"XDG_CONFIG_HOME", (home / "config").string()};
  Driver driver{{1024, 640}, 1, options_of_files()};
};

TEST_F(OpenFiles, PointsAreTakenInCapitalsAndUnderOtherEndings) {
  const char* const kPoints = "0,0\n0.1,0.2\n0.3,0.1\n";
  for (const auto& [name, text] : std::vector<std::pair<std::string, std::string>>{
           {"EXPORT.CSV", kPoints},
           {"sheet.tsv", "x\ty\n0\t0\n0.1\t0.2\n0.3\t0.1\n"},
           {"Points.TXT", "0 0\n0.1 0.2\n0.3 0.1\n"}}) {
    drop(with(name, text));
    EXPECT_EQ(driver.scene().transport.pair, (home / name).string());
    EXPECT_EQ(driver.session->ui().workspace, Workspace::transport);
    const TransportSnapshot& t = *driver.session->transport();
    EXPECT_NE(t.state, TransportSnapshot::State::failed) << t.reason;
    EXPECT_EQ(t.pair_name, fs::path(name).stem().string());
    // A scene that is saved beside it says where it is.
    save_scene(home / "saved.json", driver.scene());
    EXPECT_EQ(load_scene(home / "saved.json").transport.pair, (home / name).string());
  }
}

TEST_F(OpenFiles, ScenesAndModelsAreTakenInCapitals) {
  Scene scene = driver.scene();
  scene.wall = 3;
  save_scene(home / "A.JSON", scene);
  drop(home / "A.JSON");
  EXPECT_EQ(driver.scene().wall, 3);
  save_model(home / "NET.SAFETENSORS", make_test_model());
  drop(home / "NET.SAFETENSORS");
  EXPECT_EQ(driver.now().model->name, "NET") << last_message(*driver.session);
}

TEST_F(OpenFiles, AFileOfTextMayHoldAScene) {
  Scene scene = driver.scene();
  scene.wall = 4;
  drop(with("mail.txt", share_text(scene) + "\n"));
  EXPECT_EQ(driver.scene(), scene) << last_message(*driver.session);
  drop(with("cut.txt", share_text(scene).substr(0, 40)));
  EXPECT_THAT(last_message(*driver.session), HasSubstr("cut off after 40"));
}

TEST_F(OpenFiles, TheDialogListsThem) {
  fs::create_directories(home / "Phaseloom");
  for (const char* name : {"A.CSV", "b.tsv", "C.TXT", "D.JSON", "E.SAFETENSORS", "f.jpg"})
    with(std::string("Phaseloom/") + name, "0,0\n1,1\n");
  driver.key("Ctrl+O");
  driver.frames(2);
  for (const char* name : {"A.CSV", "b.tsv", "C.TXT", "D.JSON", "E.SAFETENSORS"})
    EXPECT_TRUE(driver.has(std::string("file ") + name)) << name;
  EXPECT_FALSE(driver.has("file f.jpg"));
  driver.click("file A.CSV");
  EXPECT_EQ(driver.scene().transport.pair, (home / "Phaseloom/A.CSV").string());
}

TEST_F(OpenFiles, WhatIsDroppedIsRememberedAsWhatTheDialogOpens) {
  const fs::path points = with("a.CSV", "0,0\n1,1\n");
  save_scene(home / "s.json", driver.scene());
  drop(points);
  drop(home / "s.json");
  drop(with("picture.jpg", "none"));
  drop(home / "not there.json");
  EXPECT_THAT(recent(), ElementsAre(home / "s.json", points));
  driver.key("Ctrl+O");
  driver.frames(2);
  EXPECT_TRUE(driver.has("file a.CSV"));
}

TEST_F(OpenFiles, AScriptsWindowRemembersNothing) {
  driver.laboratory->transient().may_write = false;
  drop(with("a.csv", "0,0\n1,1\n"));
  EXPECT_TRUE(recent().empty());
}

// Each of them is said, at once, and nothing of what is there changes; a pipe that nobody writes
// to would otherwise hold the window for ever.
TEST_F(OpenFiles, WhatIsNoFileIsAMessageAtOnce) {
  const Scene before = driver.scene();
  for (const std::string ending : {".json", ".csv", ".safetensors"}) {
    const fs::path pipe = home / ("pipe" + ending), device = home / ("device" + ending);
    const fs::path folder = home / ("folder" + ending), lost = home / ("lost" + ending);
    const fs::path circle = home / ("circle" + ending), closed = home / ("closed" + ending);
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    fs::create_symlink("/dev/zero", device);
    fs::create_directory(folder);
    fs::create_symlink(home / "nowhere", lost);
    fs::create_symlink(circle, circle);
    with("closed" + ending, "0,0\n1,1\n");
    fs::permissions(closed, fs::perms::none);
    std::vector<std::pair<fs::path, const char*>> all{{pipe, "is a pipe"},
                                                      {device, "is a device"},
                                                      {folder, "is a folder"},
                                                      {lost, "no such file"},
                                                      {circle, "cannot open"}};
    if (::access(closed.c_str(), R_OK) != 0) all.emplace_back(closed, "cannot open");
    for (const auto& [file, words] : all) {
      drop(file);
      EXPECT_THAT(last_message(*driver.session), HasSubstr(words)) << file;
      EXPECT_THAT(last_message(*driver.session), HasSubstr(file.filename().string()));
      EXPECT_EQ(driver.now().messages->back().level, Message::Level::error);
      driver.session->tell(Message::Level::info, "next");
      if (file == folder) continue;  // the dialog goes there
      type_into_dialog(file);
      EXPECT_FALSE(driver.laboratory->transient().open_prompt) << file;
      EXPECT_THAT(last_message(*driver.session), HasSubstr(words)) << file;
      driver.session->tell(Message::Level::info, "next");
    }
  }
  EXPECT_EQ(driver.scene(), before);
  EXPECT_TRUE(recent().empty());
  // Read by what a scene or a script says: said as well.
  driver.session->set("transport.pair", (home / "pipe.csv").string());
  driver.click("workspace Transport");
  driver.frames(2);
  EXPECT_THAT(last_message(*driver.session), HasSubstr("is a pipe"));
}

// The bytes of a name that is no UTF-8 are shown as codes: as if it had been called so.
TEST(Inspector, ShowsANameThatIsNoText) {
  const auto picture_of = [](const std::string& name) {
    SessionOptions options = test_session_options();
    options.loader = [name](const std::string&) {
      Model model = make_test_model();
      model.name = name;
      return model;
    };
    Driver driver({1024, 900}, 1, std::move(options));
    driver.session->post("section facts open");
    return driver.picture();
  };
  const Picture raw = picture_of("n\xe4t");
  EXPECT_EQ(raw.pixels, picture_of("n\\xe4t").pixels);
  EXPECT_NE(raw.pixels, picture_of("nt").pixels) << "it is on the screen";
}

}  // namespace
}  // namespace phaseloom
