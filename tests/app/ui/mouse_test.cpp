// SPDX-License-Identifier: MIT
// The mouse on every control of every screen: a hand that moves there, presses, waits a frame and
// releases does something that can be observed; one that lets go elsewhere does nothing.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "app/commands/hardware_verbs.hpp"
#include "app/session/chips_part.hpp"
#include "app/session/circuit_part.hpp"
#include "app/session/field_part.hpp"
#include "app/session/playground_part.hpp"
#include "app/session/sweep_part.hpp"
#include "app/session/thermo_part.hpp"
#include "app/ui/frame/open_dialog.hpp"
#include "app/ui/thermo/drawing_pad.hpp"
#include "app/ui/train/train.hpp"
#include "app/ui/transport/transport.hpp"
#include "tests/app/session/fixed_circuit.hpp"
#include "tests/app/session/small_thermo.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

/// What a window can look like: the same steps lead there again for each of its controls.
struct Screen {
  const char* name;
  SessionOptions (*options)();
  void (*enter)(Driver&);
};

SessionOptions labelled_options() {
  SessionOptions options = test_session_options();
  options.loader = [](const std::string&) { return make_labelled_test_model(); };
  return options;
}

void post(Driver& driver, std::initializer_list<const char*> lines) {
  for (const char* line : lines) driver.session->post(std::string_view(line));
  driver.frames(2);
}

SessionOptions results_options() {
  SessionOptions options = test_session_options();
  options.results = {fs::path(std::getenv("HOME")) / "rows.csv", {}, 2, 20, 1};
  return options;
}

/// A training in Transport that is finished, or in the middle.
void train_transport(Driver& driver, bool to_its_end) {
  post(driver, {"workspace transport", "set transport.iterations 20", "set transport.points 100",
                "transport.start", to_its_end ? "transport.advance 20" : "transport.advance 5",
                "flow.pause"});
}

/// Shipped networks, on small pictures.
SessionOptions hardware_options() {
  SessionOptions options = test_quality_options();
  options.ui.workspace = Workspace::hardware;
  return options;
}

/// The same, where ngspice has nothing to do.
SessionOptions circuit_options() {
  SessionOptions options = hardware_options();
  options.circuit = test::fixed_circuit();
  options.ui.hardware.page = DesignView::Page::circuit;
  return options;
}

SessionOptions without_model_options() {
  SessionOptions options = hardware_options();
  options.loader = test_session_options().loader;
  options.scene.model = "missing";
  return options;
}

/// A sweep of two by two cells, of which so many are finished.
void sweep(Driver& driver, int cells) {
  post(driver, {"hardware.show sweep", "set sweep.models mnist-shil", "set sweep.bits 4 3",
                "set sweep.densities 1 0.5", "set sweep.mismatches 0 0.1", "set sweep.samples 100",
                "set sweep.weight_noises 0"});
  const fs::path folder = fs::path(std::getenv("HOME")) / "Phaseloom/sweep";
  fs::create_directories(folder.parent_path());
  driver.session->post(verbs::sweep_start, folder.string());
  driver.session->post(verbs::sweep_advance, cells);
  driver.frames(2);
}

constexpr Extent kRoomy{800, 1000};  // at half the scale: nothing is folded away or out of sight

