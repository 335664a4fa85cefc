#include "app/ui/ui_cost.hpp"

#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <vector>

#include "app/render/gl.hpp"
#include "app/render/surface.hpp"
#include "app/session/session.hpp"
#include "app/ui/laboratory.hpp"

namespace phaseloom {
namespace {

/// Processor time of this thread: what other programs do meanwhile is not our cost, and neither is
/// what the software rasteriser does on its own threads.
double thread_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

double wall_ms() {
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

Model busy_model() {
  const auto topology = Topology::local({28, 28, 2}, 3);
  Model model{make_program(substrate_named("kuramoto_shil"), topology, 8, 1.0, 0.05, 1), "bench",
              "{}"};
  model.program.steps_per_chunk = 64;
  return model;
}

}  // namespace

UiCost measure_ui_cost(int frames) {
  constexpr int kWarmUp = 10;
  SessionOptions options;
  options.threaded = false;
  options.scene.model = "bench";
  options.scene.playing = false;
  options.loader = [](const std::string&) { return busy_model(); };
  Session session(std::move(options));
  session.post(Verb::pin, 27);
  session.post(Verb::pick, 14 * 28 + 14);

  const auto surface = make_offscreen_surface({1600, 1000}, 1);
  Laboratory laboratory(*surface);
  std::vector<double> ui, build, submit, whole;
  for (int frame = -kWarmUp; frame < frames; ++frame) {
    session.post(session.snapshot()->finished() ? Verb::new_noise : Verb::step);
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
    if (frame < 0) continue;
    build.push_back(built - start);
    submit.push_back(submitted - built);
    ui.push_back(submitted - start);
    whole.push_back(wall_ms() - start_wall);
  }
  if (ui.empty()) return {};
  return {median(ui),    *std::ranges::max_element(ui), median(build), median(submit),
          median(whole), static_cast<int>(ui.size())};
}

}  // namespace phaseloom
