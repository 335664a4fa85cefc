// SPDX-License-Identifier: MIT
// What each command does to the experiment, and what a snapshot says about it.

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/commands/experiment_verbs.hpp"
#include "app/commands/handlers.hpp"
#include "app/commands/playground_edits.hpp"
#include "app/commands/share_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/document/share_files.hpp"
#include "app/document/ui_state.hpp"
#include "app/run/experiment.hpp"
#include "app/run/readout.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

void Experiment::apply(const Command& command) {
  const auto problem = problem_of([&] { perform(command); },
                                  print(command) + ": not enough memory; use a smaller wall");
  if (problem) tell(Message::Level::error, *problem);
}

void Experiment::perform(const Command& command) {
  // Recorded by what they come to: changes, and steps reached.
  static constexpr Handler<Experiment> kRecordedByThemselves[] = {
      {verbs::set, [](Experiment& e, const Command& c) { e.apply_set(c); }},
      {verbs::undo, [](Experiment& e, const Command&) { e.apply_undo(false); }},
      {verbs::redo, [](Experiment& e, const Command&) { e.apply_undo(true); }},
      {verbs::touch, [](Experiment& e, const Command& c) { e.apply_touch(c); }},
      {verbs::load_scene, [](Experiment& e, const Command& c) { e.open(c); }},
      {verbs::scene_open, [](Experiment& e, const Command& c) { e.open(c); }},
      {verbs::step, [](Experiment& e, const Command& c) { e.go_by(c.integer(0, 1)); }},
      {verbs::back, [](Experiment& e, const Command& c) { e.go_by(-c.integer(0, 1)); }},
      {verbs::seek,
       [](Experiment& e, const Command& c) {
         e.interrupt();
         e.go_to(c.integer(0));
       }},
      {verbs::run,
       [](Experiment& e, const Command&) {
         e.interrupt();
         e.go_to(e.running().total_steps());
       }},
      {verbs::advance,
       [](Experiment& e, const Command& c) {
         e.interrupt();
         e.owed_ = e.playing() ? c.integer(0) : 0;  // recorded tick by tick
       }},
      // Files are no part of what is replayed.
      {verbs::save_scene,
       [](Experiment& e, const Command& c) {
         save_scene(c.file(0), e.scene_);
         e.scene_file_ = c.text(0);
         e.tell_written(c);
       }},
      {verbs::save_script,
       [](Experiment& e, const Command& c) {
         write_file_atomically(c.file(0), e.record());
         e.tell_written(c);
       }},
      {verbs::export_wall,
       [](Experiment& e, const Command& c) {
         e.running();
         export_wall(e.snapshot(false), c.file(0));
         e.tell_written(c);
       }},
      {verbs::export_states,
       [](Experiment& e, const Command& c) {
         e.running();
         export_states(e.snapshot(false), c.file(0));
         e.tell_written(c);
       }},
  };
  static constexpr Handler<Experiment> kRecordedAsTheyAre[] = {
      {verbs::play,
       [](Experiment& e, const Command&) {
         e.interrupt();
         e.set_playing(true);
       }},
      {verbs::pause,
       [](Experiment& e, const Command&) {
         if (!e.rerunning()) e.interrupt();
         e.set_playing(false);
       }},
      {verbs::toggle,
       [](Experiment& e, const Command&) {
         e.interrupt();
         e.set_playing(!e.scene_.playing);
       }},
      {verbs::restart,
       [](Experiment& e, const Command&) {
         e.interrupt();
         if (e.simulator_) e.begin_run();
       }},
      {verbs::new_noise,
       [](Experiment& e, const Command&) {
         e.interrupt();
         if (e.simulator_) e.next_round();
       }},
      {verbs::gesture,
       [](Experiment& e, const Command& c) {
         if (c.text(0) == "begin") return e.undo_.begin_gesture();
         c.text(0) == "again" ? e.undo_.resume_gesture() : e.undo_.end_gesture();
       }},
      {verbs::compare,
       [](Experiment& e, const Command& c) {
         e.compare(static_cast<Compare>(c.choice(0)) != Compare::off);
       }},
  };
  if (handle<Experiment>(kRecordedByThemselves, *this, command)) return;
  if (apply_edit(command)) return;
  if (!handle<Experiment>(kRecordedAsTheyAre, *this, command) && command.verb->scope != Scope::ui)
    fail("{}: the experiment cannot do this", command.verb->name);
  recording_.add(command);  // of the view: nothing but recorded
}

