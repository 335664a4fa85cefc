// SPDX-License-Identifier: MIT
#include "app/ui/hardware/hardware.hpp"
#include "app/ui/hardware/sweep.hpp"

namespace phaseloom {

const HardwarePage kSweepPage{
    .label = "Sweep",
    .help =
        "How few bits and wires, how much noise and mismatch the pictures bear: many designs, "
        "judged in the background.",
    .controls = draw_sweep_controls,
    .stage = draw_sweep_stage,
    .side = draw_sweep_side,
    .below = draw_sweep_progress,
    .status = draw_sweep_status,
    .tables = draw_sweep_tables,
    .toggle = toggle_sweep};

}  // namespace phaseloom
