// SPDX-License-Identifier: MIT
#include "app/ui/frame/frame_bench.hpp"

#include <imgui.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>
#include <vector>

#include "app/commands/training_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/render/gl.hpp"
#include "app/render/surface.hpp"
#include "app/session/session.hpp"
#include "app/ui/frame/bench_scenes.hpp"
#include "app/ui/frame/laboratory.hpp"
#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Of this process, in megabytes.
double resident() {
  std::ifstream file("/proc/self/statm");
  double size = 0, pages = 0;
  file >> size >> pages;
  return 1e-6 * pages * static_cast<double>(sysconf(_SC_PAGESIZE));
}

}  // namespace

FrameBench measure_frames(int frames, BenchScreen scene) {
  constexpr int kWarmUp = 10;
  SessionOptions options;
  options.threaded = false;
  options.scene.model = "bench";
  options.scene.playing = false;
  options.loader = bench_model;
  Session session(std::move(options));
  show_screen(session, scene);

  const auto surface = make_offscreen_surface({1600, 1000}, 1);
  Laboratory laboratory(*surface);
  std::vector<double> ui, build, submit, whole;
  for (auto* times : {&ui, &build, &submit, &whole})
    times->reserve(static_cast<std::size_t>(frames));
  FrameBench cost;
  for (int frame = -kWarmUp; frame < frames; ++frame) {
    go_on(session, scene);
    laboratory.activate();
    ImGui::GetIO().MousePos = {static_cast<float>(500 + frame % 300), 400};
    surface->begin_frame();
    const double start_wall = wall_ms(), start = thread_ms();
    laboratory.build(session, 1.0 / 60);
    const double built = thread_ms();
    laboratory.submit();
    const double submitted = thread_ms();
    surface->end_frame();
    glFinish();
    if (frame == 0) cost.resident_start = resident();
    if (frame == frames / 10) cost.resident_tenth = resident();
    if (frame < 0) continue;
    build.push_back(built - start);
    submit.push_back(submitted - built);
    ui.push_back(submitted - start);
    whole.push_back(wall_ms() - start_wall);
  }
  if (ui.empty()) return {};
  cost.ui_ms_worst = *std::ranges::max_element(ui);
  cost.ui_ms_median = median(ui);
  cost.build_ms_median = median(build);
  cost.submit_ms_median = median(submit);
  cost.frame_ms_median = median(whole);
  cost.frames = static_cast<int>(ui.size());
  cost.resident_end = resident();
  return cost;
}

namespace {

struct Drawn {
  std::vector<double> ui_ms, between_ms;
  double per_second = 0;
};

/// Draws for a while as the window does.
Drawn draw_for(double seconds, Session& session, Surface& surface, Laboratory& laboratory) {
  Drawn drawn;
  const double begin = wall_ms();
  double last = begin;
  while (last - begin < 1000 * seconds) {
    const double left = 1e3 * frame_interval(session) - (wall_ms() - last);
    if (left > 1) std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(left));
    const double now = wall_ms();
    surface.begin_frame();
    const double start = thread_ms();
    laboratory.frame(session, (now - last) / 1000);
    drawn.ui_ms.push_back(thread_ms() - start);
    surface.end_frame();
    glFinish();
    drawn.between_ms.push_back(now - last);
    last = now;
  }
  drawn.per_second = 1000 * static_cast<double>(drawn.ui_ms.size()) / (wall_ms() - begin);
  return drawn;
}

/// Iterations of the training per second while `action` goes on.
template <class Action>
double iterations_during(Session& session, const Action& action) {
  session.update();
  const auto first = session.training()->iteration;
  const double begin = wall_ms();
  action();
  session.update();
  return 1000 * static_cast<double>(session.training()->iteration - first) / (wall_ms() - begin);
}

}  // namespace

UiTrainingCost measure_ui_training_cost(double seconds) {
  SessionOptions options;
  options.scene.model = "bench";
  options.scene.train.minutes = 1000;
  options.loader = bench_model;
  options.training.images = noise_pictures;
  const auto surface = make_offscreen_surface({1600, 1000}, 1);
  Laboratory laboratory(*surface);
  Session session(std::move(options));
  if (!session.settle(60)) fail("bench ui: the session did not begin within a minute");
  const auto wait = [](double s) { std::this_thread::sleep_for(std::chrono::duration<double>(s)); };

  UiTrainingCost cost;
  draw_for(1, session, *surface, laboratory);  // shaders, fonts
  cost.frames_per_second_alone = draw_for(seconds, session, *surface, laboratory).per_second;
  session.post(verbs::workspace, "train");  // the run on the wall stands still
  session.post(verbs::train_start);
  for (int i = 0; i < 600 && session.training()->iteration == 0; ++i) {
    wait(0.1);
    session.update();
  }
  if (session.training()->iteration == 0)
    fail("bench ui: the training did not begin within a minute: {}", session.training()->reason);
  cost.iterations_per_second_alone = iterations_during(session, [&] { wait(seconds); });
  session.post(verbs::workspace, "generate");
  Drawn drawn;
  cost.iterations_per_second =
      iterations_during(session, [&] { drawn = draw_for(seconds, session, *surface, laboratory); });
  cost.frames_per_second = drawn.per_second;
  cost.ui_ms_median = median(drawn.ui_ms);
  cost.ui_ms_worst = *std::ranges::max_element(drawn.ui_ms);
  cost.frame_ms_worst = *std::ranges::max_element(drawn.between_ms);
  return cost;
}

}  // namespace phaseloom