const Screen kScreens[] = {
    {"generate", test_session_options,
     [](Driver& d) {
       post(d, {"run", "pin 5", "pick 300", "set hardware.bits 4", "undo"});
     }},
    {"generate, asked and compared", labelled_options,
     [](Driver& d) {
       post(d, {"set hardware.bits 4", "set label 3", "set noise_width 2", "step 20",
                "view phase 1", "compare split", "curve pair", "pin 5", "pick 300",
                "set hardware.density 0.5", "set hardware.weight_noise 0.1",
                "set hardware.mismatch 0.1", "set speed 20", "set hardware.phase_noise 0.1",
                "set integrator rk4", "set steps_per_chunk 6", "set hold 2"});
     }},
    {"generate, side by side", labelled_options,
     [](Driver& d) {
       post(d, {"run", "compare side", "view rate 0", "curve portrait"});
     }},
    {"generate, holding", test_session_options,
     [](Driver& d) {
       post(d, {"run", "tool hold"});
     }},
    {"generate, measured", test_quality_options,
     [](Driver& d) {
       post(d, {"measure", "set hardware.bits 3", "measure"});
     }},
    {"without a model", test_session_options, [](Driver& d) { post(d, {"set model nothing"}); }},
    {"transport", test_session_options,
     [](Driver& d) {
       post(d, {"workspace transport", "set transport.points 100", "flow.pause", "flow.time 0.5"});
     }},
    {"transport, trained", test_session_options,
     [](Driver& d) {
       train_transport(d, true);
       post(d, {"flow.time 0.5", "flow.probe 0.3 0.3"});
     }},
    {"transport, training", test_session_options, [](Driver& d) { train_transport(d, false); }},
    {"transport, paused", test_session_options,
     [](Driver& d) {
       train_transport(d, false);
       post(d, {"transport.pause"});
     }},
    {"transport, row", test_session_options,
     [](Driver& d) {
       post(d, {"workspace transport", "set transport.iterations 2", "set transport.points 100",
                "transport.row", "transport.advance 6", "flow.show row on", "flow.pause"});
     }},
    {"transport, drawing", test_session_options,
     [](Driver& d) {
       post(d, {"workspace transport", "set transport.points 100", "flow.pause"});
       d.click("draw");
       const Box plane = d.place("drawing");
       d.drag(plane.min.x + 50, plane.min.y + 80, plane.max.x - 50, plane.min.y + 80, 20);
     }},
    {"transport, results", results_options,
     [](Driver& d) {
       post(d, {"workspace transport", "set transport.points 100", "flow.pause",
                "flow.show results on", "transport.grid pair", "transport.grid_advance 2"});
     }},
    {"transport, all results", results_options,
     [](Driver& d) {
       post(d, {"workspace transport", "set transport.points 100", "flow.pause",
                "flow.show results on", "transport.grid pair", "transport.grid_advance 2",
                "transport.grid_stop"});
     }},
    {"train", test_training_options, [](Driver&) {}},
    {"train, running", test_training_options,
     [](Driver& d) {
       post(d, {"train.start", "train.advance 2", "set train.bits 4", "set train.density 0.5",
                "set train.mismatch 0.1", "set train.weight_noise 0.1"});
     }},
    {"train, paused", test_training_options,
     [](Driver& d) {
       post(d, {"train.start", "train.advance 2", "train.pause"});
     }},
    {"thermo", test::thermo_options,
     [](Driver& d) {
       post(d, {"heat.time 0.6", "heat.sample 3", "heat.pick 400", "set thermo.temperature 0.2",
                "set thermo.bits 4", "set thermo.samples 10", "undo"});
     }},
    {"thermo, fields", test::thermo_options,
     [](Driver& d) {
       post(d, {"heat.time 0.6", "heat.show fields", "zoom 3 0.5 0.5"});
     }},
    {"thermo, training", test::thermo_options,
     [](Driver& d) {
       post(d, {"heat.time 0.6", "thermo.train", "thermo.advance 2", "set thermo.update_bits 4",
                "set thermo.update_noise 0.1"});
     }},
    {"thermo, paused", test::thermo_options,
     [](Driver& d) {
       post(d, {"heat.time 0.6", "thermo.train", "thermo.advance 2", "thermo.pause"});
     }},
    {"thermo, drawing", test::thermo_options,
     [](Driver& d) {
       d.click("drawing place 1");
       d.frames(2);
       d.drag("pad", 0.3f, 0.7f);
     }},
    {"thermo, drawings", test::thermo_options,
     [](Driver& d) {
       for (int k = 1; k <= 3; ++k) {  // each place is open once the one before it is taken
         d.click(fmt::format("drawing place {}", k));
         d.frames(2);
         d.drag("pad", 0.2f, 0.4f + 0.1f * static_cast<float>(k));
         d.click("take drawing");
         d.frames(2);
       }
       d.click("drawing place 1");
       d.frames(2);
       d.click("Erase");
     }},
    {"learn", test_session_options,
     [](Driver& d) {
       post(d, {"workspace learn", "playground.preset own", "playground.step 5",
                "set playground.injection 0.5", "set playground.temperature 0.1",
                "set playground.carrier 1", "playground.pick 0"});
     }},
    {"learn, two of a memory", test_session_options,
     [](Driver& d) {
       post(d, {"workspace learn", "playground.preset memory", "playground.step 5",
                "playground.pick 0", "playground.pick 1", "playground.tool turn"});
     }},
    {"learn, wells by hand", test_session_options,
     [](Driver& d) {
       post(d, {"workspace learn", "playground.preset double_well", "playground.delete 3",
                "playground.step 2"});
     }},
    {"learn, field", test_session_options,
     [](Driver& d) {
       post(d, {"workspace learn", "set field.size 128", "playground.preset field", "field.step 2",
                "set field.kernel difference", "set field.injection 0.5", "set field.noise 0.1"});
     }},
    {"learn, inside a picture", test_session_options,
     [](Driver& d) {
       post(d, {"playground.pixel 300", "workspace learn", "playground.step 5"});
     }},
    {"learn, a lesson", test_session_options,
     [](Driver& d) {
       post(d, {"lesson.language en", "lesson.open two-clocks", "lesson.next", "playground.pause"});
     }},
    {"export of learn", test_session_options,
     [](Driver& d) {
       post(d, {"workspace learn", "playground.preset two_clocks", "playground.step 2"});
       d.key("Ctrl+E");
     }},
    {"hardware", hardware_options,
     [](Driver& d) {
       for (const SceneField& field : scene_fields())
         if (field.kind == SceneField::Kind::own) d.session->set(field.name, 1);
       post(d, {"set hardware.bits 4", "set hardware.density 0.5"});
     }},
    {"hardware, held otherwise", hardware_options,
     [](Driver& d) { post(d, {"set cost.hold weight_stationary"}); }},
    {"hardware, without a model", without_model_options, [](Driver&) {}},
    {"hardware, nothing swept", hardware_options,
     [](Driver& d) {
       post(d, {"hardware.show sweep", "set sweep.models mnist-shil", "set sweep.way both",
                "set sweep.weight_noises 0.1", "set sweep.mismatches 0.1"});
     }},
    {"hardware, sweeping", hardware_options, [](Driver& d) { sweep(d, 1); }},
    {"hardware, sweep paused", hardware_options,
     [](Driver& d) {
       sweep(d, 1);
       post(d, {"sweep.pause"});
     }},
    {"hardware, swept", hardware_options, [](Driver& d) { sweep(d, 100); }},
    {"hardware, swept in part", hardware_options,
     [](Driver& d) {
       sweep(d, 1);
       post(d, {"sweep.stop"});
     }},
    {"hardware, no chips", hardware_options,
     [](Driver& d) {
       post(d, {"hardware.show chips", "set hardware.weight_noise 0.1"});
     }},
    {"hardware, chips", hardware_options,
     [](Driver& d) {
       post(d, {"hardware.show chips", "set chips.devices 3", "set chips.samples 100",
                "chips.start", "chips.advance 100"});
     }},
    {"hardware, chips on their way", hardware_options,
     [](Driver& d) {
       post(d, {"hardware.show chips", "set chips.devices 3", "set chips.samples 100",
                "chips.start", "chips.advance 1"});
     }},
    {"hardware, chips paused", hardware_options,
     [](Driver& d) {
       post(d, {"hardware.show chips", "set chips.devices 3", "set chips.samples 100",
                "chips.start", "chips.advance 1", "chips.pause"});
     }},
    {"hardware, no circuit", circuit_options,
     [](Driver& d) {
       post(d, {"set circuit.sample 3", "set hardware.phase_noise 0.1"});
     }},
    {"hardware, circuit on its way", circuit_options,
     [](Driver& d) {
       post(d, {"circuit.start", "circuit.advance 1"});
     }},
    {"hardware, circuit", circuit_options,
     [](Driver& d) {
       post(d, {"circuit.start", "circuit.advance 100"});
     }},
    {"export of costs", hardware_options, [](Driver& d) { d.key("Ctrl+E"); }},
    {"export of a sweep", hardware_options,
     [](Driver& d) {
       sweep(d, 100);
       d.key("Ctrl+E");
     }},
    {"export of a circuit", circuit_options,
     [](Driver& d) {
       post(d, {"circuit.start", "circuit.advance 100"});
       d.key("Ctrl+E");
     }},
    {"save", test_session_options, [](Driver& d) { d.key("Ctrl+S"); }},
    {"open", test_session_options, [](Driver& d) { d.key("Ctrl+O"); }},
    {"open, elsewhere", test_session_options,
     [](Driver& d) {
       d.key("Ctrl+O");
       d.frames(2);
       d.click("folder up");
     }},
    {"export", test_session_options,
     [](Driver& d) {
       post(d, {"run", "pin 5", "pick 300"});
       d.key("Ctrl+E");
     }},
    {"export of quality", test_quality_options,
     [](Driver& d) {
       post(d, {"measure"});
       d.key("Ctrl+E");
     }},
    {"export of transport", test_session_options,
     [](Driver& d) {
       train_transport(d, true);
       d.key("Ctrl+E");
     }},
    {"export of training", test_training_options,
     [](Driver& d) {
       post(d, {"train.start", "train.advance 2"});
       d.key("Ctrl+E");
     }},
    {"export of thermo", test::thermo_options,
     [](Driver& d) {
       post(d, {"heat.time 0.6", "heat.pick 400", "thermo.train", "thermo.advance 2"});
       d.key("Ctrl+E");
     }},
    {"a question", test_quality_options,
     [](Driver& d) {
       post(d, {"measure"});
       d.click("clear trail");
     }},
};