void Experiment::go_by(std::int64_t steps) {
  interrupt();
  go_to(std::clamp(running().step() + steps, std::int64_t{0}, std::int64_t{total_steps()}));
}

void Experiment::tell_written(const Command& command) {
  tell(Message::Level::info, fmt::format("{}: written", command.text(0)));
}

void Experiment::apply_set(const Command& command) {
  const auto& field = scene_field(command.text(0));
  if (field.name == "playing")
    return perform({command.text(1) == "true" ? verbs::play : verbs::pause, {}});
  Scene next = scene_;
  field.assign(field, next, command.text(1));
  if (field.name == "train.substrate") follow_substrate(next.train, scene_.train.substrate);
  const bool fresh_model = field.name == "model" && !simulator_;
  if (next == scene_ && !fresh_model) return;
  if (next.seed != scene_.seed) next.round = 0;
  const Scene before = scene_;
  change_to(next, fresh_model, false);
  if (field.undoable && !(next == before)) {
    constexpr std::size_t kLongest = 60;  // of what is worth reading
    const std::string value = field.print(next);
    undo_.add(before, next,
              value.size() > kLongest ? std::string(field.label)
                                      : fmt::format("{} {}", field.label, value));
  }
  recording_.add(command);
  if (field.name == "label" && model_ && next.label &&
      *next.label >= model_->program.topology->labels())
    tell(Message::Level::warning,
         fmt::format("label {}: {} knows no such class; it counts for models that do", *next.label,
                     model_->name));
}

bool Experiment::apply_edit(const Command& command) {
  Scene next = scene_;
  if (!edit_playground(next, command)) return false;
  if (next == scene_) return true;
  const Scene before = scene_;
  change_to(next, false, false);
  undo_.add(before, next, playground_edit_label(command));
  recording_.add(command);
  return true;
}

void Experiment::apply_undo(bool redo) {
  if (redo ? !undo_.can_redo() : !undo_.can_undo())
    return tell(Message::Level::info, redo ? "nothing to redo" : "nothing to undo");
  if (undo_.forget_strokes(redo, run_)) {
    recording_.add({redo ? verbs::redo : verbs::undo, {}});
    const std::string next = redo ? undo_.redo_label() : undo_.undo_label();
    const std::string_view what = redo ? "what was taken back" : "what was touched";
    return tell(Message::Level::info, next.empty()
                                          ? fmt::format("{} went with its run", what)
                                          : fmt::format("{} went with its run; {} again: {}", what,
                                                        redo ? "redo" : "undo", next));
  }
  if (redo ? !undo_.redo_stroke().touches.empty() : !undo_.undo_stroke().touches.empty()) {
    interrupt();
    auto touches = std::make_shared<Touches>(*touches_);
    if (redo) {
      for (const Touch& touch : undo_.redo_stroke().touches) insert_touch(*touches, touch);
      undo_.take_redo();
    } else {
      const Touches& gone = undo_.undo_stroke().touches;
      std::erase_if(*touches, [&](const Touch& touch) {
        return std::ranges::find(gone, touch) != gone.end();
      });
      undo_.take_undo();
    }
    retouch(std::move(touches));
    return recording_.add({redo ? verbs::redo : verbs::undo, {}});
  }
  Scene next = keep_playback(redo ? undo_.redo_scene() : undo_.undo_scene(), scene_);
  if (next.seed != scene_.seed) next.round = 0;
  change_to(next, false, false);
  if (redo)
    undo_.take_redo();
  else
    undo_.take_undo();
  recording_.add({redo ? verbs::redo : verbs::undo, {}});
}

void Experiment::apply_touch(const Command& command) {
  interrupt();
  const Simulator& simulator = running();
  const Grid grid = model_->program.layers();
  if (diverged_)
    fail("touch: the run has diverged at step {}; restart, or change something", simulator.step());
  if (touches_->size() >= kMaxTouches)
    fail("touch: {} touches are as many as a run takes; restart", touches_->size());
  const auto upto = [&](std::size_t i, const char* what, int count) {
    const auto value = command.integer(i);
    if (value >= count)
      fail("touch: {} {} is not on this wall; the last one is {}", what, value, count - 1);
    return static_cast<int>(value);
  };
  Touch touch;
  touch.kind = named<Touch::Kind>(command.text(0));
  touch.lane = upto(1, "sample", simulator.lanes());
  touch.row = upto(2, "row", grid.height);
  touch.column = upto(3, "column", grid.width);
  touch.radius = command.real(4);
  touch.value = command.real(5, 1);
  touch.layer = command.arguments.size() > 6 ? upto(6, "layer", grid.layers) : 0;
  touch.step = simulator.step();
  touch.number = touched_++;
  auto touches = std::make_shared<Touches>(*touches_);
  insert_touch(*touches, touch);
  touches_ = std::move(touches);
  apply_touches(*touches_, *simulator_);
  auto state = std::make_shared<std::vector<float>>(history_.at(touch.step)->size());
  simulator_->read_state(*state);
  history_.truncate_after(touch.step - 1);
  history_.push(touch.step, std::move(state));
  moved();
  if (twin_) twin_->touch(touches_, touch.step);
  constexpr std::array kLabels{"Stir", "Erase", "Hold"};
  undo_.add_touch(
      scene_, run_, touch,
      fmt::format("{} sample {}", kLabels[static_cast<std::size_t>(touch.kind)],
                  simulator.settings().first_sample + static_cast<std::uint64_t>(touch.lane)));
  recording_.add(command);
}

