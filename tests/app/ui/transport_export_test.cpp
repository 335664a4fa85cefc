// SPDX-License-Identifier: MIT
// Every row of the export window of Transport, clicked by a hand; and what is in the file then.

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>

#include "engine/data/png.hpp"
#include "engine/support/atomic_file.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/film.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class TransportExport : public testing::Test {
 protected:
  TransportExport() {
    write_file_atomically(
        home / "rows.csv",
        results_csv({{"D1", "mlp", TransportLoss::ot_cfm, 1, 0, 1, 0.002, 0.001, 1},
                     {"D2", "kuramoto_shil", TransportLoss::swd, 2, 4, 3, 0.003, 0.001, 1}}));
    SessionOptions options = test_session_options();
    options.results = {home / "rows.csv", {}, 2, 20, 1};
    driver = std::make_unique<Driver>(Extent{1280, 800}, 1.0f, std::move(options));
    driver->laboratory->transient().may_write = true;
    for (const char* line :
         {"workspace transport", "set transport.points 100", "set transport.iterations 40"})
      driver->session->post(line);
    driver->frames(2);
  }
  void train() {
    driver->session->post("transport.start");
    driver->session->post("transport.advance 40");
    driver->frames(2);
  }
  /// Opens the window, clicks the button, and lets what was asked for be done.
  void click(const std::string& button) {
    driver->key("Ctrl+E");
    driver->frames(2);
    driver->click(button);
    driver->frames(2);
    for (int i = 0; i < 4000 && driver->session->film()->state == FilmSnapshot::State::writing;
         ++i) {
      driver->frames();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    driver->frames(2);
    if (driver->laboratory->transient().exporting) driver->click("close export");
    driver->frames(2);
  }
  const TransportSnapshot& transport() { return *driver->session->transport(); }
  fs::path file(const char* name) const { return home / "Phaseloom" / name; }
  std::string last_message() { return driver->now().messages->back().text; }
  static std::vector<std::string> lines_of(const fs::path& path) {
    std::ifstream in(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) {
      if (line.ends_with('\r')) line.pop_back();
      lines.push_back(line);
    }
    return lines;
  }

  const TemporaryFolder home;
  const EnvironmentGuard guard{"HOME", home.path().string()};
  std::unique_ptr<Driver> driver;
};

TEST_F(TransportExport, PictureOfTheStage) {
  train();
  click("export Picture of the stage PNG");
  EXPECT_EQ(last_message(), file("transport.png").string() + ": written");
  driver->session->post("transport.picture " + (home / "said.png").string());
  driver->frames(2);
  const Picture clicked = read_png(file("transport.png"));
  EXPECT_EQ(clicked.width, 1080);
  EXPECT_GT(clicked.height, 1080) << "what it shows is written above it";
  EXPECT_EQ(clicked.pixels, read_png(home / "said.png").pixels);
}

TEST_F(TransportExport, FilmOfThePointsTravelling) {
  if (!has_ffmpeg()) GTEST_SKIP() << "ffmpeg is not installed";
  train();
  click("export Points travelling MP4");
  EXPECT_EQ(look_at_film(file("transport-flow.mp4")), "720,764,127");
}

TEST_F(TransportExport, RowOfPicturesOfThePointsTravelling) {
  train();
  click("export Points travelling PNG row");
  EXPECT_EQ(std::distance(fs::directory_iterator(file("transport-flow")), {}), 25);
  EXPECT_NE(read_png(file("transport-flow/picture-00.png")).pixels,
            read_png(file("transport-flow/picture-24.png")).pixels);
}

TEST_F(TransportExport, CurvesOfTheTraining) {
  train();
  click("export Loss curve CSV");
  const auto loss = lines_of(file("loss.csv"));
  ASSERT_EQ(loss.size(), 41u);
  EXPECT_EQ(loss.front(), "iteration,loss");
  EXPECT_EQ(loss.back(), fmt::format("40,{}", transport().losses.back().distance));
  click("export Distance to the target CSV");
  const auto distance = lines_of(file("distance.csv"));
  ASSERT_EQ(distance.size(), 1 + transport().curve.size());
  EXPECT_EQ(distance.front(), "iteration,w2_squared");
  EXPECT_EQ(distance.back(), fmt::format("40,{}", transport().curve.back().w2_squared));
}

TEST_F(TransportExport, PointsOnTheirWay) {
  train();
  click("export Points on their way CSV");
  const auto paths = lines_of(file("transport-paths.csv"));
  const FlowPaths& shown = transport().picture->paths;
  ASSERT_EQ(paths.size(), 1 + 100 * shown.times.size());
  EXPECT_EQ(paths.front(), "point,time,x,y");
  const Point end = shown.at(static_cast<int>(shown.times.size()) - 1)[99];
  EXPECT_EQ(paths.back(), fmt::format("99,1,{:g},{:g}", end.x, end.y));
}

TEST_F(TransportExport, ResultsOfTheGrid) {
  driver->click("results");  // they are read when they are looked at
  driver->frames(2);
  click("export Results of the grid CSV");
  const auto rows = read_results(file("transport-results.csv"));
  EXPECT_EQ(results_csv(rows), results_csv(read_results(home / "rows.csv")));
  EXPECT_EQ(rows.size(), 2u);
}

// What is not there cannot be written, and is dimmed in its place.
TEST_F(TransportExport, BeforeATrainingOnlyThePictureIsWritten) {
  for (const char* button : {"export Points travelling MP4", "export Points travelling PNG row",
                             "export Points on their way CSV"}) {
    click(button);
    EXPECT_FALSE(fs::exists(home / "Phaseloom")) << button;
  }
  click("export Picture of the stage PNG");
  EXPECT_TRUE(fs::exists(file("transport.png")));
}

}  // namespace
}  // namespace phaseloom
