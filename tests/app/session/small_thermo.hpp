// SPDX-License-Identifier: MIT
#pragma once
// A thermodynamic computer small enough to run in no time, and one to train.

#include <cmath>

#include "app/session/session.hpp"
#include "engine/thermo/machine.hpp"
#include "tests/app/session/small_pictures.hpp"

namespace phaseloom::test {

/// 28 x 28 visible and 24 hidden units, 50 steps: each hidden unit pulls at a disc of its own.
inline Model small_thermo() {
  ThermoSetup setup;
  setup.hidden = 24;
  setup.dt = 0.05;
  auto parameters = make_thermo_parameters<float>(setup);
  for (int h = 0; h < setup.hidden; ++h)
    for (int i = 0; i < setup.visible(); ++i) {
      const double dx = i % 28 - (4 + 4 * (h % 6)), dy = i / 28 - (4 + 6 * (h / 6));
      parameters.coupling(i, h) = static_cast<float>(-1.2 * std::exp(-(dx * dx + dy * dy) / 12));
    }
  return {
      thermo_program(setup, parameters), "small",
      R"({"dataset": "mnist", "prototypes": ["mnist 0", "mnist 1"], "thermo": {"projection_seed": 42}})"};
}

/// A synchronous session in the Thermo workspace.
inline SessionOptions thermo_options() {
  SessionOptions options;
  options.threaded = false;
  options.threads = 2;
  options.scene.playing = false;
  options.loader = [](const std::string& name) {
    if (name != "warm") fail("{}: no such model; there is warm", name);
    return small_thermo();
  };
  options.scene.model = "warm";
  options.scene.thermo.model = "warm";
  options.scene.thermo.wall = 2;
  options.scene.thermo.samples = 8;
  options.scene.thermo.digits = "0 1";
  options.scene.thermo.hidden = 24;
  options.scene.thermo.cycles = 4;
  options.scene.thermo.threads = 2;
  options.training = small_training();
  options.ui.workspace = Workspace::thermo;
  options.ui.thermo.playing = false;
  return options;
}

}  // namespace phaseloom::test
