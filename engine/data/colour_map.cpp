// SPDX-License-Identifier: MIT
#include "engine/data/colour_map.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

namespace phaseloom {
namespace {

double to_linear(double s) { return s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4); }
double from_linear(double x) {
  return x <= 0.0031308 ? 12.92 * x : 1.055 * std::pow(x, 1 / 2.4) - 0.055;
}
std::uint8_t to_byte(double x) {
  return static_cast<std::uint8_t>(std::lround(255 * std::clamp(x, 0.0, 1.0)));
}
double distance(const OkLab& p, const OkLab& q) {
  return std::hypot(p.l - q.l, p.a - q.a, p.b - q.b);
}

/// Samples `curve` over [begin, end] at `steps` points of equal perceived distance, starting with
/// curve(begin) and leaving out curve(end).
void sample_evenly(const std::function<OkLab(double)>& curve, double begin, double end, int steps,
                   Rgb* out) {
  constexpr int kFine = 2000;
  std::vector<double> length(kFine + 1, 0);
  OkLab last = curve(begin);
  for (int i = 1; i <= kFine; ++i) {
    const OkLab next = curve(begin + (end - begin) * i / kFine);
    length[i] = length[i - 1] + distance(last, next);
    last = next;
  }
  for (int i = 0, fine = 0; i < steps; ++i) {
    const double target = length.back() * i / steps;
    while (fine < kFine && length[fine + 1] <= target) ++fine;
    const double gap = length[std::min(fine + 1, kFine)] - length[fine];
    const double position = fine + (gap > 0 ? (target - length[fine]) / gap : 0);
    out[i] = to_srgb(curve(begin + (end - begin) * position / kFine));
  }
}

ColourTable grey_table() {
  ColourTable table;
  for (int i = 0; i < kColourSteps; ++i) {
    const auto v = static_cast<std::uint8_t>(i);
    table[static_cast<std::size_t>(i)] = {v, v, v};
  }
  return table;
}

/// A tilted ellipse: lightness follows sin θ, so that a phase picture is as bright as the pixel it
/// is read out as; the blue-yellow axis follows cos θ and tells the two sides apart. Red is added
/// on the yellow side, which makes it orange. Each quarter is walked at an even pace.
ColourTable phase_table() {
  const auto curve = [](double angle) {
    const double s = std::sin(angle), c = std::cos(angle);
    const double warm = std::max(c, 0.0), cold = std::max(-c, 0.0);
    return OkLab{0.585 + 0.345 * s, 0.06 * warm - 0.025 * cold, 0.10 * warm - 0.12 * cold};
  };
  ColourTable table;
  constexpr int kQuarter = kColourSteps / 4;
  for (int q = 0; q < 4; ++q)
    sample_evenly(curve, q * std::numbers::pi / 2, (q + 1) * std::numbers::pi / 2, kQuarter,
                  table.data() + q * kQuarter);
  return table;
}

ColourTable diverging_table() {
  const auto cold = [](double t) { return OkLab{0.20 + 0.62 * t, -0.045 * t, -0.115 * t}; };
  const auto warm = [](double t) { return OkLab{0.20 + 0.62 * t, 0.055 * t, 0.135 * t}; };
  ColourTable table;
  constexpr int kHalf = kColourSteps / 2;
  for (int i = 0; i < kHalf; ++i) {
    const double t = (i + 0.5) / kHalf;
    table[static_cast<std::size_t>(kHalf - 1 - i)] = to_srgb(cold(t));
    table[static_cast<std::size_t>(kHalf + i)] = to_srgb(warm(t));
  }
  return table;
}

ColourTable magnitude_table() {
  const auto curve = [](double t) {
    return OkLab{0.20 + 0.72 * t, 0.06 * std::sin(std::numbers::pi * std::min(1.0, 1.2 * t)),
                 -0.09 + 0.21 * t};
  };
  ColourTable table;
  sample_evenly(curve, 0, 1, kColourSteps, table.data());
  return table;
}

}  // namespace

Rgb to_srgb(const OkLab& c) {
  const double l = std::pow(c.l + 0.3963377774 * c.a + 0.2158037573 * c.b, 3);
  const double m = std::pow(c.l - 0.1055613458 * c.a - 0.0638541728 * c.b, 3);
  const double s = std::pow(c.l - 0.0894841775 * c.a - 1.2914855480 * c.b, 3);
  return {to_byte(from_linear(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)),
          to_byte(from_linear(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)),
          to_byte(from_linear(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s))};
}

OkLab to_oklab(Rgb colour) {
  const double r = to_linear(colour.r / 255.0), g = to_linear(colour.g / 255.0),
               b = to_linear(colour.b / 255.0);
  const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
          1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
          0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

const ColourTable& colour_table(ColourMap map) {
  static const std::array<ColourTable, kColourMaps> tables{grey_table(), phase_table(),
                                                           diverging_table(), magnitude_table()};
  return tables[static_cast<std::size_t>(map)];
}

Rgb colour_at(ColourMap map, double t) {
  const double position = map == ColourMap::phase ? (t - std::floor(t)) * kColourSteps
                                                  : std::clamp(t, 0.0, 1.0) * kColourSteps;
  const auto index = std::clamp(static_cast<int>(position), 0, kColourSteps - 1);
  return colour_table(map)[static_cast<std::size_t>(index)];
}

}  // namespace phaseloom
