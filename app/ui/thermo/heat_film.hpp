// SPDX-License-Identifier: MIT
#pragma once
// How the Thermo stage is drawn for pictures and films.

#include "app/ui/toolkit/stage_film.hpp"

namespace phaseloom {

extern const StagePainter kHeatPainter;

}  // namespace phaseloom
