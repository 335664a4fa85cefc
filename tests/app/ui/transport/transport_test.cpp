// SPDX-License-Identifier: MIT
// Hands on the Transport workspace.

#include "app/ui/transport/transport.hpp"

#include <gmock/gmock.h>

#include "app/commands/verbs.hpp"
#include "engine/support/atomic_file.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using State = TransportSnapshot::State;

class Transport : public testing::Test {
 protected:
  Transport() {
    driver.click("workspace Transport");
    driver.session->post("set transport.iterations 40");
    driver.session->post("set transport.points 100");
    driver.frames(2);
  }
  const TransportSnapshot& transport() { return *driver.session->transport(); }
  const FlowView& flow() { return driver.session->ui().flow; }
  void advance(int iterations) {
    driver.session->post(verbs::transport_advance, iterations);
    driver.frames(2);
  }
  Driver driver;
};

TEST_F(Transport, ShowsThePointsAtOnce) {
  EXPECT_EQ(driver.session->ui().workspace, Workspace::transport);
  ASSERT_NE(transport().source, nullptr);
  EXPECT_EQ(transport().source->size(), 100u);
  EXPECT_EQ(transport().state, State::idle);
  driver.session->set("transport.pair", "D3");
  driver.frames(2);
  EXPECT_EQ(transport().pair_name, "D3");
  driver.key("1");
  EXPECT_EQ(driver.session->ui().workspace, Workspace::generate);
  driver.key("2");
  EXPECT_EQ(driver.session->ui().workspace, Workspace::transport);
}

TEST_F(Transport, ButtonsFollowTheLifeOfATraining) {
  driver.click("transport train");
  EXPECT_EQ(transport().state, State::running);
  advance(3);
  EXPECT_EQ(transport().iteration, 3);
  driver.click("transport pause");
  EXPECT_EQ(transport().state, State::paused);
  driver.click("transport resume");
  EXPECT_EQ(transport().state, State::running);
  driver.click("transport stop");
  EXPECT_EQ(transport().state, State::finished);
  driver.key("T");
  EXPECT_EQ(transport().state, State::running);
  EXPECT_EQ(transport().iteration, 0);
  driver.key("T");
  EXPECT_EQ(transport().state, State::paused);
}

TEST_F(Transport, TimeIsDraggedPlayedAndStepped) {
  driver.drag("flow time", 0.2f, 0.5f);
  EXPECT_NEAR(flow().time, 0.5, 0.02);
  EXPECT_FALSE(flow().playing);
  driver.key("Right");
  EXPECT_NEAR(flow().time, 0.5 + 1. / 64, 0.02);
  const double before = flow().time;
  driver.key("Left");
  EXPECT_LT(flow().time, before);
  driver.key("R");
  EXPECT_EQ(flow().time, 0);
  driver.key("Space");
  EXPECT_TRUE(flow().playing);
  driver.frames(90);
  EXPECT_NEAR(flow().time, 0.5, 0.03) << "once in three seconds";
  driver.frames(120);
  EXPECT_EQ(flow().time, 1) << "and a hold";
  driver.frames(90);
  EXPECT_LT(flow().time, 1) << "and again";
  driver.click("flow play");
  EXPECT_FALSE(flow().playing);
}

// What the window's pace goes by while the mouse rests.
TEST_F(Transport, KnowsWhatMovesByItself) {
  const auto moving = [&] {
    driver.frames(2);
    return driver.laboratory->transient().moving;
  };
  driver.session->post(verbs::flow_play);
  EXPECT_TRUE(moving());
  driver.session->post(verbs::flow_pause);
  EXPECT_FALSE(moving());
  driver.session->post(verbs::transport_start);
  advance(3);
  driver.session->post(verbs::flow_show, "tracers", "on");
  EXPECT_TRUE(moving()) << "the field of a model is flown through";
  driver.key("1");
  EXPECT_FALSE(moving()) << "elsewhere nobody sees them";
  const auto before = driver.session->activity();
  advance(3);
  EXPECT_GT(driver.session->activity(), before) << "a training is something new to show";
}