void Experiment::open(const Command& command) {
  const bool is_line = command.verb == verbs::scene_open;
  const SharedScene shared = is_line ? open_share_text(command.text(0), kSharedText)
                                     : SharedScene{load_scene(command.file(0)), {}};
  const Scene& next = shared.scene;
  const Scene before = scene_;
  change_to(next, !simulator_, true);
  const std::string name =
      is_line ? std::string(kSharedText) : legible(command.file(0).filename().string());
  if (!(keep_playback(before, next) == next)) undo_.add(before, next, fmt::format("Open {}", name));
  scene_file_ = is_line ? std::string() : command.text(0);
  recording_.add(command);
  if (!shared.missing.empty()) tell(Message::Level::warning, shared.missing);
}

Snapshot Experiment::snapshot(bool with_rates) {
  Snapshot s;
  s.scene = scene_;
  s.scene_file = scene_file_;
  s.loading = loading_;
  s.undo_label = undo_.undo_label();
  s.redo_label = undo_.redo_label();
  s.messages = messages_;
  if (!simulator_) return s;

  const auto& program = model_->program;
  s.model = model_;
  s.network = network_;
  s.start = starts_;
  s.step = simulator_->step();
  s.total_steps = total_steps();
  s.chunk = simulator_->chunk();
  s.chunks = program.chunks();
  s.settings = simulator_->settings();
  s.time = simulator_->time();
  s.duration = program.duration();
  s.speed = speed();
  s.playing = scene_.playing;
  s.holding = scene_.playing && simulator_->finished();
  const auto hold = hold_ticks();
  s.hold_fraction = s.holding && hold > 0 ? double(held_) / double(hold) : 0;
  s.busy = busy();
  s.diverged = diverged_;
  s.history_first = history_.first();
  s.history_last = history_.last();

  const auto& topology = *program.topology;
  s.lanes = simulator_->lanes();
  s.grid = program.layers();
  s.picture = program.picture();
  s.units = topology.units();
  s.visible = topology.visible();
  s.is_phase = info(program.substrate).is_phase;
  s.touches = touches_;
  s.state = history_.at(s.step);
  if (!pixels_) {
    auto pixels =
        std::make_shared<std::vector<float>>(std::size_t(s.lanes) * std::size_t(s.visible));
    simulator_->read_pixels(*pixels);
    pixels_ = std::move(pixels);
  }
  if (with_rates && !rates_) {
    auto rates = std::make_shared<std::vector<float>>(s.state->size());
    simulator_->read_rate(*rates);
    rates_ = std::move(rates);
  }
  if (s.is_phase && order_parameter_ < 0) {
    // Label oscillators are held; they have no part in the order.
    const auto free = std::size_t(topology.first_label()) * std::size_t(s.lanes);
    order_parameter_ = order_parameter(std::span(*s.state).first(free), s.lanes);
  }
  if (!realised_)
    realised_ = scene_.hardware.ideal() ? std::shared_ptr<const Program>(model_, &model_->program)
                                        : std::make_shared<const Program>(simulator_->realised());
  s.realised = realised_;
  s.pixels = pixels_;
  if (s.playing && previous_pixels_) {
    s.previous_pixels = previous_pixels_;
    if (history_.has(s.step - 1)) s.previous_state = history_.at(s.step - 1);
  }
  if (with_rates) s.rates = rates_;
  if (twin_ && !twin_behind()) {
    s.ideal = twin_->look(with_rates, s.previous_pixels != nullptr);
    s.ideal_rms = rms_difference(*s.pixels, *s.ideal.pixels);
  }
  s.order_parameter = s.is_phase ? order_parameter_ : 0;
  return s;
}

}  // namespace phaseloom
