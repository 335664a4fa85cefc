// SPDX-License-Identifier: MIT
#include "app/ui/frame/frame_bench.hpp"

#include <imgui.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <functional>
#include <thread>
#include <vector>

#include "app/commands/experiment_verbs.hpp"
#include "app/commands/training_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/document/share_text.hpp"
#include "app/render/gl.hpp"
#include "app/render/surface.hpp"
#include "app/session/session.hpp"
#include "app/ui/frame/laboratory.hpp"
#include "engine/support/error.hpp"
#include "engine/support/random.hpp"
#include "engine/thermo/machine.hpp"

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

/// A thermodynamic computer of the usual size that takes few steps: frames show as much of it.
Model warm_model() {
  ThermoSetup setup;
  setup.dt = 0.05;
  auto parameters = make_thermo_parameters<float>(setup);
  RandomSequence random(1, Stream::weight_init);
  for (int i = 0; i < setup.visible(); ++i)
    for (int h = 0; h < setup.hidden; ++h)
      parameters.coupling(i, h) = static_cast<float>(0.01 * random.normal());
  return {thermo_program(setup, parameters), "warm", "{}"};
}

Model bench_model(const std::string& name) {
  return name == ThermoExperiment().model ? warm_model() : busy_model();
}

void show_network(Session& session, bool all_panels) {
  session.post(verbs::pin, 27);
  session.post(verbs::pick, 14 * 28 + 14);
  if (!all_panels) return;
  for (const auto part : names_of<Section>()) session.post(verbs::section, part, "open");
  session.set("hardware.bits", 4);
  session.post(verbs::compare, "difference");
  session.post(verbs::curve, "pair");
}

void show_thermo(Session& session) {
  for (const char* line : {"set thermo.wall 8", "set thermo.samples 64", "workspace thermo",
                           "heat.pick 400", "heat.play"})
    session.post(line);
}

void show_hardware(Session& session) {
  for (const SceneField& field : scene_fields())
    if (field.kind == SceneField::Kind::own) session.set(field.name, 1);
  for (const char* line : {"workspace hardware", "set cost.hold weight_stationary"})
    session.post(line);
}

