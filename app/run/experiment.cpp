// SPDX-License-Identifier: MIT
#include "app/run/experiment.hpp"

#include <algorithm>
#include <cmath>
#include <new>
#include <utility>

#include "app/commands/experiment_verbs.hpp"
#include "app/document/assets.hpp"
#include "app/run/readout.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/cores.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr std::size_t kMaxMessages = 50;

int pool_size(const ExperimentOptions& options) {
  if (options.threads > 0) return options.threads;
  const int cores = usable_cores();
  return std::max(1, options.threaded ? cores - 1 : cores);  // the window wants one too
}

}  // namespace

Experiment::Experiment(const ExperimentOptions& options, bool compared)
    : pool_(pool_size(options)),
      loader_(options.loader ? options.loader : ModelLoader(load_named_model)),
      scene_(options.scene),
      scene_file_(options.scene_file),
      compare_(compared),
      twin_bytes_(options.history_bytes),
      touches_(std::make_shared<const Touches>()),
      history_(options.history_bytes),
      recording_(options.scene),
      messages_(std::make_shared<const std::vector<Message>>()) {}

void Experiment::start() {
  if (const auto problem = problem_of([&] { adopt(scene_, true, true); }))
    tell(Message::Level::error, fmt::format("no model: {}", *problem));
}

void Experiment::tell(Message::Level level, std::string text) {
  std::ranges::replace(text, '\n', ' ');
  text = legible(text);  // a file's name is bytes; the window and logs show UTF-8
  auto messages = *messages_;
  if (!messages.empty() && messages.back().text == text) messages.pop_back();  // said again
  messages.push_back({level, std::move(text), ++last_message_});
  if (messages.size() > kMaxMessages) messages.erase(messages.begin());
  messages_ = std::make_shared<const std::vector<Message>>(std::move(messages));
}

double Experiment::speed() const {
  if (scene_.speed > 0) return scene_.speed;
  return std::max(1, total_steps()) / kRunSeconds;
}

std::int64_t Experiment::hold_ticks() const { return std::llround(scene_.hold * speed()); }

Simulator& Experiment::running() {
  if (!simulator_) fail("no model is running; choose one first (set model NAME)");
  return *simulator_;
}

// --- the run -------------------------------------------------------------------------------------

void Experiment::moved() {
  pixels_.reset();
  previous_pixels_.reset();
  rates_.reset();
  order_parameter_ = -1;
}

void Experiment::restart_run() {
  simulator_->restart();
  apply_touches(*touches_, *simulator_);
  if (twin_) twin_->begin(simulator_->settings());
  ++starts_;
  auto state = std::make_shared<std::vector<float>>(std::size_t(model_->program.topology->units()) *
                                                    std::size_t(simulator_->lanes()));
  simulator_->read_state(*state);
  history_.clear();
  history_.push(0, std::move(state));
  pursuing_ = false;
  held_ = 0;
  goal_ = 0;
  diverged_ = false;
  if (std::exchange(divergence_stopped_play_, false)) scene_.playing = true;
  moved();
}

void Experiment::begin_run() {
  ++run_;
  touched_ = 0;
  if (!touches_->empty()) {
    const int first = touches_->front().step;
    touches_ = std::make_shared<const Touches>();
    if (twin_) twin_->touch(touches_, first);
  }
  restart_run();
}

void Experiment::restore(int step) {
  simulator_->restore(*history_.at(step), step);
  hold_again(*touches_, *simulator_);
  moved();
}

void Experiment::retouch(std::shared_ptr<const Touches> touches) {
  const int from = first_difference(*touches_, *touches);
  const int goal = simulator_->step();
  touches_ = std::move(touches);
  if (twin_) twin_->touch(touches_, from);
  if (from > goal) return history_.truncate_after(from - 1);
  diverged_ = false;
  held_ = 0;
  if (history_.has(from - 1)) {
    restore(from - 1);
    forward();
  } else {
    restart_run();
  }
  // Playing goes on from where it is another one; paused, the same place is shown again.
  goal_ = simulator_->step();
  if (!scene_.playing) pursue(goal, true);
}

void Experiment::next_round() {
  scene_.round = scene_.round < kMaxRound ? scene_.round + 1 : 0;
  simulator_->set_settings(settings_for(*model_, scene_));
  begin_run();
}