TEST_F(Transport, APointOfOnesOwn) {
  driver.click("transport train");
  const Box plane = driver.place("plane");
  driver.drag("plane", 0.5f, 0.6f);
  EXPECT_TRUE(flow().probed);
  EXPECT_NEAR(flow().probe_x, 0.1 * 2 * FieldSlices::kReach, 0.02);
  EXPECT_NEAR(flow().probe_y, 0, 0.02);
  driver.drag((plane.min.x + plane.max.x) / 2, (plane.min.y + plane.max.y) / 2, 5000, -5000);
  EXPECT_NEAR(flow().probe_x, FieldSlices::kReach, 1e-6) << "stays in sight";
  driver.session->post(verbs::flow_unprobe);
  EXPECT_FALSE(flow().probed);
}

TEST_F(Transport, PartsAreSwitched) {
  for (const char* name : {"source", "target", "paths", "field", "tracers", "density"}) {
    FlowView before = flow();
    driver.click(name);
    EXPECT_NE(shown(driver.session->ui().flow, name), shown(before, name)) << name;
  }
  driver.click("row");
  EXPECT_FALSE(flow().row) << "there is none";
  driver.click("compare models");
  EXPECT_TRUE(flow().row);
  EXPECT_TRUE(transport().comparing);
  advance(45);
  EXPECT_TRUE(driver.has("plane 3"));
  EXPECT_TRUE(driver.has("row"));
  driver.click("row");
  EXPECT_FALSE(driver.has("plane 3"));
}

/// A few results, as if they had been shipped.
class TransportResults : public testing::Test {
 protected:
  TransportResults() {
    const auto row = [](const char* model, TransportLoss loss, int chunks, int hidden, double w2) {
      return TransportRow{"D1", model, loss, chunks, hidden, 1, w2, 0.001, 1};
    };
    write_file_atomically(folder / "rows.csv",
                          results_csv({row("mlp", TransportLoss::ot_cfm, 1, 0, 0.002),
                                       row("kuramoto_shil", TransportLoss::swd, 2, 4, 0.003),
                                       row("kuramoto_shil", TransportLoss::swd, 4, 4, 0.004),
                                       row("aim_tanh", TransportLoss::ot_cfm, 4, 8, 0.01)}));
    SessionOptions options = test_session_options();
    options.results = {folder / "rows.csv", {}, 2, 20, 1};
    driver = std::make_unique<Driver>(Extent{1600, 1000}, 1.0f, std::move(options));
    driver->session->post("workspace transport");
    driver->frames(2);
    driver->click("results");
    driver->frames(2);
  }
  const TransportExperiment& experiment() { return driver->scene().transport; }
  const TemporaryFolder folder;
  std::unique_ptr<Driver> driver;
};

TEST_F(TransportResults, ARowSetsTheControlsAsOneEntryOfUndo) {
  EXPECT_FALSE(driver->has("plane"));
  driver->click("result 2");  // sorted: the best is the mlp
  driver->frames(2);
  EXPECT_EQ(experiment().model.name(), "kuramoto_shil");
  EXPECT_EQ(experiment().chunks, 2);
  driver->click("result 1");
  driver->frames(2);
  EXPECT_EQ(experiment().model.name(), "mlp");
  EXPECT_EQ(experiment().loss, TransportLoss::ot_cfm);
  driver->key("Ctrl+Z");
  driver->frames(2);
  EXPECT_EQ(experiment().model.name(), "kuramoto_shil");
  EXPECT_EQ(experiment().loss, TransportLoss::swd);
  driver->click("results");
  driver->frames(2);
  EXPECT_TRUE(driver->has("plane"));
}

TEST_F(TransportResults, ADotSetsTheControls) {
  // 4 chunks: hidden units 4 and 8 stand at places 0 and 1 of two; the lowest dot is SHIL's.
  const Box panel = driver->place("results 4");
  const auto before = experiment();
  for (float y = panel.min.y; y < panel.max.y && experiment() == before; y += 10)
    for (float x = panel.min.x; x < panel.max.x && experiment() == before; x += 12)
      driver->click(x, y);
  EXPECT_EQ(experiment().model.name(), "aim_tanh") << "the highest dot comes first";
  EXPECT_EQ(experiment().hidden, 8);
}

