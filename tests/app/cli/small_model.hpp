// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "engine/network/model_file.hpp"

namespace phaseloom {

/// A network of 5 x 4 visible and as many hidden units, random but fixed.
inline Model small_model() {
  Model model;
  model.program = make_program(substrate_named("kuramoto_shil"), Topology::local({5, 4, 2}, 1), 2,
                               0.5, 0.8, 21);
  model.training = R"({"data":"none","note":"a\u001b[31mred\nline","curve":[3,2,1]})";
  return model;
}

/// The same with three classes to ask for.
inline Model small_labelled_model() {
  Model model = small_model();
  model.program =
      make_program(substrate_named("kuramoto_shil"),
                   Topology::with_labels(*Topology::local({5, 4, 2}, 1), 3), 2, 0.5, 0.8, 21);
  return model;
}

}  // namespace phaseloom
