#pragma once
// The list of all substrates: add yours as a line of the macro (the type, and the file that defines
// it above). Everything else (kernels, adjoint, model files, tests, window) follows from the list.

#include "engine/dynamics/substrates/aim_poly.hpp"
#include "engine/dynamics/substrates/aim_tanh.hpp"
#include "engine/dynamics/substrates/kuramoto.hpp"
#include "engine/dynamics/substrates/kuramoto_shil.hpp"
#include "engine/dynamics/substrates/langevin.hpp"

#define PHASELOOM_SUBSTRATES(ENTRY) \
  ENTRY(Kuramoto)                   \
  ENTRY(KuramotoShil)               \
  ENTRY(AimTanh)                    \
  ENTRY(AimPoly)                    \
  ENTRY(Langevin)
