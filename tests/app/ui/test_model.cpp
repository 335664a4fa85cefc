#include "tests/app/ui/test_model.hpp"

#include <cmath>

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

SessionOptions test_training_options() {
  SessionOptions options = test_session_options();
  options.ui.workspace = Workspace::train;
  options.training = test::small_training();
  options.scene.train = test::small_setup();
  return options;
}

}  // namespace phaseloom
