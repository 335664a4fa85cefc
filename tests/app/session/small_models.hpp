// SPDX-License-Identifier: MIT
#pragma once
// Models small enough to run hundreds of times, by name, as a session's loader gives them.

#include <atomic>
#include <functional>
#include <limits>
#include <memory>
#include <string>

#include "app/session/session.hpp"
#include "engine/support/error.hpp"

namespace phaseloom::test {

/// 6 x 5 units in two layers, 3 chunks of 4 steps.
inline Model small_model(std::string_view substrate, std::uint64_t seed) {
  auto program =
      make_program(substrate_named(substrate), Topology::local({6, 5, 2}, 1), 3, 0.5, 0.8, seed);
  program.steps_per_chunk = 4;
  return {std::move(program), "small", "{}"};
}

/// The same with three classes to ask for.
inline Model small_labelled_model() {
  auto program =
      make_program(substrate_named("kuramoto_shil"),
                   Topology::with_labels(*Topology::local({6, 5, 2}, 1), 3), 3, 0.5, 0.8, 4);
  program.steps_per_chunk = 4;
  return {std::move(program), "small", "{}"};
}

/// "a", "b": phases; "asked": with labels; "voltage"; "colour"; "warm": a Langevin network at 0.2;
/// "long": 2 chunks of 500 steps; "diverging": from chunk 1 on; all else is missing.
inline Model load_small(const std::string& name) {
  Model model;
  if (name == "a" || name == "b") {
    model = small_model("kuramoto_shil", name == "a" ? 1 : 2);
  } else if (name == "long") {
    model = small_model("kuramoto_shil", 3);
    model.program.durations.resize(2);
    model.program.values.resize(2 * model.program.chunk_size());
    model.program.steps_per_chunk = 500;
  } else if (name == "asked") {
    model = small_labelled_model();
  } else if (name == "voltage") {
    model = small_model("aim_tanh", 1);
  } else if (name == "colour") {
    model.program = make_program(substrate_named("kuramoto_shil"), Topology::local({6, 5, 4}, 1, 3),
                                 3, 0.5, 0.8, 5);
    model.program.steps_per_chunk = 4;
    model.training = "{}";
  } else if (name == "warm") {
    model = small_model("langevin", 6);
    model.program.temperature = 0.2;
  } else if (name == "diverging") {
    model = small_model("kuramoto_shil", 1);
    for (auto& weight : model.program.weights(1)) weight = std::numeric_limits<float>::infinity();
  } else {
    fail("model '{}' is missing", name);
  }
  model.name = name;
  return model;
}

inline SessionOptions small_options(bool threaded = false) {
  SessionOptions options;
  options.threaded = threaded;
  options.threads = 1;
  options.loader = load_small;
  options.scene.model = "a";
  options.scene.wall = 3;
  options.scene.playing = false;
  return options;
}

inline std::vector<float> state_of(const Session& session) { return *session.snapshot()->state; }

inline std::string last_message(const Session& session) {
  const auto& messages = *session.snapshot()->messages;
  return messages.empty() ? "" : messages.back().text;
}

}  // namespace phaseloom::test
