// SPDX-License-Identifier: MIT
// Pictures and films of the Thermo stage, as the window draws them.

#include "app/ui/thermo/heat_film.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "app/session/script.hpp"
#include "app/ui/frame/offscreen_host.hpp"
#include "engine/data/picture_compare.hpp"
#include "engine/data/png.hpp"
#include "tests/app/session/small_thermo.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"
#include "tests/app/ui/stage_script.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/film.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class HeatFilm : public StageScript {
 protected:
  HeatFilm() : StageScript(test::thermo_options()) {}
  Picture picture(const char* name) { return read_png(folder / name); }
  double changed(const char* a, const char* b) {
    return compare_pictures(picture(a), picture(b)).share_over;
  }
  /// Until no film is written any more.
  void wait(Driver& driver) {
    for (int i = 0; i < 4000 && driver.session->film()->state == FilmSnapshot::State::writing;
         ++i) {
      driver.frames();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
};

TEST_F(HeatFilm, APictureOfTheStageAsItIs) {
  run("heat.time 0.6\nthermo.picture a.png\n");
  EXPECT_EQ(said, (folder / "a.png").string() + ": written");
  EXPECT_EQ(picture("a.png").width, 1440);
  EXPECT_EQ(picture("a.png").height, 720);
  EXPECT_TRUE(matches_golden(picture("a.png"), "thermo_picture"));
}

TEST_F(HeatFilm, ShowsWhatTheStageShows) {
  run("heat.time 1\nthermo.picture end.png\nheat.time 0\nthermo.picture noise.png\nheat.time 1\n"
      "heat.show hidden\nthermo.picture hidden.png\nheat.show force\nthermo.picture force.png\n"
      "heat.show fields\nthermo.picture fields.png\nheat.show visible\ntheme light\n"
      "thermo.picture light.png\ntheme dark\nset thermo.run_seed 7\nthermo.picture seed.png\n");
  for (const char* other : {"noise.png", "hidden.png", "force.png", "fields.png", "seed.png"})
    EXPECT_GT(changed("end.png", other), 0.05) << other;
  EXPECT_GT(compare_pictures(picture("end.png"), picture("light.png")).mean_absolute, 0.2);
}

TEST_F(HeatFilm, ARowOfPicturesFromNoiseToTheEnd) {
  run("thermo.film way/p-##.png\n");
  EXPECT_EQ(picture("way/p-00.png").width, 1280);
  EXPECT_EQ(picture("way/p-00.png").height, 720);
  EXPECT_FALSE(fs::exists(folder / "way/p-26.png"));
  EXPECT_GT(changed("way/p-00.png", "way/p-12.png"), 0.05);
  EXPECT_GT(changed("way/p-12.png", "way/p-25.png"), 0.02);
  EXPECT_TRUE(matches_golden(picture("way/p-20.png"), "thermo_film"));
}

TEST_F(HeatFilm, AFilmHoldsAtItsEnd) {
  if (!has_ffmpeg()) GTEST_SKIP() << "ffmpeg is not installed";
  run("thermo.film way.mp4\n");
  EXPECT_EQ(look_at_film(folder / "way.mp4"), "1280,720,211") << "7 s, both ends included";
}

// Fields are the same from beginning to end: nothing would be seen of the run.
TEST_F(HeatFilm, AFilmWhileFieldsAreSeenShowsStates) {
  run("heat.show fields\nthermo.film f-##.png\nheat.show visible\nthermo.film v-##.png\n");
  EXPECT_EQ(picture("f-10.png").pixels, picture("v-10.png").pixels);
}

TEST_F(HeatFilm, SaysWhatIsMissing) {
  EXPECT_THAT(
      error_of("workspace train\nthermo.picture a.png\n"),
      HasSubstr("thermo.picture: the Thermo stage is not shown; workspace thermo shows it"));
  EXPECT_THAT(error_of("workspace train\nthermo.film a-##.png\n"), HasSubstr("thermo.film: the "));
  EXPECT_THAT(error_of("thermo.film a.gif\n"), HasSubstr(".mp4"));
  EXPECT_THAT(error_of("thermo.picture a.jpg\n"), HasSubstr("should end in .png"));
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST_F(HeatFilm, BeforeThereIsARunNothingIsWritten) {
  Session session(test::thermo_options());
  session.post("set thermo.model nothing");
  session.update();
  session.post("thermo.picture " + (folder / "a.png").string());
  EXPECT_THAT(session.snapshot()->messages->back().text, HasSubstr("there is no whole run yet"));
  session.post("thermo.film " + (folder / "a-##.png").string());
  EXPECT_THAT(session.snapshot()->messages->back().text, HasSubstr("thermo.film: there is no"));
}

TEST_F(HeatFilm, IsWrittenFromTheDialogWhileTheWindowGoesOn) {
  const EnvironmentGuard guard("HOME", folder.path().string());
  Driver driver({1024, 640}, 1, test::thermo_options());
  driver.laboratory->transient().may_write = true;
  driver.frames(2);
  driver.key("Ctrl+E");
  driver.frames(2);
  driver.click("export Picture of the stage PNG");
  driver.frames(2);
  EXPECT_TRUE(fs::exists(folder / "Phaseloom/thermo.png"));
  driver.key("Ctrl+E");
  driver.frames(2);
  driver.click("export From noise to pictures PNG row");
  driver.frames(3);
  EXPECT_EQ(driver.session->film()->state, FilmSnapshot::State::writing);
  EXPECT_TRUE(driver.has("cancel film"));
  // The stage may change meanwhile: the film does not.
  driver.session->post("heat.show force");
  driver.session->post("set thermo.run_seed 3");
  driver.session->post("workspace train");
  wait(driver);
  EXPECT_EQ(driver.session->film()->state, FilmSnapshot::State::done);
  const fs::path pictures = folder / "Phaseloom/thermo-film";
  EXPECT_TRUE(fs::exists(pictures / "picture-25.png"));
  run("thermo.film p-##.png\n");
  EXPECT_EQ(read_png(pictures / "picture-25.png").pixels, picture("p-25.png").pixels);
}

TEST_F(HeatFilm, CancelledNothingIsLeft) {
  Driver driver({1024, 640}, 1, test::thermo_options());
  driver.frames(2);
  driver.session->post("thermo.film " + (folder / "p-##.png").string());
  driver.frames(4);
  driver.session->post("export.cancel");
  wait(driver);
  EXPECT_EQ(driver.session->film()->state, FilmSnapshot::State::cancelled);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

// One after the other, each by the stage that it is of.
TEST_F(HeatFilm, PicturesOfSeveralStagesAreNotMixedUp) {
  Driver driver({1024, 640}, 1, test::thermo_options());
  driver.frames(2);
  for (const char* name : {"a.png", "b.png"})
    driver.session->post("thermo.picture " + (folder / name).string());
  driver.session->post("workspace transport");
  driver.session->post("transport.picture " + (folder / "t.png").string());
  driver.frames(4);
  EXPECT_EQ(picture("a.png").pixels, picture("b.png").pixels);
  EXPECT_EQ(picture("a.png").width, 1440);
  EXPECT_EQ(picture("t.png").width, 1080);
}

}  // namespace
}  // namespace phaseloom
