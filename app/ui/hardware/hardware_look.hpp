// SPDX-License-Identifier: MIT
#pragma once
// Colours and words of the Hardware workspace, in one place.

#include <string>
#include <string_view>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// Of a cause among cost_areas() and cost_energies(), by its place there: what is written and
/// stored has the same colour in both.
ImU32 area_colour(const UiContext& ctx, std::size_t cause);
ImU32 energy_colour(const UiContext& ctx, std::size_t cause);
/// That can be read on it.
ImU32 ink_on(ImU32 colour);

/// "µm²" of the table's "um2".
std::string spoken_unit(std::string_view unit);

/// A row of colours with their names, from `at`; as many as there is room for.
struct LegendEntry {
  ImU32 colour;
  std::string_view name;
};
void draw_legend(const UiContext& ctx, ImVec2 at, float width,
                 std::span<const LegendEntry> entries);

}  // namespace phaseloom
