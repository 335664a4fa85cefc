// SPDX-License-Identifier: MIT
#pragma once

namespace phaseloom {

/// Of the bar above and the status line below, in units of the content scale.
inline constexpr float kBarHeight = 42, kStatusHeight = 26;

}  // namespace phaseloom