void show_transport(Session& session) {
  for (const char* line :
       {"workspace transport", "set transport.points 5000", "set transport.iterations 20",
        "transport.start", "transport.advance 19", "flow.show field on", "flow.show tracers on",
        "flow.show density on", "flow.probe 0.1 0.1", "flow.play"})
    session.post(line);
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
  if (scene == BenchScreen::transport)
    show_transport(session);
  else if (scene == BenchScreen::thermo)
    show_thermo(session);
  else if (scene == BenchScreen::hardware)
    show_hardware(session);
  else
    show_network(session, scene == BenchScreen::all_panels);

  const auto surface = make_offscreen_surface({1600, 1000}, 1);
  Laboratory laboratory(*surface);
  std::vector<double> ui, build, submit, whole;
  for (auto* times : {&ui, &build, &submit, &whole})
    times->reserve(static_cast<std::size_t>(frames));
  FrameBench cost;
  for (int frame = -kWarmUp; frame < frames; ++frame) {
    if (scene == BenchScreen::generate || scene == BenchScreen::all_panels)
      session.post(session.snapshot()->finished() ? verbs::new_noise : verbs::step);
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

ImageSet noise_pictures(const std::string& name, Split) {
  ImageSet set;
  set.name = name;
  set.width = set.height = 28;
  constexpr int kCount = 256;
  RandomSequence random(1, Stream::batch);
  set.pixels.resize(std::size_t{kCount} * 28 * 28);
  for (auto& p : set.pixels) p = static_cast<std::uint8_t>(random.below(256));
  set.labels.assign(kCount, 0);
  return set;
}

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

/// Each command that is not a script's alone, at least once; files in `folder`.
std::vector<std::string> all_commands(const std::filesystem::path& folder) {
  std::vector<std::string> lines{"set steps_per_chunk 8",
                                 "set hardware.bits 3",
                                 "set hardware.density 0.5",
                                 "set hardware.mismatch 0.1",
                                 "set hardware.weight_noise 0.1",
                                 "undo",
                                 "redo",
                                 "gesture begin",
                                 "gesture end",
                                 "play",
                                 "pause",
                                 "toggle",
                                 "toggle",
                                 "step",
                                 "back",
                                 "seek 40",
                                 "run",
                                 "restart",
                                 "new_noise",
                                 "advance 3",
                                 "compare side",
                                 "compare split",
                                 "divider 0.3",
                                 "compare difference",
                                 "seek 60",
                                 "set seed 2",
                                 "set wall 16",
                                 "compare off",
                                 "set wall 8",
                                 "set integrator rk4",
                                 "set steps_per_chunk 10",
                                 "set model other",
                                 "view phase",
                                 "view rate 1",
                                 "view intensity",
                                 "pin 3",
                                 "pick 400",
                                 "curve portrait",
                                 "curve pair",
                                 "partner 401",
                                 "trail 0.2",
                                 "stage curve",
                                 "stage wall",
                                 "tool erase",
                                 "brush 3",
                                 "tone 0.5",
                                 "touch erase 0 14 14 3",
                                 "zoom 2",
                                 "zoom 1",
                                 "unpick",
                                 "unpin",
                                 "theme light",
                                 "theme dark",
                                 "scale 1.5",
                                 "scale 1",
                                 "size 1600 1000",
                                 "splitter left 250",
                                 "measure",
                                 "as_trained",
                                 "trail.go 1",
                                 "trail.repeat 1",
                                 "trail.show on",
                                 "trail.show off",
                                 "trail.clear",
                                 "export.cancel",
                                 "section cost open",
                                 "section cost by_room",
                                 "workspace train",
                                 "train.start",
                                 "train.pause",
                                 "train.resume",
                                 "train.advance 1",
                                 "train.stop",
                                 "train.go_on",
                                 "train.stop",
                                 "workspace transport",
                                 "set transport.pair D2",
                                 "set transport.points 5000",
                                 "flow.time 0.5",
                                 "flow.show field on",
                                 "flow.show density on",
                                 "flow.show tracers on",
                                 "transport.row",
                                 "transport.stop",
                                 "transport.start",
                                 "transport.pause",
                                 "transport.resume",
                                 "transport.advance 1",
                                 "transport.stop",
                                 "flow.probe 0.1 0.1",
                                 "flow.play",
                                 "flow.pause",
                                 "flow.unprobe",
                                 "flow.show results on",
                                 "transport.grid pair",
                                 "transport.grid_advance 1",
                                 "transport.grid_stop",
                                 "transport.show",
                                 "flow.show results off",
                                 "set thermo.samples 8",
                                 "set thermo.digits 0",
                                 "workspace thermo",
                                 "thermo.train",
                                 "thermo.pause",
                                 "thermo.resume",
                                 "thermo.advance 1",
                                 "thermo.stop",
                                 "heat.source model",
                                 "heat.time 0.5",
                                 "heat.show force",
                                 "heat.prototype 1",
                                 "heat.sample 1",
                                 "heat.pick 100",
                                 "heat.play",
                                 "heat.pause",
                                 "heat.unpick",
                                 "workspace learn",
                                 "playground.preset own",
                                 "playground.add 0.5 0.5",
                                 "playground.couple 0 6",
                                 "playground.tune 0 1",
                                 "playground.move 0 0.1 0.1",
                                 "playground.delete 1",
                                 "playground.step 2",
                                 "playground.back",
                                 "playground.play",
                                 "playground.pause",
                                 "playground.turn 0 1",
                                 "playground.disturb 0.5",
                                 "playground.restart",
                                 "playground.tool couple",
                                 "playground.pick 0",
                                 "playground.unpick",
                                 "lesson.language en",
                                 "lesson.open two-clocks",
                                 "lesson.next",
                                 "lesson.back",
                                 "lesson.step 2",
                                 "lesson.close",
                                 "set field.size 128",
                                 "playground.pixel 300",
                                 "playground.preset field",
                                 "field.step 2",
                                 "field.brush scatter 9",
                                 "field.disturb vortex 20 20 9",
                                 "field.play",
                                 "field.pause",
                                 "field.restart",
                                 "workspace hardware",
                                 "set cost.e_osc 12",
                                 "set cost.hold state_stationary",
                                 "cost.reset",
                                 "set chips.devices 2",
                                 "set chips.samples 100",
                                 "hardware.show chips",
                                 "chips.start",
                                 "chips.pause",
                                 "chips.resume",
                                 "chips.advance 1",
                                 "chips.mismatch 1",
                                 "chips.show 1",
                                 "set chips.limit 0.2",
                                 "chips.stop",
                                 "set circuit.tile 2",
                                 "hardware.show circuit",
                                 "circuit.start",
                                 "circuit.advance 1",
                                 "circuit.stop",
                                 "set sweep.models mnist-shil",
                                 "set sweep.bits 4 3",
                                 "set sweep.densities 1",
                                 "set sweep.samples 100",
                                 "present 150",
                                 "present off",
                                 "playground.preset own",
                                 "workspace generate"};
  const auto writes = [&](std::string_view line) {
    const auto blank = line.rfind(' ');
    lines.push_back(
        fmt::format("{} {}", line.substr(0, blank), (folder / line.substr(blank + 1)).string()));
  };
  for (const char* line :
       {"save_scene s.json", "load_scene s.json", "save_script s.script", "export wall.png",
        "trail.export trail.csv", "export wall.npy", "scene.write line.txt", "export.states s.npy",
        "export.plot order r.csv", "export.film step-###.png", "train.keep net.safetensors",
        "transport.export paths.csv", "transport.grid_export rows.csv",
        "thermo.keep computer.safetensors", "thermo.export heat.csv", "thermo.states run.npy"})
    writes(line);
  lines.emplace_back("workspace transport");
  writes("transport.picture plane.png");
  writes("transport.film way-##.png");
  lines.emplace_back("export.cancel");
  lines.emplace_back("workspace learn");
  writes("playground.export moments.csv");
  writes("playground.graph graph.csv");
  writes("playground.open graph.csv");
  lines.emplace_back("playground.preset field");
  lines.emplace_back("field.step");
  writes("field.export field.npy");
  lines.emplace_back("workspace hardware");
  writes("cost.export costs.csv");
  writes("chips.export chips.csv");
  writes("circuit.export circuit.csv");
  writes("circuit.save decks");
  lines.emplace_back("hardware.show sweep");
  writes("sweep.start sweep");
  for (const char* line :
       {"sweep.pause", "sweep.resume", "sweep.advance 1", "sweep.slice trained 1", "sweep.stop",
        "sweep.show mnist-shil_b4_d1_n0_m0_s2", "sweep.go_on", "sweep.stop", "sweep.close"})
    lines.emplace_back(line);
  writes("sweep.open sweep");
  writes("sweep.export sweep.csv");
  lines.emplace_back("workspace thermo");
  writes("thermo.picture stage.png");
  writes("thermo.film heat-##.png");
  Scene shared;
  shared.model = "bench";
  lines.emplace_back("scene.copy");
  lines.push_back("scene.open " + share_text(shared));
  return lines;
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

std::vector<CommandCost> measure_commands(const std::filesystem::path& folder) {
  SessionOptions options;
  options.scene.model = "bench";
  options.loader = bench_model;
  options.training.images = noise_pictures;
  const auto surface = make_offscreen_surface({1600, 1000}, 1);
  Laboratory laboratory(*surface);
  Session session(std::move(options));
  std::vector<CommandCost> costs;
  const auto watch = [](CommandCost& cost, const auto& what) {
    const double start = wall_ms(), own = thread_ms();
    what();
    cost.worst_own_ms = std::max(cost.worst_own_ms, thread_ms() - own);
    cost.worst_ms = std::max(cost.worst_ms, wall_ms() - start);
  };
  const auto frame = [&](CommandCost& cost) {
    surface->begin_frame();
    watch(cost, [&] { laboratory.build(session, 1.0 / 60); });
    laboratory.submit();
    surface->end_frame();
    glFinish();  // else the next upload waits for these pixels
  };
  if (!session.settle(60)) fail("bench ui: the session did not begin within a minute");
  CommandCost warm_up;  // shaders, fonts
  for (int i = 0; i < 10; ++i) frame(warm_up);
  for (const std::string& line : all_commands(folder)) {
    CommandCost cost{line};
    watch(cost, [&] { session.post(line); });
    for (int i = 0; i < 3; ++i) frame(cost);
    if (!session.settle(60)) fail("bench ui: {} was not done within a minute", line);
    frame(cost);
    costs.push_back(cost);
  }
  std::ranges::sort(costs, std::greater<>(), &CommandCost::worst_ms);
  return costs;
}

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
