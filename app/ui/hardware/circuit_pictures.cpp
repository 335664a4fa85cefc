// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "app/jobs/circuit_work.hpp"
#include "app/ui/hardware/circuit.hpp"
#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

struct CircuitWall {
  ImageWall wall;  ///< its samples are the three pictures
};

}  // namespace

float draw_circuit_pictures(UiContext& ctx, const CircuitSnapshot& circuit, Box area) {
  const PictureShape shape = circuit.picture;
  const std::string difference = fmt::format("difference × {}", kMagnified);
  const struct {
    const char* name;
    std::string title, help;
  } shown[] = {
      {"engine picture", "engine (RK4)",
       "What the engine makes of these equations, in small steps of fourth order."},
      {"ngspice picture", "ngspice",
       "What the circuit simulator makes of the same equations as capacitors and current sources, "
       "at the same moment."},
      {"difference picture", difference,
       fmt::format("How far each pixel of the two is apart, {} times; white is a {}th or more of "
                   "the way from black to white.",
                   kMagnified, kMagnified)}};
  constexpr int kShown = static_cast<int>(std::size(shown));
  ImageWall& wall = ctx.kept<CircuitWall>().wall;
  wall.show(circuit.pictures, nullptr, kShown, shape.size(), LaneOrder::lane_major);

  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = ctx.colours;
  const float gap = ctx.px(14), line = ctx.fonts.caption->FontSize + ctx.px(5);
  const float width = std::floor((area.width() - (kShown - 1) * gap) / kShown);
  const float height =
      std::min(area.height() - 2 * line, width * static_cast<float>(shape.height) /
                                             static_cast<float>(std::max(shape.width, 1)));
  float end = area.min.y;
  for (int i = 0; i < kShown; ++i) {
    const float x = area.min.x + static_cast<float>(i) * (width + gap);
    const Box room{{x, area.min.y + line}, {x + width, area.min.y + line + std::max(height, 1.0f)}};
    const WallLayout layout = layout_wall(room, 1, {shape.width, shape.height}, 0, 1);
    const Box seen = layout.bounds();
    draw_text(list, ctx.fonts.caption, {seen.min.x, area.min.y}, c.text, shown[i].title,
              x + width - seen.min.x);
    draw_wall_samples(ctx, list, wall, layout, {.channels = shape.channels}, 1, 0, i);
    list.AddRect({seen.min.x - 1, seen.min.y - 1}, {seen.max.x + 1, seen.max.y + 1}, c.line);
    ImGui::SetCursorScreenPos({seen.min.x, seen.min.y});
    ImGui::PushID(i);
    ImGui::InvisibleButton("picture",
                           {std::max(seen.width(), 1.0f), std::max(seen.height(), 1.0f)});
    ImGui::PopID();
    note_place(ctx, shown[i].name);
    hint(ctx, shown[i].help);
    end = std::max(end, room.max.y);
  }
  end += ctx.px(5);
  draw_text(list, ctx.fonts.caption, {area.min.x, end}, c.faint,
            fmt::format("After chunk {} of {}; mean difference of a pixel {:.1e}, white being 1",
                        circuit.done(), circuit.chunks, circuit.check->pixel_difference),
            area.width());
  return end + line;
}

}  // namespace phaseloom
