// SPDX-License-Identifier: MIT
#pragma once
// Prototypes drawn by hand, and the text that a scene and the facts of a model keep them as.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/support/point.hpp"

namespace phaseloom {

/// As large as the pictures of the data set, and in fewer greys: row after row, 0 is ground.
struct ThermoDrawing {
  static constexpr int kSide = 28, kPixels = kSide * kSide;
  static constexpr std::uint8_t kInk = 15;
  std::array<std::uint8_t, kPixels> levels{};

  /// From 0 to 1, row after row.
  std::vector<float> pixels() const;
  bool operator==(const ThermoDrawing&) const = default;
};

inline constexpr std::size_t kMaxThermoDrawings = 4;
/// What a text value says that names no digit, or no drawing.
inline constexpr std::string_view kNoPrototypes = "none";

/// What people call the k-th drawing, from 0: "drawn 1".
std::string drawn_name(std::size_t k);

/// The drawings of a text: kNoPrototypes, or one word each. In a word 0 to f are the levels of
/// pixels, and g to z stand for 2 to 21 pixels of ground. Throws Error led by `name`: another
/// letter, another number of pixels or of drawings, or a picture that cannot be learnt.
std::vector<ThermoDrawing> parse_thermo_drawings(std::string_view text, std::string_view name);
/// As short as it goes: at most 4 x 784 letters and the blanks between them.
std::string print_thermo_drawings(std::span<const ThermoDrawing> drawings);

/// What is wrong with it as a prototype, "is nearly blank"; empty: nothing.
std::string_view flaw_of(const ThermoDrawing& drawing);

/// A brush goes straight from a place to another; the pixel (x, y) has its middle at x + 1/2,
/// y + 1/2. It has a radius of about 2 pixels, a soft edge, and adds ink or takes it away.
void brush_stroke(ThermoDrawing& drawing, Point from, Point to, bool erases);

}  // namespace phaseloom
