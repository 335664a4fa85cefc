// SPDX-License-Identifier: MIT
#include "engine/field/field_loops.hpp"

namespace phaseloom {

const FieldLoops& field_loops() {
  static const FieldLoops loops = PHASELOOM_DISPATCH(field_loops_of);
  return loops;
}

}  // namespace phaseloom
