// SPDX-License-Identifier: MIT
#include "engine/data/colour_map.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace phaseloom {
namespace {

double distance(Rgb p, Rgb q) {
  const OkLab a = to_oklab(p), b = to_oklab(q);
  return std::hypot(a.l - b.l, a.a - b.a, a.b - b.b);
}

/// What a person without green (or red) cones sees: F. Viénot, H. Brettel, J. Mollon, "Digital
/// video colourmaps for checking the legibility of displays by dichromats", 1999.
Rgb seen_by_dichromat(Rgb colour, bool protan) {
  const auto linear = [](double s) {
    return s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4);
  };
  const auto srgb = [](double x) {
    x = std::clamp(x, 0.0, 1.0);
    return static_cast<std::uint8_t>(
        std::lround(255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * std::pow(x, 1 / 2.4) - 0.055)));
  };
  const double r = linear(colour.r / 255.), g = linear(colour.g / 255.),
               b = linear(colour.b / 255.);
  const double grey = protan ? 0.11238 * r + 0.88762 * g : 0.29275 * r + 0.70725 * g;
  const double blue = protan ? 0.00401 * r - 0.00401 * g + b : -0.02234 * r + 0.02234 * g + b;
  return {srgb(grey), srgb(grey), srgb(blue)};
}

TEST(ColourMap, OklabIsItsOwnInverse) {
  for (int r = 0; r < 256; r += 51)
    for (int g = 0; g < 256; g += 51)
      for (int b = 0; b < 256; b += 51) {
        const Rgb colour{static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(g),
                         static_cast<std::uint8_t>(b)};
        EXPECT_EQ(to_srgb(to_oklab(colour)), colour);
      }
}

TEST(ColourMap, PhaseIsAsBrightAsThePixelItIsReadOutAs) {
  double last = 1;
  for (int i = 0; i <= 32; ++i) {  // from θ = π/2 to −π/2 along both sides
    const double turn = 0.25 + i / 64.0;
    const double l = to_oklab(colour_at(ColourMap::phase, turn)).l;
    EXPECT_LE(l, last + 0.01);
    last = l;
  }
  EXPECT_GT(to_oklab(colour_at(ColourMap::phase, 0.25)).l, 0.9);
  EXPECT_LT(to_oklab(colour_at(ColourMap::phase, 0.75)).l, 0.27);
}

TEST(ColourMap, PhaseHasNoSeamAndAnEvenPace) {
  const ColourTable& table = colour_table(ColourMap::phase);
  double smallest = 1, largest = 0;
  constexpr int kStride = 8;  // steps of single entries are at the size of rounding to bytes
  for (int i = 0; i < kColourSteps; i += kStride) {
    const double step = distance(table[static_cast<std::size_t>(i)],
                                 table[static_cast<std::size_t>((i + kStride) % kColourSteps)]);
    smallest = std::min(smallest, step);
    largest = std::max(largest, step);
  }
  EXPECT_LT(largest / smallest, 1.6);
}

TEST(ColourMap, PhasesAnEighthApartLookDifferentToEveryone) {
  for (const bool protan : {false, true})
    for (int i = 0; i < 64; ++i)
      for (int away = 8; away <= 32; ++away) {
        const Rgb p = colour_at(ColourMap::phase, i / 64.0);
        const Rgb q = colour_at(ColourMap::phase, (i + away) / 64.0);
        EXPECT_GT(distance(p, q), 0.08) << i << " " << away;
        EXPECT_GT(distance(seen_by_dichromat(p, protan), seen_by_dichromat(q, protan)), 0.07)
            << i << " " << away << (protan ? " protan" : " deutan");
      }
}

TEST(ColourMap, SignsLookDifferentToEveryone) {
  for (const bool protan : {false, true})
    for (double t = 0.1; t <= 1; t += 0.1) {
      const Rgb p = seen_by_dichromat(colour_at(ColourMap::diverging, 0.5 + t / 2), protan);
      const Rgb q = seen_by_dichromat(colour_at(ColourMap::diverging, 0.5 - t / 2), protan);
      EXPECT_GT(distance(p, q), 0.2 * t) << t;
    }
}

TEST(ColourMap, MagnitudesGrowBrighter) {
  const ColourTable& table = colour_table(ColourMap::magnitude);
  for (std::size_t i = 8; i < table.size(); ++i)
    EXPECT_GT(to_oklab(table[i]).l, to_oklab(table[i - 8]).l);
}

}  // namespace
}  // namespace phaseloom
