// SPDX-License-Identifier: MIT
#include "app/ui/frame/bench_scenes.hpp"

#include <chrono>
#include <ctime>

#include "app/commands/experiment_verbs.hpp"
#include "app/commands/playground_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "engine/support/random.hpp"
#include "engine/thermo/machine.hpp"

namespace phaseloom {
namespace {

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

void show_network(Session& session) {
  session.post(verbs::pin, 27);
  session.post(verbs::pick, 14 * 28 + 14);
}

void show_all_panels(Session& session) {
  show_network(session);
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

/// As many lines as are drawn at once.
void show_learn(Session& session) {
  for (const char* line : {"workspace learn", "playground.preset crowd", "set playground.units 70",
                           "playground.pick 3"})
    session.post(line);
}

void step_run(Session& session) {
  session.post(session.snapshot()->finished() ? verbs::new_noise : verbs::step);
}
void step_playground(Session& session) { session.post(verbs::playground_step); }
/// It plays by itself, or stands still.
void wait(Session&) {}

struct Scenery {
  void (*show)(Session&);
  void (*go_on)(Session&);
};
/// In the order of BenchScreen.
constexpr Scenery kSceneries[] = {{show_network, step_run},      {show_all_panels, step_run},
                                  {show_transport, wait},        {show_thermo, wait},
                                  {show_learn, step_playground}, {show_hardware, wait}};

const Scenery& scenery(BenchScreen screen) { return kSceneries[static_cast<std::size_t>(screen)]; }

}  // namespace

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

Model bench_model(const std::string& name) {
  return name == ThermoExperiment().model ? warm_model() : busy_model();
}

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

void show_screen(Session& session, BenchScreen screen) { scenery(screen).show(session); }
void go_on(Session& session, BenchScreen screen) { scenery(screen).go_on(session); }

}  // namespace phaseloom
