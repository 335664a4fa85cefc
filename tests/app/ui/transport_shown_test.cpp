// SPDX-License-Identifier: MIT
// A result of the grid that is clicked is shown: the network that was trained then.

#include <gmock/gmock.h>

#include <cmath>

#include "app/ui/transport/transport.hpp"
#include "engine/support/atomic_file.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using test::last_message;
using ::testing::HasSubstr;

/// One row that was shipped, which is the best, and three that the grid has trained here.
class ShownResults : public testing::Test {
 protected:
  ShownResults() {
    write_file_atomically(
        folder / "rows.csv",
        results_csv({{"D1", "kuramoto_shil", TransportLoss::swd, 2, 4, 1, 0.0001, 0.001, 1}}));
    SessionOptions options = test_session_options();
    options.results = {folder / "rows.csv", folder / "own.csv", 8, 20, 1};
    driver = std::make_unique<Driver>(Extent{1280, 800}, 1.0f, std::move(options));
    for (const char* line :
         {"workspace transport", "set transport.points 100", "set transport.seed 7",
          "flow.show results on", "set transport.seed 1", "transport.grid pair",
          "transport.grid_advance 3", "transport.grid_stop", "set transport.seed 7"})
      driver->session->post(line);
    driver->frames(3);
  }
  const TransportExperiment& experiment() { return driver->scene().transport; }
  const TransportSnapshot& transport() { return *driver->session->transport(); }
  bool results_shown() { return driver->session->ui().flow.results; }
  /// What is seen is what is set, and trained for eight iterations.
  void expect_shown() {
    ASSERT_NE(transport().picture, nullptr) << last_message(*driver->session);
    EXPECT_EQ(transport().setup, experiment().setup());
    EXPECT_EQ(transport().setup.iterations, 8);
    EXPECT_EQ(transport().state, TransportSnapshot::State::finished);
    EXPECT_GT(transport().w2_squared, 0);
    EXPECT_EQ(transport().losses.size(), 8u);
    EXPECT_EQ(transport().picture->paths.points, 100);
    EXPECT_TRUE(driver->has("result plane"));
    EXPECT_FALSE(driver->has("stale"));
  }
  void focus_table() {
    const Focus& focus = driver->laboratory->transient().focus;
    const auto on_table = [&] {
      const Box row = driver->place("result 1");
      return focus.on && focus.box.min.y <= row.min.y && row.max.y <= focus.box.max.y &&
             focus.box.min.x <= row.min.x;
    };
    for (int i = 0; i < 60 && !on_table(); ++i) driver->key("Tab");
    ASSERT_TRUE(on_table());
  }
  const TemporaryFolder folder;
  std::unique_ptr<Driver> driver;
};

TEST_F(ShownResults, AClickShowsTheNetworkWithItsControls) {
  EXPECT_EQ(transport().picture, nullptr);
  driver->click("result 2");
  driver->frames(2);
  expect_shown();
  EXPECT_EQ(experiment().seed, 1u) << "the seed that it was trained with";
  EXPECT_TRUE(results_shown()) << "the next one can be clicked";
  const auto first = transport().picture;
  driver->click("result 3");
  driver->frames(2);
  expect_shown();
  EXPECT_NE(transport().picture->paths.positions, first->paths.positions);
  // One entry of undo; the picture is then of other settings, and says so.
  driver->key("Ctrl+Z");
  driver->frames(2);
  EXPECT_TRUE(driver->has("stale"));
  driver->click("show result");
  driver->frames(2);
  EXPECT_FALSE(results_shown());
  EXPECT_FALSE(transport().active()) << "kept: nothing is trained";
  EXPECT_EQ(transport().picture->paths.positions, first->paths.positions);
  EXPECT_FALSE(driver->has("stale"));
}

TEST_F(ShownResults, ARowThatWasShippedSaysSoAndCanBeTrained) {
  driver->click("result 1");
  driver->frames(2);
  EXPECT_EQ(experiment().model.name(), "kuramoto_shil");
  EXPECT_EQ(experiment().hidden, 4);
  EXPECT_EQ(experiment().seed, 7u);
  EXPECT_EQ(transport().picture, nullptr);
  EXPECT_TRUE(driver->has("stale")) << "words of why it cannot be seen";
  driver->click("show result");
  driver->frames(2);
  EXPECT_TRUE(transport().active()) << "with progress";
  EXPECT_FALSE(results_shown());
}

