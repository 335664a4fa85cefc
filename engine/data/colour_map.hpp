// SPDX-License-Identifier: MIT
#pragma once
// Colour maps, computed in OKLab (B. Ottosson, "A perceptual color space for image processing",
// 2020), where equal distances look equally different. All of them vary in lightness and between
// blue and yellow only (a little red aside), which every common kind of colour blindness leaves
// alone.

#include <array>
#include <cstdint>

namespace phaseloom {

enum class ColourMap {
  grey,   ///< intensity: black to white, as image files mean it
  phase,  ///< cyclic; bright where sin θ = 1, dark where sin θ = −1, blue and orange between
  diverging,  ///< signed: blue, neutral at 0, orange
  magnitude,  ///< 0 dark violet, to pale yellow
};
inline constexpr int kColourMaps = 4;
inline constexpr int kColourSteps = 256;

struct Rgb {
  std::uint8_t r = 0, g = 0, b = 0;
  bool operator==(const Rgb&) const = default;
};

using ColourTable = std::array<Rgb, kColourSteps>;

struct OkLab {
  double l = 0, a = 0, b = 0;
};
/// Clipped to what a screen can show.
Rgb to_srgb(const OkLab& colour);
OkLab to_oklab(Rgb colour);

/// The table of a map. The cyclic one starts at θ = 0 and wraps after its last entry.
const ColourTable& colour_table(ColourMap map);

/// Colour at position t: [0, 1] clamped, or any t for the cyclic map (whole turns).
Rgb colour_at(ColourMap map, double t);

}  // namespace phaseloom