/// Places that are there to be read: resting on them shows a hint, and plots have a menu at the
/// right button. Those with dots to click on are tested with the plots.
const std::set<std::string> kRead{
    // under the wall
    "Fréchet distance",
    "relative",
    "real",
    "confidence",
    "images",
    "classes",
    "quality strip",
    "area",
    "power",
    "time",
    "energy / image",
    "energy, as 8 bit",
    "energy axis",
    "good to",
    "cost strip",
    // plots
    "order",
    "energy",
    "histogram",
    "trace",
    "portrait",
    "pair",
    "loss",
    "losses",
    "quality",
    "distance",
    "transport loss",
    "transport distance",
    "results 1",
    "results 2",
    "results 4",
    "results 8",
    "trail",
    "heat",
    "heats",
    "units",
    "unit_trace",
    "thermo_loss",
    "playground_meter",
    "playground_order",
    "playground_states",
    "field_defects",
    "field_order",
    "lesson card",
    "lesson remark",
    "energies",
    "baselines",
    "how far",
    "sweep_front",
    "sweep front",
    "chips_histogram",
    "chips histogram",
    "chips_yield",
    "chips yield",
    "circuit_errors",
    "circuit errors",
    "engine picture",
    "ngspice picture",
    "difference picture",
    "chunks",
    // others
    "colours",
    "reached",
    "learning",
    "no noising",
    "schedule",
    "warning",  // brings a message back that is gone
    "caption words",
    "kernel",
    // dimmed in these screens: this model runs already, and was not trained for any hardware; the
    // training's length is given in iterations
    "card test",
    "trained",
    "train.minutes",
};