void Experiment::forward() {
  simulator_->advance(1);
  apply_touches(*touches_, *simulator_);
  ++steps_computed_;
  const int step = simulator_->step();
  auto state = std::make_shared<std::vector<float>>(history_.at(step - 1)->size());
  simulator_->read_state(*state);
  history_.truncate_after(step - 1);
  history_.push(step, std::move(state));
  moved();
  if (!simulator_->diverged()) return;
  diverged_ = true;
  tell(Message::Level::error,
       fmt::format("the run diverged at step {} of {}: a state is not finite; take more steps per "
                   "chunk, less noise, or a smaller noise width",
                   step, total_steps()));
}

void Experiment::play_tick() {
  recording_.tick();
  if (owed_ > 0) --owed_;
  if (!simulator_->finished()) {
    auto before = pixels_;
    forward();
    previous_pixels_ = std::move(before);
    if (diverged_) {
      scene_.playing = false;
      divergence_stopped_play_ = true;
    }
  } else if (held_ < hold_ticks()) {
    ++held_;
  } else if (scene_.new_noise_after_hold) {
    next_round();
  } else {
    scene_.playing = false;
  }
  goal_ = simulator_->step();
  if (!scene_.playing) owed_ = 0;
}

void Experiment::tick() {
  if (!simulator_) return;
  const auto problem = problem_of([&] {  // memory may be short for one more state
    if (pursuing_) {
      forward();
      if (diverged_ || simulator_->step() == goal_) arrive();
    } else if (scene_.playing && !twin_behind()) {
      play_tick();
    }
    if (twin_) twin_->approach(simulator_->step());
  });
  if (!problem) return;
  tell(Message::Level::error, fmt::format("the run cannot go on: {}", *problem));
  scene_.playing = pursuing_ = false;
  owed_ = 0;
  begin_run();
}

void Experiment::pursue(int goal, bool rerun) {
  goal_ = goal;
  rerun_ = rerun;
  announce_ = !rerun;
  pursuing_ = true;
  if (simulator_->step() == goal || diverged_) arrive();
}

void Experiment::arrive() {
  pursuing_ = false;
  // A replay comes to the place of a rerun by itself.
  if (announce_) recording_.add(command(verbs::seek, simulator_->step()));
}

std::unique_ptr<IdealTwin> Experiment::make_twin(const Model& model, const RunSettings& settings,
                                                 int lanes) {
  return std::make_unique<IdealTwin>(model.program, settings, lanes, pool_, twin_bytes_);
}

void Experiment::compare(bool wanted) {
  if (wanted && !twin_ && simulator_) {
    twin_ = make_twin(*model_, simulator_->settings(), simulator_->lanes());
    twin_->touch(touches_, 0);
  }
  if (!wanted) twin_.reset();
  compare_ = wanted;
}

void Experiment::interrupt() {
  owed_ = 0;
  if (!pursuing_) return;
  pursuing_ = false;
  goal_ = simulator_->step();
  recording_.add(command(verbs::seek, goal_));
}

void Experiment::go_to(std::int64_t step) {
  auto& simulator = running();
  if (step < 0 || step > simulator.total_steps())
    fail("seek: step {} is not in this run; it goes from 0 to {}", step, simulator.total_steps());
  const int goal = static_cast<int>(step);
  if (diverged_ && goal > simulator.step())
    fail("the run has diverged at step {}; restart, or change something", simulator.step());
  set_playing(false);
  if (goal < history_.first()) {
    restart_run();
  } else {
    const int nearest = std::min(goal, history_.last());
    if (nearest != simulator.step()) restore(nearest);
    diverged_ = simulator.diverged();
    if (!diverged_) divergence_stopped_play_ = false;
    held_ = 0;
  }
  pursue(goal, false);
}

void Experiment::set_playing(bool playing) {
  previous_pixels_.reset();  // the picture does not jump back when play goes on
  if (!playing) {
    divergence_stopped_play_ = false;
    scene_.playing = false;
    if (simulator_) goal_ = simulator_->step();
    return;
  }
  scene_.playing = true;
  if (!simulator_) return;
  if (diverged_) {
    begin_run();
  } else if (simulator_->finished()) {
    if (scene_.new_noise_after_hold)
      held_ = hold_ticks();
    else
      begin_run();
  }
}