TEST_F(ShownResults, ArrowsShowTooAndEnterGivesTheWholeStage) {
  driver->click("result 1");
  focus_table();
  driver->key("Down");
  driver->frames(2);
  expect_shown();
  const auto first = transport().picture;
  driver->key("Down");
  driver->frames(2);
  expect_shown();
  EXPECT_NE(transport().picture->paths.positions, first->paths.positions);
  driver->key("Enter");
  driver->frames(2);
  EXPECT_FALSE(results_shown());
  EXPECT_TRUE(driver->has("plane"));
  EXPECT_FALSE(transport().active());
}

TEST_F(ShownResults, ADotShowsIt) {
  // Of one chunk, Kuramoto without hidden units alone was trained.
  driver->session->post("set transport.chunks 1");
  driver->frames(2);
  const Box panel = driver->place("results 1");
  for (float y = panel.min.y; y < panel.max.y && !transport().picture; y += 8)
    for (float x = panel.min.x; x < panel.max.x && !transport().picture; x += 10)
      driver->click(x, y);
  driver->frames(2);
  expect_shown();
  EXPECT_EQ(experiment().model.name(), "kuramoto");
}

TEST_F(ShownResults, WhileATrainingRunsOnlyTheControlsAreSet) {
  driver->session->post("transport.start");
  driver->session->post("transport.advance 5");
  driver->session->post("flow.show results on");
  driver->frames(2);
  const auto messages = driver->now().messages->size();
  driver->click("result 2");
  driver->frames(2);
  EXPECT_EQ(experiment().seed, 1u);
  EXPECT_TRUE(transport().active());
  EXPECT_EQ(transport().iteration, 5);
  EXPECT_EQ(driver->now().messages->size(), messages) << "no fault of anybody's";
}

TEST_F(ShownResults, AnotherWindowShowsThemToo) {
  SessionOptions options = test_session_options();
  options.results = {folder / "rows.csv", folder / "own.csv", 8, 20, 1};
  Driver other({1280, 800}, 1, std::move(options));
  for (const char* line :
       {"workspace transport", "flow.show results on", "set transport.points 100"})
    other.session->post(line);
  other.frames(3);
  other.click("result 2");
  driver->click("result 2");
  other.frames(2);
  driver->frames(2);
  ASSERT_NE(other.session->transport()->picture, nullptr);
  EXPECT_EQ(other.session->transport()->picture->paths.positions,
            transport().picture->paths.positions);
}

// As a script does it, and with the points that a score takes.
TEST(TransportShow, HasTheBitsOfTheSameTraining) {
  const TemporaryFolder folder;
  SessionOptions options = test_session_options();
  options.results = {{}, folder / "own.csv", 12, kScorePoints, 1};
  Session session(std::move(options));
  session.post("transport.show");
  EXPECT_THAT(last_message(session), HasSubstr("no network of SHIL + SWD, K = 4, H = 4 on D1"));
  for (const char* line :
       {"set transport.seed 3", "set transport.points 60", "transport.grid pair",
        "transport.grid_advance 2", "transport.grid_stop", "set transport.model mlp",
        "set transport.loss swd", "set transport.iterations 12", "transport.show"})
    session.post(line);
  const auto shown = session.transport();
  ASSERT_NE(shown->picture, nullptr) << last_message(session);
  for (const char* line : {"transport.start", "transport.advance 12"}) session.post(line);
  const auto trained = session.transport();
  ASSERT_EQ(trained->state, TransportSnapshot::State::finished);
  EXPECT_NE(trained->picture, shown->picture) << "trained anew";
  EXPECT_EQ(transport_values(trained->picture->model), transport_values(shown->picture->model));
  EXPECT_EQ(trained->picture->paths.positions, shown->picture->paths.positions);
  EXPECT_EQ(trained->picture->field.velocities, shown->picture->field.velocities);
  // A table keeps six digits of it.
  EXPECT_NEAR(shown->w2_squared / trained->w2_squared, 1, 1e-5);
  EXPECT_NEAR(shown->floor / trained->floor, 1, 1e-5);
  ASSERT_EQ(trained->losses.size(), shown->losses.size());
  for (std::size_t i = 0; i < shown->losses.size(); ++i)
    EXPECT_EQ(trained->losses[i].distance, shown->losses[i].distance);
  session.post("set transport.seed 4");
  session.post("transport.show");
  EXPECT_THAT(last_message(session), HasSubstr("seed 4, is kept; transport.start trains it"));
}

}  // namespace
}  // namespace phaseloom
