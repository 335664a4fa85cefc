// SPDX-License-Identifier: MIT
#include "engine/field/settings.hpp"

#include <algorithm>

#include "engine/field/check_range.hpp"

namespace phaseloom {

void validate(const FieldSettings& s) {
  check_field_range("width", s.width, kMinFieldSide, kMaxFieldSide);
  check_field_range("height", s.height, kMinFieldSide, kMaxFieldSide);
  validate(s.kernel);
  if (2 * s.kernel.radius + 1 > std::min(s.width, s.height))
    fail("field: the kernel's radius is {}; on {} x {} places it must lie in 1..{}",
         s.kernel.radius, s.width, s.height, (std::min(s.width, s.height) - 1) / 2);
  check_field_range("coupling", s.coupling, -100, 100);
  check_field_range("injection", s.injection, 0, 100);
  check_field_range("spread", s.spread, 0, 10);
  check_field_range("noise", s.noise, 0, 10);
  check_field_range("dt", s.dt, 1e-4, 1);
  check_field_range("start_width", s.start_width, 0, std::numbers::pi);
}

}  // namespace phaseloom
