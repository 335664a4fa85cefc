// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

namespace phaseloom {

/// Coefficients c_0 .. c_degree of the polynomial in u that is nearest (least squares) to values at
/// equally spaced u from -1 to 1. Fewer where there are fewer values.
std::vector<double> fitted_polynomial(std::span<const double> values, int degree);

}  // namespace phaseloom
