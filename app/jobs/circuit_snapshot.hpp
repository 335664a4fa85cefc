// SPDX-License-Identifier: MIT
#pragma once
// One moment of a check of a circuit: the chunks that are compared, and how far it is.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/circuit/circuit_check.hpp"
#include "engine/dynamics/run_settings.hpp"
#include "engine/hardware/hardware.hpp"
#include "engine/network/model_file.hpp"
#include "engine/support/picture_shape.hpp"

namespace phaseloom {

/// What is run as a circuit.
struct CircuitRequest {
  std::shared_ptr<const Model> model;
  /// Seed, class, noise and the sample; how it is stepped is the reference's, whatever they say.
  RunSettings settings;
  Hardware hardware;
  int tile = 8;  ///< side of the window; a smaller grid is taken whole, as it is of 0
  double reltol = 1e-4;
};

struct CircuitSnapshot {
  std::uint64_t serial = 0;  ///< counts publications; equal serial, equal snapshot
  bool running = false;
  bool preparing = false;   ///< the engine's own run is on its way
  CircuitRequest request;   ///< of this one, or of the last one; model null: none yet
  int side = 0;             ///< of the window that is simulated; 0: the whole network
  int units = 0;            ///< that are simulated
  int chunks = 0;           ///< of the network
  double share = 0;         ///< that is done, 0..1
  double seconds_left = 0;  ///< 0: not known
  std::string problem;      ///< why it ended early, one line; empty: it has not
  PictureShape picture;
  /// The chunks so far; never null.
  std::shared_ptr<const CircuitCheck> check = std::make_shared<const CircuitCheck>();
  /// comparison_of() them; never null.
  std::shared_ptr<const std::vector<float>> pictures = std::make_shared<const std::vector<float>>();

  int done() const { return static_cast<int>(check->chunks.size()); }
  bool finished() const { return chunks > 0 && done() == chunks; }
};

}  // namespace phaseloom