// --- changes of the scene ------------------------------------------------------------------------

RunSettings Experiment::settings_for(const Model& model, const Scene& scene) const {
  RunSettings settings = settings_of(model.program);
  if (scene.integrator) settings.integrator = *scene.integrator;
  if (scene.steps_per_chunk > 0) settings.steps_per_chunk = scene.steps_per_chunk;
  if (scene.temperature >= 0) settings.temperature = scene.temperature;
  settings.seed = scene.seed;
  settings.first_sample = std::uint64_t(scene.round) * std::uint64_t(scene.lanes());
  settings.noise_width = scene.noise_width;
  if (scene.label && *scene.label < model.program.topology->labels()) settings.label = *scene.label;
  return settings;
}

std::shared_ptr<const Model> Experiment::load(const std::string& name) {
  struct Clear {
    std::string& text;
    ~Clear() { text.clear(); }
  } const clear{loading_};
  loading_ = name;
  if (on_long_work_) on_long_work_();
  return std::make_shared<const Model>(loader_(unescaped(name)));
}

void Experiment::change_to(const Scene& next, bool fresh_model, bool from_start) {
  const bool on_the_way = pursuing_;
  const int goal = goal_;
  if (on_the_way) {
    interrupt();
    goal_ = goal;
  }
  const auto go_on = [&] {
    if (on_the_way && !pursuing_ && !from_start && !scene_.playing) pursue(goal, false);
    announce_ |= on_the_way;  // a replay knows only of the step where we were interrupted
  };
  try {
    adopt(next, fresh_model, from_start);
  } catch (...) {
    go_on();
    throw;
  }
  go_on();
}

/// Goes over to another scene. Throws Error before anything has changed.
void Experiment::adopt(const Scene& next, bool fresh_model, bool from_start) {
  validate(next.hardware);
  const bool new_model = fresh_model || next.model != scene_.model;
  const int old_total = total_steps();
  const int old_goal = goal_;
  bool restart = from_start, other_run = from_start;

  if (new_model || (simulator_ && next.lanes() != scene_.lanes())) {
    auto model = new_model ? load(next.model) : model_;
    const RunSettings settings = settings_for(*model, next);
    auto simulator =
        std::make_unique<Simulator>(model->program, next.hardware, settings, next.lanes(), pool_);
    auto twin = compare_ ? make_twin(*model, settings, next.lanes()) : nullptr;
    simulator_ = std::move(simulator);  // before the model that the former ones refer to
    twin_ = std::move(twin);
    realised_.reset();
    model_ = std::move(model);
    if (new_model) network_ = cost_network(model_->program);
    restart = other_run = true;
  } else if (simulator_) {
    const RunSettings before = simulator_->settings();
    const RunSettings after = settings_for(*model_, next);
    const bool acts = next.hardware != scene_.hardware || after.integrator != before.integrator ||
                      after.temperature != before.temperature;
    const bool other_noise =
        after.seed != before.seed || after.first_sample != before.first_sample ||
        after.noise_width != before.noise_width || after.label != before.label ||
        after.steps_per_chunk != before.steps_per_chunk;
    // Another class, or a wider noise, is still the same sample.
    other_run |= after.seed != before.seed || after.first_sample != before.first_sample ||
                 after.steps_per_chunk != before.steps_per_chunk;
    if (next.hardware != scene_.hardware) {
      simulator_->set_hardware(next.hardware);
      realised_.reset();
    }
    if (acts || other_noise) simulator_->set_settings(after);
    restart |= other_noise || (acts && (!next.playing || simulator_->finished() || diverged_));
    if (acts && !restart) {
      history_.truncate_after(simulator_->step());
      rates_.reset();
      if (twin_) twin_->change(after, simulator_->step());
    }
  }

  scene_ = next;
  if (!simulator_ || !restart) return;
  other_run ? begin_run() : restart_run();
  if (scene_.playing || from_start) return;
  const bool was_at_end = old_total > 0 && old_goal == old_total;
  const int goal = was_at_end ? total_steps() : old_total == total_steps() ? old_goal : 0;
  pursue(goal, true);
}

}  // namespace phaseloom
