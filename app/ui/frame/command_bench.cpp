// SPDX-License-Identifier: MIT
// How long each command keeps the window busy (frame_bench.hpp).

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string_view>

#include "app/document/share_text.hpp"
#include "app/render/gl.hpp"
#include "app/render/surface.hpp"
#include "app/ui/frame/bench_scenes.hpp"
#include "app/ui/frame/laboratory.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

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

}  // namespace phaseloom
