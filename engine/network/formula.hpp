// SPDX-License-Identifier: MIT
#pragma once
// An equation as text that other programs can read: what a circuit simulator is given.

#include <span>
#include <string_view>

#include "engine/network/substrate.hpp"

namespace phaseloom {

/// A constant of an equation.
struct FormulaNumber {
  std::string_view name;
  double value = 0;
};

/// In x, the unit's own state, with + - * ( ), sin, cos, tanh and decimal numbers.
struct Formula {
  std::string_view alone;    ///< dx/dt without couplings; parameters go by their names
  std::string_view coupled;  ///< what one coupling adds: W is its weight, y the sender's state
  std::span<const FormulaNumber> numbers = {};  ///< names that stand for them
};

/// The equation of a substrate, the same that its kernels compute.
const Formula& formula_of(Substrate substrate);

}  // namespace phaseloom
