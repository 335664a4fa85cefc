// SPDX-License-Identifier: MIT
#pragma once
// An equation as text that other programs can read: what a circuit simulator is given.

#include <string_view>

#include "engine/network/substrate.hpp"

namespace phaseloom {

/// In x, the unit's own state, with + - * ( ), sin, cos, tanh and decimal numbers.
struct Formula {
  std::string_view alone;    ///< dx/dt without couplings; parameters go by their names
  std::string_view coupled;  ///< what one coupling adds: W is its weight, y the sender's state
};

/// The equation of a substrate, the same that its kernels compute.
const Formula& formula_of(Substrate substrate);

}  // namespace phaseloom
