// SPDX-License-Identifier: MIT
// The values transport.* of a scene.
#include "app/document/make_field.hpp"

namespace phaseloom {

using fields::field;

std::span<const SceneField> transport_fields() {
  static const std::array kFields{
      field<&TransportExperiment::pair>(
          "transport.pair", "Pair", "",
          "Where points come from and where they are to go: a pair by "
          "name, drawn, or a file of target points (.csv)."),
      field<&TransportExperiment::drawing>(
          "transport.drawing", "Drawing", "",
          "The drawn target: x and y of each place, in thousandths of the square's side."),
      field<&TransportExperiment::model>("transport.model", "Model", "",
                                         "What carries the points: a neural network, or physics."),
      field<&TransportExperiment::loss>(
          "transport.loss", "Loss", "",
          "ot_cfm tells the velocity everywhere on straight lines; swd "
          "looks at the end points only."),
      field<&TransportExperiment::chunks>("transport.chunks", "Chunks", "",
                                          "Stretches of time with parameters of their own.",
                                          {1, kMaxTransportChunks}),
      field<&TransportExperiment::hidden>(
          "transport.hidden", "Hidden units", "",
          "Units that help the two visible ones and are not read out.", {0, kMaxTransportHidden}),
      field<&TransportExperiment::iterations>(
          "transport.iterations", "Iterations", "",
          "Length of the training; 0 takes as many as the model and the loss need.",
          {0, 1'000'000}),
      field<&TransportExperiment::points>("transport.points", "Points", "",
                                          "How many points are seen on their way.", {10, 8000}),
      field<&TransportExperiment::seed>("transport.seed", "Seed", "",
                                        "Number that points and parameters are drawn from.")};
  return kFields;
}

}  // namespace phaseloom