/// What is dragged: it acts as soon as it is held.
const std::set<std::string> kDragged = [] {
  std::set<std::string> names{
      "splitter left", "splitter right", "splitter bottom", "splitter plots", "strip", "divider",
      "result plane", "flow time", "heat time", "plane", "plane 2", "plane 3", "drawing", "pad",
      "canvas",
      // sliders
      "samples", "hold", "noise_width", "steps_per_chunk", "hardware.bits", "hardware.density",
      "hardware.mismatch", "hardware.phase_noise", "hardware.weight_noise", "cost.batch",
      "cost.eta", "train.bits", "train.chunks", "train.density", "train.duration", "train.hidden",
      "train.iterations", "train.mismatch", "train.radius", "train.threads", "train.weight_noise",
      "thermo.temperature", "thermo.bits", "thermo.wall", "thermo.samples", "thermo.cycles",
      "field.size", "field.radius", "field.sigma", "field.surround_sigma", "field.surround_share",
      "field.coupling", "field.spread", "field.injection", "field.noise", "field.start_width",
      "field.speed", "field.dt", "brush radius", "playground.units", "playground.degree",
      "playground.patterns", "playground.damage", "playground.coupling", "playground.spread",
      "playground.injection", "playground.j2", "playground.j4", "playground.temperature",
      "playground.speed", "playground.carrier", "playground.step", "unit detuning", "pair weight",
      "thermo.hidden", "thermo.update_bits", "thermo.update_noise", "transport.chunks",
      "transport.hidden", "transport.iterations", "transport.points", "trail fade", "brush", "tone",
      "sweep.samples", "sweep.minutes", "chips.devices", "chips.mismatch", "chips.samples",
      "chips.limit", "chips limit", "circuit.tile", "circuit.reltol"};
  for (const CostConstantInfo& row : cost_constants())
    names.insert(fmt::format("cost.{}", row.symbol));
  return names;
}();

