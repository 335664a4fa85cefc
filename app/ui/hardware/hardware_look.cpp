// SPDX-License-Identifier: MIT
#include "app/ui/hardware/hardware_look.hpp"

#include <array>

#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/hardware/cost.hpp"

namespace phaseloom {
namespace {

/// Places on the map of magnitudes, whose lightness tells them apart for every eye; below 0: none.
constexpr double kNeutral = -1;
constexpr std::array kAreas{0.92, 0.72, 0.52, 0.3, kNeutral};
constexpr std::array kEnergies{0.92, 0.52, 0.3, 0.72, 0.62, 0.42};

ImU32 colour_of(const UiContext& ctx, double place) {
  return place < 0 ? mixed(ctx.colours.panel, ctx.colours.faint, 0.35f)
                   : map_colour(ColourMap::magnitude, place);
}

}  // namespace

ImU32 area_colour(const UiContext& ctx, std::size_t cause) { return colour_of(ctx, kAreas[cause]); }
ImU32 energy_colour(const UiContext& ctx, std::size_t cause) {
  return colour_of(ctx, kEnergies[cause]);
}

ImU32 ink_on(ImU32 colour) {
  const ImVec4 c = ImGui::ColorConvertU32ToFloat4(colour);
  constexpr float kMiddle = 0.45f;
  return 0.3f * c.x + 0.59f * c.y + 0.11f * c.z > kMiddle ? IM_COL32(20, 20, 24, 255)
                                                          : IM_COL32(240, 240, 244, 255);
}

std::string spoken_unit(std::string_view unit) {
  std::string text(unit);
  for (const auto& [from, to] : {std::pair{"um2", "µm²"}, std::pair{"um", "µm"}})
    if (const auto at = text.find(from); at != std::string::npos)
      text.replace(at, std::string_view(from).size(), to);
  return text;
}

void draw_legend(const UiContext& ctx, ImVec2 at, float width,
                 std::span<const LegendEntry> entries) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* font = ctx.fonts.caption;
  const float side = std::floor(font->FontSize * 0.7f), end = at.x + width;
  for (const LegendEntry& entry : entries) {
    const float taken = side + ctx.px(4) + text_width(font, entry.name);
    if (at.x + taken > end) return;
    const float top = std::floor(at.y + (font->FontSize - side) / 2);
    list.AddRectFilled({at.x, top}, {at.x + side, top + side}, entry.colour, ctx.px(2));
    draw_text(list, font, {at.x + side + ctx.px(4), at.y}, ctx.colours.faint, entry.name);
    at.x += taken + ctx.px(12);
  }
}

}  // namespace phaseloom
