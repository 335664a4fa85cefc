// SPDX-License-Identifier: MIT
#include "tests/app/ui/test_model.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/support/error.hpp"
#include "engine/support/random.hpp"
#include "tests/app/session/small_pictures.hpp"

namespace phaseloom {

Model make_test_model() {
  const Grid grid{28, 28, 2};
  const auto topology = Topology::local(grid, 3);
  Model model{make_program(substrate_named("kuramoto_shil"), topology, 6, 1.0, 0, 7), "test", "{}"};
  Program& program = model.program;
  program.steps_per_chunk = 8;
  RandomSequence random(7, Stream::weight_init);
  for (int chunk = 0; chunk < program.chunks(); ++chunk) {
    const auto weights = program.weights(chunk);
    for (int target = 0; target < topology->units(); ++target) {
      const auto begin =
          static_cast<std::size_t>(topology->row_begin()[static_cast<std::size_t>(target)]);
      const auto sources = topology->sources_of(target);
      for (std::size_t k = 0; k < sources.size(); ++k) {
        const int plane = grid.plane();
        const double dx = sources[k] % plane % 28 - target % plane % 28;
        const double dy = sources[k] % plane / 28 - target % plane / 28;
        const double r2 = dx * dx + dy * dy;
        const bool same = sources[k] / plane == target / plane;
        const double near = 0.35 * std::exp(-r2 / 2.5), far = 0.11 * std::exp(-r2 / 9);
        weights[begin + k] = static_cast<float>(
            (same ? 1 : 0.3) * (near - far * (0.6 + 0.1 * chunk)) + 0.01 * random.normal());
      }
    }
  }
  return model;
}

Model make_labelled_test_model() {
  Model model = make_test_model();
  const Program plain = std::move(model.program);
  const auto base = plain.topology;
  const auto topology = Topology::with_labels(*base, 10);
  model.program = make_program(plain.substrate, topology, plain.chunks(), 1.0, 0, 7);
  model.program.steps_per_chunk = plain.steps_per_chunk;
  for (int chunk = 0; chunk < plain.chunks(); ++chunk)
    for (int target = 0; target < base->units(); ++target) {
      const auto t = static_cast<std::size_t>(target);
      const auto row = plain.weights(chunk).subspan(static_cast<std::size_t>(base->row_begin()[t]),
                                                    base->sources_of(target).size());
      const auto out = model.program.weights(chunk).begin() + topology->row_begin()[t];
      std::ranges::copy(row, out);
      for (int k = 0; k < 10 && target < base->visible(); ++k) {
        const double angle = k * std::numbers::pi / 5;
        const double dx = target % 28 - 13.5 - 8 * std::sin(angle);
        const double dy = target / 28 - 13.5 + 8 * std::cos(angle);
        out[static_cast<std::ptrdiff_t>(row.size()) + k] =
            static_cast<float>(1.2 * std::exp(-(dx * dx + dy * dy) / 16));
      }
    }
  return model;
}

SessionOptions test_session_options() {
  SessionOptions options;
  options.threaded = false;
  options.threads = 2;
  options.scene.model = "test";
  options.scene.playing = false;
  options.loader = [](const std::string& name) {
    if (name != "test") fail("{}: no such model; there is test", name);
    return make_test_model();
  };
  return options;
}

SessionOptions test_quality_options() {
  SessionOptions options = test_session_options();
  options.training = test::small_training();
  options.scene.steps_per_chunk = 1;
  options.loader = [](const std::string& name) {
    Model model = name == "asked" ? make_labelled_test_model() : make_test_model();
    model.training = R"({"dataset": "mnist"})";
    return model;
  };
  return options;
}

SessionOptions test_training_options() {
  SessionOptions options = test_session_options();
  options.ui.workspace = Workspace::train;
  options.training = test::small_training();
  options.scene.train = test::small_setup();
  return options;
}

}  // namespace phaseloom
