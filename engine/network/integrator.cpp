// SPDX-License-Identifier: MIT
#include "engine/network/integrator.hpp"

#include "engine/support/error.hpp"

namespace phaseloom {

Integrator integrator_named(std::string_view name) {
  for (std::size_t i = 0; i < kTableaus.size(); ++i)
    if (kTableaus[i].name == name) return static_cast<Integrator>(i);
  fail("integrator '{}' is not known; choose one of euler, midpoint, heun, rk4", name);
}

}  // namespace phaseloom
