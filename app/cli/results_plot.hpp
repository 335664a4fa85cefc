// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "engine/transport/results.hpp"

namespace phaseloom {

/// The results as a picture (SVG), after [AIS] Fig. 4: W2^2 on a logarithmic axis against the
/// number of hidden units; a row of panels per pair, a column per number of chunks. A colour per
/// model, full lines for SWD and broken ones for OT-CFM; points are medians over seeds, bars reach
/// from the least to the largest. The mlp, which has no chunks and no hidden units, crosses every
/// panel as a level; so does the sampling noise, dotted. Equal rows give equal bytes.
std::string results_svg(const std::vector<TransportRow>& rows);

}  // namespace phaseloom
