// SPDX-License-Identifier: MIT
// Pictures and films of the points on their way, as the window draws them.

#include "app/ui/transport/flow_film.hpp"
#include "app/ui/frame/offscreen_host.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "app/session/script.hpp"
#include "app/session/script_host.hpp"
#include "engine/data/picture_compare.hpp"
#include "engine/data/png.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/stage_script.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/film.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

constexpr const char* kTrained =
    "workspace transport\nset transport.points 100\nset transport.iterations 40\n"
    "set transport.chunks 2\ntransport.start\ntransport.advance 40\n";

class FlowFilm : public StageScript {
 protected:
  FlowFilm() : StageScript(test_session_options()) {}
};

TEST_F(FlowFilm, ARowOfPicturesFromSourceToEnd) {
  run(std::string(kTrained) + "transport.film way/p-##.png\nflow.time 1\n" +
      "transport.picture end.png\n");
  const Picture first = read_png(folder / "way/p-00.png"), last = read_png(folder / "way/p-24.png");
  EXPECT_EQ(first.width, 720);
  EXPECT_EQ(first.height, 764) << "what it shows is written above it";
  EXPECT_FALSE(std::filesystem::exists(folder / "way/p-25.png"));
  EXPECT_GT(compare_pictures(first, last).share_over, 0.005) << "the points have moved";
  const Picture end = read_png(folder / "end.png");
  EXPECT_EQ(end.width, 1080);
  EXPECT_EQ(said, (folder / "end.png").string() + ": written");
}

TEST_F(FlowFilm, ShowsWhatTheStageShows) {
  run(std::string(kTrained) +
      "flow.time 0.5\ntransport.picture plain.png\nflow.show field on\ntransport.picture "
      "field.png\n"
      "flow.show field off\nflow.show density on\ntransport.picture density.png\n"
      "flow.show density off\ntheme light\ntransport.picture light.png\n");
  const Picture plain = read_png(folder / "plain.png");
  for (const char* part : {"field.png", "density.png"})
    EXPECT_GT(compare_pictures(read_png(folder / part), plain).share_over, 0.002) << part;
  EXPECT_GT(compare_pictures(read_png(folder / "light.png"), plain).mean_absolute, 0.3);
}

TEST_F(FlowFilm, TheComparedModelsSideBySide) {
  run("workspace transport\nset transport.points 100\nset transport.iterations 10\n"
      "transport.row\ntransport.advance 30\nflow.show row on\ntransport.picture row.png\n");
  const Picture row = read_png(folder / "row.png");
  EXPECT_GT(row.width, 3 * 1080);
  EXPECT_GT(row.height, 1080) << "with titles";
}

TEST_F(FlowFilm, AFilm) {
  if (!has_ffmpeg()) GTEST_SKIP() << "ffmpeg is not installed";
  run(std::string(kTrained) + "transport.film way.mp4\n");
  EXPECT_EQ(look_at_film(folder / "way.mp4"), "720,764,127");
}

TEST_F(FlowFilm, SaysWhatIsMissing) {
  EXPECT_THAT(error_of("transport.picture a.png\n"), HasSubstr("the Transport stage is not shown"));
  EXPECT_THAT(error_of("workspace transport\ntransport.film a-##.png\n"),
              HasSubstr("no points are on their way yet; transport.start trains a model"));
  EXPECT_THAT(error_of("workspace transport\nset transport.points 10\ntransport.start\n"
                       "transport.film a.gif\n"),
              HasSubstr("transport.film: "));
  EXPECT_THAT(error_of("workspace transport\ntransport.picture a.jpg\n"),
              HasSubstr("should end in .png"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(FlowFilm, IsWrittenFromTheDialogWhileTheWindowGoesOn) {
  const EnvironmentGuard guard("HOME", folder.path().string());
  Driver driver;
  driver.laboratory->transient().may_write = true;
  for (const char* line :
       {"workspace transport", "set transport.points 100", "set transport.iterations 40",
        "transport.start", "transport.advance 40"})
    driver.session->post(line);
  driver.frames(2);
  driver.key("Ctrl+E");
  driver.frames(2);
  for (int i = 0; i < 2; ++i) driver.key("Tab");  // PNG, MP4, and
  driver.key("Enter");
  driver.frames(3);
  EXPECT_EQ(driver.session->film()->state, FilmSnapshot::State::writing);
  EXPECT_TRUE(driver.has("cancel film"));
  // The stage may change meanwhile: the film does not.
  driver.session->post("flow.show paths off");
  driver.session->post("workspace train");
  for (int i = 0; i < 2000 && driver.session->film()->state == FilmSnapshot::State::writing; ++i) {
    driver.frames();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(driver.session->film()->state, FilmSnapshot::State::done);
  EXPECT_TRUE(std::filesystem::exists(folder / "Phaseloom/transport-flow/picture-24.png"));
}

TEST_F(FlowFilm, CancelledNothingIsLeft) {
  Driver driver;
  for (const char* line :
       {"workspace transport", "set transport.points 100", "set transport.iterations 40",
        "transport.start", "transport.advance 40"})
    driver.session->post(line);
  driver.frames(2);
  driver.session->post("transport.film " + (folder / "p-##.png").string());
  driver.frames(4);
  driver.session->post("export.cancel");
  for (int i = 0; i < 2000 && driver.session->film()->state == FilmSnapshot::State::writing; ++i) {
    driver.frames();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(driver.session->film()->state, FilmSnapshot::State::cancelled);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace phaseloom