TEST_F(TransportResults, KeyboardWalksTheTable) {
  driver->click("result 1");
  const Focus& focus = driver->laboratory->transient().focus;
  const auto on_table = [&] {
    const Box row = driver->place("result 1");
    return focus.on && focus.box.min.y <= row.min.y && row.max.y <= focus.box.max.y &&
           focus.box.min.x <= row.min.x;
  };
  for (int i = 0; i < 60 && !on_table(); ++i) {
    driver->key("Tab");
    driver->frames();
  }
  driver->key("Down");
  EXPECT_EQ(experiment().chunks, 2);
  driver->key("Down");
  EXPECT_EQ(experiment().chunks, 4);
}

TEST_F(TransportResults, TheGridIsRunFromHere) {
  driver->click("grid pair");
  EXPECT_TRUE(driver->session->results()->running);
  driver->session->post("transport.grid_advance 1");
  driver->frames(2);
  EXPECT_EQ(driver->session->results()->done, 1);
  driver->click("grid stop");
  driver->frames(2);
  EXPECT_FALSE(driver->session->results()->running);
  driver->session->set("transport.pair", kDrawnPair);
  driver->frames(2);
  driver->click("grid pair");
  EXPECT_FALSE(driver->session->results()->running) << "a drawing has no name";
}

TEST_F(Transport, ATargetDrawnByHandIsOneEntryOfUndo) {
  driver.click("draw");
  const Box plane = driver.place("drawing");
  const auto x = [&](float t) { return plane.min.x + t * plane.width(); };
  const auto y = [&](float t) { return plane.min.y + t * plane.height(); };
  const std::string before = driver.scene().transport.drawing;
  driver.drag(x(0.3f), y(0.5f), x(0.7f), y(0.5f), 20);
  driver.click("draw");
  EXPECT_EQ(driver.scene().transport.pair, kDrawnPair);
  const Points places = parse_drawing(driver.scene().transport.drawing, "drawing");
  EXPECT_GT(places.size(), 15u);
  for (const Point& p : places) EXPECT_NEAR(p.y, 0, 0.01);
  EXPECT_NEAR(places.front().x, -0.2 * 2 * FieldSlices::kReach, 0.03);
  EXPECT_NEAR(places.back().x, 0.2 * 2 * FieldSlices::kReach, 0.03);
  driver.frames(2);
  EXPECT_EQ(transport().pair_name, kDrawnPair);
  driver.key("Ctrl+Z");
  EXPECT_EQ(driver.scene().transport.pair, "D1");
  EXPECT_EQ(driver.scene().transport.drawing, before);
  EXPECT_TRUE(driver.has("plane")) << "the stage is the pair's again";
}

TEST_F(Transport, StrokesAreTakenBackOneByOneOrAllOfThem) {
  const std::string before = driver.scene().transport.drawing;
  driver.click("draw");
  const Box plane = driver.place("drawing");
  const auto stroke = [&](float t) {
    const float y = plane.min.y + t * plane.height();
    driver.drag(plane.min.x + 0.3f * plane.width(), y, plane.min.x + 0.7f * plane.width(), y, 20);
  };
  const Sketch& sketch = driver.laboratory->transient().kept.of<Sketch>();
  stroke(0.4f);
  const std::size_t first = sketch.places.size();
  stroke(0.6f);
  EXPECT_EQ(sketch.places.size(), 2 * first);
  driver.key("Ctrl+Z");
  EXPECT_EQ(sketch.places.size(), first);
  driver.click("undo");
  EXPECT_TRUE(sketch.places.empty());
  EXPECT_TRUE(sketch.on);
  driver.click("draw");
  EXPECT_TRUE(sketch.on) << "with nothing drawn there is nothing to take";
  stroke(0.5f);
  driver.click("cancel drawing");
  EXPECT_FALSE(sketch.on);
  driver.click("draw");
  stroke(0.5f);
  driver.key("Escape");
  EXPECT_FALSE(sketch.on);
  EXPECT_EQ(sketch.places.size(), first) << "left, not lost";
  driver.click("draw");
  EXPECT_TRUE(sketch.on);
  EXPECT_EQ(sketch.places.size(), first);
  driver.key("Escape");
  driver.click("cancel drawing");  // that one says that it drops it
  EXPECT_TRUE(sketch.places.empty());
  EXPECT_EQ(driver.scene().transport.drawing, before);
  EXPECT_EQ(driver.scene().transport.pair, "D1");
  EXPECT_TRUE(driver.now().undo_label.empty() || driver.now().undo_label != "Target")
      << driver.now().undo_label;
}

