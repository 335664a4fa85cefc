// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <memory>
#include <vector>

#include "app/ui/hardware/chips.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// A wall for each of the three.
struct ChipWalls {
  std::array<ImageWall, 3> walls;
};

using Pictures = std::shared_ptr<const std::vector<float>>;

Pictures pictures_of(const ChipsSnapshot& chips, std::size_t population, int chip) {
  const auto& all = *chips.pictures;
  if (chip < 0 || population >= all.size()) return nullptr;
  const auto& some = all[population];
  const auto place = static_cast<std::size_t>(chip);
  return place < some.size() ? some[place] : nullptr;
}

}  // namespace

void draw_chip_pictures(UiContext& ctx, const ChipsSnapshot& chips,
                        const ChipPopulation& population, Box area) {
  const ChipStatistics statistics = statistics_of(population.chips);
  const struct {
    const char* name;
    int chip;
  } shown[] = {
      {"best", statistics.best}, {"median", statistics.median}, {"worst", statistics.worst}};
  const auto place = static_cast<std::size_t>(shown_mismatch(chips, ctx.state.hardware.mismatch));
  ChipWalls& walls = ctx.kept<ChipWalls>();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = ctx.colours;
  const float gap = ctx.px(12), words = ctx.fonts.caption->FontSize + ctx.px(5);
  const float width = std::floor((area.width() - 2 * gap) / 3);
  for (std::size_t i = 0; i < std::size(shown); ++i) {
    const float x = area.min.x + static_cast<float>(i) * (width + gap);
    const Box box{{x, area.min.y}, {x + width, area.max.y}};
    ImGui::SetCursorScreenPos({box.min.x, box.min.y});
    ImGui::PushID(static_cast<int>(i));
    const bool clicked =
        ImGui::InvisibleButton("chip", {std::max(box.width(), 1.0f), std::max(box.height(), 1.0f)});
    ImGui::PopID();
    const bool focused = focusable(ctx), hovered = ImGui::IsItemHovered();
    note_place(ctx, fmt::format("{} chip", shown[i].name));
    if (shown[i].chip < 0) {
      draw_text(list, ctx.fonts.caption, {box.min.x, box.min.y}, c.faint, shown[i].name);
      continue;
    }
    const ChipQuality& chip = population.chips[static_cast<std::size_t>(shown[i].chip)];
    draw_text(list, ctx.fonts.caption, {box.min.x, box.min.y}, c.text,
              chip.failed()
                  ? fmt::format("{}: device {} failed", shown[i].name, chip.device)
                  : fmt::format("{}: device {}, {:.3g}", shown[i].name, chip.device, chip.relative),
              width);
    const Pictures pictures = pictures_of(chips, place, shown[i].chip);
    const int pixels = chips.picture.size();
    const Box room{{box.min.x, box.min.y + words}, box.max};
    if (pictures && pixels > 0 && !pictures->empty()) {
      const int count = static_cast<int>(pictures->size()) / pixels;
      const auto side = static_cast<int>(std::lround(std::sqrt(count)));
      const WallLayout layout =
          layout_wall(room, count, {chips.picture.width, chips.picture.height}, 2,
                      side * side == count ? side : 0);
      walls.walls[i].show(pictures, nullptr, count, pixels, LaneOrder::lane_major);
      draw_wall_samples(ctx, list, walls.walls[i], layout, {.channels = chips.picture.channels});
      const Box seen = layout.bounds();
      if (hovered || focused)
        list.AddRect({seen.min.x - 2, seen.min.y - 2}, {seen.max.x + 2, seen.max.y + 2}, c.text,
                     ctx.px(2));
    }
    hint(ctx, fmt::format("The {} of these devices, on the same noise: {}. Click to put it on the "
                          "wall of Generate.",
                          shown[i].name, spoken_chip(chip)));
    if (clicked || (focused && pushed(ctx))) show_chip(ctx, chip.device);
  }
}

}  // namespace phaseloom
