// SPDX-License-Identifier: MIT
#pragma once
// Many oscillators that all pull at each other with K/N, whose frequencies are spread like a
// Lorentzian of half width γ (Y. Kuramoto, "Chemical oscillations, waves, and turbulence", 1984):
// below K_c = 2γ their phases stay as scattered as dust, above it a part of them falls in step.

namespace phaseloom {

/// K_c = 2γ.
double critical_coupling(double half_width);

/// The order parameter r = |<e^{iθ}>| of infinitely many: 0 up to K_c, sqrt(1 − K_c/K) above. Of N
/// oscillators it fluctuates by about 1/sqrt(N) around that.
double crowd_order(double coupling, double half_width);

}  // namespace phaseloom