TEST_F(Transport, AQuickStrokeHasNoGaps) {
  driver.click("draw");
  const Box plane = driver.place("drawing");
  const float y = (plane.min.y + plane.max.y) / 2;
  driver.drag(plane.min.x + 0.2f * plane.width(), y, plane.min.x + 0.8f * plane.width(), y, 1);
  const Points& places = driver.laboratory->transient().kept.of<Sketch>().places;
  ASSERT_GT(places.size(), 20u) << "in one move";
  for (std::size_t i = 1; i < places.size(); ++i)
    EXPECT_LT(std::abs(places[i].x - places[i - 1].x), 0.03f) << i;
}

TEST_F(Transport, DrawingHasTheStageToItselfAndTheRowComesBack) {
  driver.session->post("set transport.iterations 2");
  driver.click("compare models");
  advance(6);
  ASSERT_EQ(transport().row.size(), 3u);
  ASSERT_TRUE(driver.has("plane 3"));
  const auto row = transport().row.front().picture;
  driver.click("draw");
  EXPECT_FALSE(driver.has("plane 2"));
  ASSERT_TRUE(driver.has("drawing"));
  const Box plane = driver.place("drawing");
  EXPECT_GT(plane.width(), 300);
  driver.click("row");
  EXPECT_TRUE(flow().row) << "dimmed meanwhile";
  const float y = (plane.min.y + plane.max.y) / 2;
  driver.drag(plane.min.x + 0.3f * plane.width(), y, plane.min.x + 0.7f * plane.width(), y, 20);
  ASSERT_EQ(transport().row.size(), 3u) << "still there in mid-drawing";
  driver.key("Escape");
  EXPECT_TRUE(driver.has("plane 3"));
  EXPECT_EQ(transport().row.front().picture, row);
  // Taken, the drawing is another pair, which has no row yet.
  driver.click("draw");
  driver.drag(plane.min.x + 0.3f * plane.width(), y, plane.min.x + 0.7f * plane.width(), y, 20);
  driver.click("draw");
  driver.frames(2);
  EXPECT_FALSE(driver.has("plane 2"));
  EXPECT_TRUE(driver.has("plane"));
  EXPECT_TRUE(transport().row.empty());
}

TEST_F(Transport, TrainTakesTheDrawingThatIsOnTheStage) {
  driver.click("draw");
  const Box plane = driver.place("drawing");
  const float y = (plane.min.y + plane.max.y) / 2;
  driver.drag(plane.min.x + 0.3f * plane.width(), y, plane.min.x + 0.7f * plane.width(), y, 20);
  driver.click("transport train");
  EXPECT_FALSE(driver.laboratory->transient().kept.of<Sketch>().on);
  EXPECT_EQ(transport().state, State::running);
  EXPECT_EQ(transport().experiment.pair, kDrawnPair);
}

TEST_F(Transport, FailuresAreSaid) {
  driver.session->post("set transport.pair /nowhere/mine.csv");
  driver.frames(2);
  EXPECT_EQ(transport().state, State::failed);
  EXPECT_THAT(driver.now().messages->back().text, testing::HasSubstr("mine.csv"));
  driver.session->set("transport.pair", "D2");
  driver.frames(2);
  EXPECT_EQ(transport().state, State::idle);
}

}  // namespace
}  // namespace phaseloom
