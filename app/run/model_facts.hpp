// SPDX-License-Identifier: MIT
#pragma once
// What a model file says of itself, in words for people: what it draws, and which hardware it was
// trained to live with.

#include <optional>
#include <string>
#include <vector>

#include "app/commands/command.hpp"
#include "app/document/scene.hpp"
#include "engine/network/model_file.hpp"

namespace phaseloom {

struct ModelFacts {
  std::string dataset;               ///< empty: the file does not say
  std::optional<Hardware> hardware;  ///< that it was trained for; none: the file does not say
  bool any_hardware = false;         ///< it was trained for a range of hardware
  int labels = 0;                    ///< classes that it can be asked for
  bool tied = false;                 ///< W_ij = W_ji: it has an energy that falls
  bool operator==(const ModelFacts&) const = default;
};

/// Never throws: what the file does not say, or says in a way that is not understood, is left out.
ModelFacts model_facts(const Model& model);
/// "digits, 4-bit, noise-proof, on demand".
std::string plain_line(const ModelFacts& facts);

/// The changes that lead from a scene to the hardware that a model was trained for; the device
/// stays the one that it is.
std::vector<Command> as_trained(const Hardware& trained, const Scene& from);
/// Whether they are made: nothing but the device may differ.
bool is_as_trained(const Hardware& trained, const Scene& scene);

}  // namespace phaseloom
