// SPDX-License-Identifier: MIT
#pragma once
// What the pane of the noising says while there is none: in the place and the size of its picture.

#include "app/jobs/thermo_run_snapshot.hpp"
#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// Paints it into the pane; returns where the empty picture is.
Box paint_no_noising(const UiContext& ctx, ImDrawList& list, const ThermoRunSnapshot& run,
                     Extent image, Box pane);

}  // namespace phaseloom
