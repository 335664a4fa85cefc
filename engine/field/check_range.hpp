// SPDX-License-Identifier: MIT
#pragma once
// The one sentence that is said of a field's value that is out of range.

#include "engine/support/error.hpp"

namespace phaseloom {

/// Throws Error if the value is not in low..high, nor a number.
inline void check_field_range(const char* what, double value, double low, double high) {
  if (!(value >= low && value <= high))
    fail("field: {} is {}; it must lie in {}..{}", what, value, low, high);
}

}  // namespace phaseloom