/// All that a person could see change, in words.
std::string observed(Driver& driver, const fs::path& home) {
  const Session& session = *driver.session;
  Transient& t = driver.laboratory->transient();
  const Snapshot& now = driver.now();
  std::string all = print_scene(session.scene()) + print_ui_state(session.ui());
  const auto add = [&](const auto& what) { all += fmt::format("{}\n", what); };
  add(session.record());
  add(now.step);
  add(now.undo_label);
  add(now.redo_label);
  add(now.messages->empty() ? 0 : now.messages->back().id);
  add(session.training()->serial);
  add(session.transport()->serial);
  add(session.results()->serial);
  add(session.results()->running);
  add(static_cast<int>(session.film()->state));
  const ThermoPart& thermo = session.part<ThermoPart>();
  add(thermo.training()->serial);
  add(thermo.training()->kept);
  add(thermo.run()->serial);
  const ThermoView& heat = session.ui().thermo;  // is not remembered, and hence not printed
  for (const int value : {static_cast<int>(heat.shown), static_cast<int>(heat.source),
                          heat.prototype, heat.sample, heat.picked, int{heat.playing}})
    add(value);
  add(heat.time);
  add(session.part<PlaygroundPart>().latest()->serial);
  add(session.part<FieldPart>().latest()->serial);
  add(session.part<FieldPart>().playing());
  add(session.part<PlaygroundPart>().playing());
  add(static_cast<int>(session.ui().field.brush));
  add(session.ui().field.radius);
  add(static_cast<int>(session.ui().presenting));
  add(static_cast<int>(session.ui().playground.tool));
  for (const int unit : session.ui().playground.picked) add(unit);
  add(session.trail().dots().size());
  add(session.part<SweepPart>().activity());
  add(session.part<ChipsPart>().latest()->serial);
  add(session.part<CircuitPart>().latest()->serial);
  for (const int place : session.ui().hardware.slice) add(place);
  add(session.ui().hardware.mismatch);
  for (const bool flag : {t.help, t.save_prompt, t.open_prompt, t.exporting, t.kept.of<Sketch>().on,
                          t.question.has_value()})
    add(flag);
  add(ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup));
  add(t.kept.of<Sketch>().places.size());
  const DrawingPad& pad = t.kept.of<DrawingPad>();
  add(pad.open);
  add(pad.erases);
  for (const DrawingPad::Draft& draft : pad.drafts) add(draft.before.size());
  add(t.gone_messages.size());
  add(t.prompt_path);
  if (t.open_prompt && t.browser) add(t.browser->folder.string());
  add(t.kept.of<NetworkToUse>().file);
  for (const auto& entry : fs::recursive_directory_iterator(home)) add(entry.path().string());
  return all;
}

/// The first line of either that the other does not have there.
std::string first_difference(const std::string& a, const std::string& b) {
  std::istringstream before(a), after(b);
  std::string x, y;
  while (x == y && std::getline(before, x) && std::getline(after, y)) {
  }
  return x == y ? "" : fmt::format("{} -> {}", x, y);
}

