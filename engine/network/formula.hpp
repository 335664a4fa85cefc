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

/// A part of what couplings add, which takes one sum for all couplings of a unit:
/// factor * sum of W * sent.
struct FormulaSum {
  std::string_view sent;                                 ///< in y, the sender's state
  double (*shown)(double) = [](double y) { return y; };  ///< the same, to be computed
  std::string_view factor = "1";                         ///< in x
};

/// In x, the unit's own state, with + - * ( ), sin, cos, tanh and decimal numbers.
struct Formula {
  std::string_view alone;    ///< dx/dt without couplings; parameters go by their names
  std::string_view coupled;  ///< what one coupling adds: W is its weight, y the sender's state
  std::span<const FormulaSum> sums;  ///< all couplings together, as the kernels have them
  std::span<const FormulaNumber> numbers = {};  ///< names that stand for them
};

/// The equation of a substrate, the same that its kernels compute.
const Formula& formula_of(Substrate substrate);

}  // namespace phaseloom
