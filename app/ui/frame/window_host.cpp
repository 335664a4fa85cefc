// SPDX-License-Identifier: MIT
#include "app/ui/frame/window_host.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/document/assets.hpp"
#include "app/jobs/training_place.hpp"
#include "app/render/surface.hpp"
#include "app/session/remembered.hpp"
#include "app/session/session.hpp"
#include "app/ui/frame/laboratory.hpp"
#include "app/ui/frame/lost_display.hpp"
#include "app/ui/frame/open_dialog.hpp"
#include "app/ui/frame/window_input.hpp"
#include "app/ui/frame/window_place.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"

namespace phaseloom {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Draws at regular intervals, and few frames while nothing moves.
class Pace {
 public:
  void something_happened() { last_event_ = Clock::now(); }
  void wait(double interval) {
    constexpr double kIdleAfter = 1.0, kIdleFrame = 0.1;
    if (seconds_since(last_event_) > kIdleAfter) {
      glfwWaitEventsTimeout(kIdleFrame);
    } else {
      const double left = interval - seconds_since(frame_);
      if (left > 0.001) std::this_thread::sleep_for(std::chrono::duration<double>(left));
      glfwPollEvents();
    }
    frame_ = Clock::now();
  }

 private:
  Clock::time_point last_event_ = Clock::now(), frame_ = Clock::now();
};

/// What the next start finds again. It is written at the end, and whenever hands rest after they
/// did something: an end without a warning costs little then.
class Memory {
 public:
  explicit Memory(std::filesystem::path ui_file) : ui_file_(std::move(ui_file)) {}

  /// After each frame; `used`: hands did something since the frame before.
  void note(const Session& session, bool used) {
    constexpr double kRest = 2;  // seconds
    if (used) last_use_ = Clock::now();
    changed_ |= used;
    if (changed_ && seconds_since(last_use_) > kRest) write(session);
  }
  void write(const Session& session) {
    changed_ = false;
    try {
      save_ui_state(ui_file_, session.ui());
      save_remembered(remembered_file(), session.remembered());
    } catch (const Error& error) {
      // Nothing of the experiment is lost; said once.
      if (!std::exchange(failed_, true)) std::fprintf(stderr, "phaseloom: %s\n", error.what());
    }
  }

 private:
  std::filesystem::path ui_file_;
  bool changed_ = false, failed_ = false;
  Clock::time_point last_use_ = Clock::now();
};

/// A running mean that follows within some ten frames.
void follow(double& mean, double value) { mean = mean == 0 ? value : mean + 0.1 * (value - mean); }

}  // namespace

int run_laboratory(const std::vector<std::string>& files) {
  // A signal ends it as Ctrl+Q does: a training leaves its checkpoint, the window what it looks
  // like.
  const InterruptScope interrupt;
  std::string problem;
  SessionOptions options;
  const auto state_path = ui_state_path();
  std::error_code ignored;
  const bool first_start = !std::filesystem::exists(state_path, ignored);
  options.ui = load_ui_state(state_path, problem);
  std::string lost;
  const auto saved = take_saved_scene(lost);
  if (saved) options.scene = *saved;
  const TrainingPlace place = find_training_place(user_state_folder());
  options.training.checkpoint = place.checkpoint;
  options.results = {.shipped = shipped_results_file(), .file = user_results_file(), .threads = 0};

  // What was there last time; a window beside another one has nothing of it and keeps nothing.
  const bool keeps = place.other.empty();
  if (!keeps) {  // nor does it hide the other one
    options.ui.place.reset();
    options.ui.window = WindowMode::normal;
  }
  std::string forgotten;
  if (auto last = keeps ? load_remembered(remembered_file(), forgotten) : std::nullopt) {
    options.trail = std::move(last->trail);
    options.transport = std::move(last->transport);
    options.ui.flow.time = last->flow_time;
    options.ui.flow.playing = last->flow_playing;
    // What was asked for on the command line, and a scene that was rescued, count more.
    if (files.empty() && !saved) {
      options.scene = std::move(last->scene);
      options.scene_file = std::move(last->scene_file);
    }
  }

  const auto surface = make_window_surface({.title = "Phaseloom",
                                            .extent = {options.ui.width, options.ui.height},
                                            .grows_with_monitor = first_start,
                                            .place = options.ui.place,
                                            .maximized = options.ui.window == WindowMode::maximized,
                                            .content_scale = static_cast<float>(options.ui.scale)});
  GLFWwindow* window = surface->window();
  Laboratory laboratory(*surface);
  laboratory.transient().may_write = true;
  WindowInput input(window, laboratory);
  WindowPlace window_place(window, options.ui);
  Session session(std::move(options));
  survive_lost_display(&session);
  const SceneRescue rescue(session);
  for (const std::string& words : {problem, lost, forgotten})
    if (!words.empty()) session.tell(Message::Level::warning, words);
  if (state_path.empty() || user_state_folder().empty() || user_models_folder().empty())
    session.tell(Message::Level::warning,
                 "No home folder is known (HOME is not set): this window, its trainings and their "
                 "networks are not remembered");
  if (!place.other.empty())
    session.tell(
        Message::Level::warning,
        fmt::format("Another window is open: {}. Nothing of this one is remembered for the next "
                    "start; its trainings are kept apart, in {}",
                    place.other, place.checkpoint.parent_path().string()));
  if (saved)
    session.tell(Message::Level::info, "The window was lost last time: here is the scene again");
  for (const std::string& file : files) open_and_remember(session, laboratory.transient(), file);
  if (!laboratory.fonts_found())
    session.tell(Message::Level::info,
                 "Inter and DejaVu are not installed: plain letters instead of theirs");

  Pace pace;
  Memory memory(state_path);
  auto last_frame = Clock::now();
  std::uint64_t last_activity = 0;
  while (!laboratory.transient().quit && !interrupt.interrupted()) {
    pace.wait(frame_interval(session));
    if (glfwWindowShouldClose(window)) {
      glfwSetWindowShouldClose(window, GLFW_FALSE);
      laboratory.transient().wants_quit = true;
    }
    for (const std::string& path : input.take_dropped())
      open_and_remember(session, laboratory.transient(), path);
    const auto start = Clock::now();
    const double seconds =
        std::min(std::chrono::duration<double>(start - last_frame).count(), 0.25);
    last_frame = start;

    surface->begin_frame();
    laboratory.activate();
    laboratory.frame(session, seconds);
    follow(laboratory.times().ui_ms, 1e3 * seconds_since(start));
    follow(laboratory.times().frame_ms, 1e3 * seconds);
    surface->end_frame();

    input.show_pointer();
    const bool held = laboratory.input().holds() || !laboratory.input().empty();
    const bool moving = laboratory.transient().moving || session.activity() != last_activity;
    const bool used = input.take_activity() || held;
    if (used || moving) pace.something_happened();
    last_activity = session.activity();
    if (std::exchange(laboratory.transient().toggle_fullscreen, false))
      window_place.toggle_full_screen();
    window_place.note(session.ui());
    if (keeps) memory.note(session, used);
  }
  if (interrupt.interrupted()) rescue.save();
  survive_lost_display(nullptr);
  if (keeps) memory.write(session);
  return 0;
}

}  // namespace phaseloom