/// One control of one screen, touched in all ways that come to mind.
class Hand {
 public:
  Hand(const Screen& screen, const fs::path& home) : screen_(screen), home_(home) { begin_anew(); }

  std::map<std::string, Box> places() { return driver_->laboratory->transient().places; }

  void move_to(const Box& box) {
    // Off the middle, where there may be a gap between two samples, or the value of a slider.
    driver_->move(box.min.x + 0.46f * box.width(), box.min.y + 0.46f * box.height());
    driver_->frames(24);  // long enough for the next press not to be the second of a double click
  }
  void press() { driver_->press(); }
  void release() {
    driver_->release();
    driver_->frames(2);
  }
  void leave() {
    driver_->move(0.5f * static_cast<float>(kRoomy.width), 1);  // in the bar, between buttons
  }
  void pull() {
    const ImVec2 at = ImGui::GetIO().MousePos;
    for (const float by : {6.0f, 12.0f, 18.0f, 24.0f}) driver_->move(at.x - by, at.y - by);
  }

  /// What could be observed since the last call, or since the screen was opened.
  bool changed() {
    const std::string now = observed(*driver_, home_);
    difference = first_difference(seen_, now);
    return std::exchange(seen_, now) != now;
  }
  std::string difference;  ///< what changed last, for the messages of failures
  /// A text field waits for keys.
  bool types() const { return driver_->laboratory->transient().typing.item != 0; }

  void begin_anew() {
    for (const auto& entry : fs::directory_iterator(home_)) fs::remove_all(entry);
    if (!driver_) {
      driver_ = std::make_unique<Driver>(kRoomy, 0.5f, screen_.options());
      driver_->blind = true;
    } else {
      // The same window with another session in it; lists and dialogs close, text fields let go.
      for (int i = 0; i < 2; ++i) driver_->key("Escape");
      driver_->move(-1000, -1000);
      driver_->session = std::make_unique<Session>(screen_.options());
      Transient& transient = driver_->laboratory->transient();
      transient = {};
      transient.keep_places = true;
      driver_->frames(2);
    }
    driver_->laboratory->transient().may_write = true;
    screen_.enter(*driver_);
    driver_->frames(2);
    for (int i = 0; i < 600 && driver_->now().busy; ++i) driver_->frames();
    driver_->frames(2);
    seen_ = observed(*driver_, home_);
  }

 private:
  const Screen& screen_;
  const fs::path& home_;
  std::unique_ptr<Driver> driver_;
  std::string seen_;
};

TEST(Mouse, EveryControlActsWhenItIsClickedAndOnlyThen) {
  const TemporaryFolder around;  // the folder above home is listed, too, and is ours alone
  const fs::path home = around / "home";
  fs::create_directory(home);
  const EnvironmentGuard files("HOME", home.string());
  const EnvironmentGuard models("XDG_DATA_HOME", home.string());
  std::set<std::string> seen, acted;
  for (const Screen& screen : kScreens) {
    SCOPED_TRACE(screen.name);
    Hand hand(screen, home);
    for (const auto& [name, box] : hand.places()) {
      SCOPED_TRACE(name);
      seen.insert(name);
      if (acted.contains(name)) continue;
      hand.move_to(box);
      EXPECT_FALSE(hand.changed()) << "it acts without being touched: " << hand.difference;
      const bool dragged = kDragged.contains(name);
      hand.press();
      if (dragged)
        hand.pull();
      else
        hand.leave();
      hand.release();
      if (hand.changed()) {
        if (dragged) acted.insert(name);
        EXPECT_TRUE(dragged) << "it acts although the button was let go elsewhere: "
                             << hand.difference;
        hand.begin_anew();
      }
      if (dragged) continue;
      hand.move_to(box);
      hand.changed();
      hand.press();
      hand.release();
      if (!hand.changed() && !hand.types()) continue;
      acted.insert(name);
      EXPECT_FALSE(kRead.contains(name)) << "it is a control by now";
      hand.begin_anew();
    }
  }
  for (const std::string& name : seen)
    EXPECT_TRUE(acted.contains(name) || kRead.contains(name)) << name << " does nothing";
}

}  // namespace
}  // namespace phaseloom
