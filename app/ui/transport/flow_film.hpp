// SPDX-License-Identifier: MIT
#pragma once
// How the Transport stage is drawn for pictures and films.

#include "app/ui/toolkit/stage_film.hpp"

namespace phaseloom {

extern const StagePainter kFlowPainter;

}  // namespace phaseloom
