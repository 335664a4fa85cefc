// SPDX-License-Identifier: MIT
#pragma once
// The list of all substrates: add yours as a line of the macro (the type, and the file that defines
// it above). Everything else (kernels, adjoint, model files, tests, window) follows from the list.

#include "engine/network/substrates/aim_poly.hpp"
#include "engine/network/substrates/aim_tanh.hpp"
#include "engine/network/substrates/kuramoto.hpp"
#include "engine/network/substrates/kuramoto_shil.hpp"
#include "engine/network/substrates/langevin.hpp"
#include "engine/network/substrates/ring.hpp"

#define PHASELOOM_SUBSTRATES(ENTRY) \
  ENTRY(Kuramoto)                   \
  ENTRY(KuramotoShil)               \
  ENTRY(AimTanh)                    \
  ENTRY(AimPoly)                    \
  ENTRY(Langevin)                   \
  ENTRY(RingResistor)               \
  ENTRY(RingResistorCapacitor)
