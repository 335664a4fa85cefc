// SPDX-License-Identifier: MIT
// The pinned sample, enlarged: here one picks single pixels with ease.

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "app/commands/view_verbs.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/generate/touch_tools.hpp"
#include "app/ui/generate/view.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// Where the oscillators are, in the layer that is shown, that the picked one listens to; nothing
/// when that is nearly everywhere.
void outline_neighbours(UiContext& ctx, ImDrawList& list, const WallLayout& one, float scale,
                        int layer) {
  const Grid& grid = ctx.now.grid;
  int x0 = grid.width, y0 = grid.height, x1 = -1, y1 = -1;
  for (const std::int32_t source : ctx.now.model->program.topology->sources_of(ctx.state.picked)) {
    const UnitPlace p = place_of(grid, source);
    if (p.layer != layer) continue;
    x0 = std::min(x0, p.x);
    y0 = std::min(y0, p.y);
    x1 = std::max(x1, p.x);
    y1 = std::max(y1, p.y);
  }
  if (x1 < x0 || (x1 - x0 + 1) * (y1 - y0 + 1) > grid.plane() / 2) return;
  const auto at = [&](int x, int y) {
    return ImVec2{one.origin.x + scale * static_cast<float>(x),
                  one.origin.y + scale * static_cast<float>(y)};
  };
  list.AddRect(at(x0, y0), at(x1 + 1, y1 + 1), faded(ctx.colours.accent, 0.6f));
}

}  // namespace

void draw_sample(UiContext& ctx) {
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const auto number = ctx.now.settings.first_sample + static_cast<std::uint64_t>(ctx.state.pinned);
  const Topology& topology = *ctx.now.model->program.topology;
  heading(ctx, topology.labels() > 0
                   ? fmt::format("Sample {}, asked for {}", number,
                                 class_of(topology, ctx.now.settings.label, number))
                   : fmt::format("Sample {}", number));
  const ImVec2 below = ImGui::GetCursorScreenPos();
  const float button = ctx.px(22);
  ImGui::SetCursorScreenPos({start.x + width - button, start.y - ctx.px(2)});
  if (icon_button(ctx, "unpin", Icon::close, button, "Lets this sample and its oscillator go.",
                  "Escape", {.frame = false})) {
    ctx.session.post(verbs::unpin);
    ctx.session.post(verbs::unpick);
  }
  ImGui::SetCursorScreenPos(below);

  const ViewLook look = prepare_view(ctx);
  if (look.empty || look.image.width < 1 || look.image.height < 1) return;
  const float longest = std::max(width > 0 ? width : 1, 1.0f);
  const float limit = std::min(longest, std::max(ctx.px(112), ImGui::GetWindowHeight() * 0.42f));
  const auto w = static_cast<float>(look.image.width), h = static_cast<float>(look.image.height);
  const auto shown = panes(ctx, look);
  const auto count = static_cast<float>(shown.size());
  const float gap = ctx.px(6);
  float scale = std::min((longest - (count - 1) * gap) / (count * w), limit / h);
  if (scale > 1) scale = std::floor(scale);
  scale = std::max(scale, 1 / std::min(w, h));  // a pixel is left in the narrowest inspector
  WallLayout one;
  one.count = 1;
  one.image = look.image;
  one.cell = {std::floor(w * scale), std::floor(h * scale)};
  const float whole = count * one.cell.x + (count - 1) * gap;
  const float names = look.compared ? ctx.fonts.caption->FontSize + ctx.px(3) : 0;
  const ViewLook difference = shown.size() > 2 ? difference_look(ctx, look) : ViewLook();
  const Point origin{std::floor(below.x + (width - whole) / 2), std::floor(below.y + names)};
  one.origin = origin;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImGui::SetCursorScreenPos({one.origin.x, one.origin.y});
  const bool clicked = ImGui::InvisibleButton("sample", {whole, one.cell.y}) && !touching(ctx);
  note_place(ctx, "sample");
  if (touching(ctx)) {  // whichever of the pictures it is
    const ImVec2 pointer = ImGui::GetIO().MousePos;
    const auto pane =
        std::clamp(std::floor((pointer.x - origin.x) / (one.cell.x + gap)), 0.0f, count - 1);
    one.origin.x = origin.x + pane * (one.cell.x + gap);
    brush_wall(ctx, one, look.layer, ctx.state.pinned);
    one.origin = origin;
  }
  if (focusable(ctx)) {  // arrows go to the oscillator beside the picked one
    const UnitPlace from = place_of(ctx.now.grid, std::max(ctx.state.picked, 0));
    const int x =
        std::clamp(from.x + strokes(ctx, "Right") - strokes(ctx, "Left"), 0, look.image.width - 1);
    const int y =
        std::clamp(from.y + strokes(ctx, "Down") - strokes(ctx, "Up"), 0, look.image.height - 1);
    if (x != from.x || y != from.y)
      ctx.session.post(verbs::pick, unit_at(ctx.now.grid, {look.layer, x, y}));
    else if (touching(ctx) && pushed(ctx))
      brush_pixel(ctx, {ctx.state.pinned, x, y}, look.layer);
  }
  hint(ctx, touching(ctx) ? "Drag over the pixels to touch them, as on the wall."
                          : "Click a pixel to look at its oscillator; with Shift, to draw its "
                            "state against that one's.");
  // The marks are drawn on each, and a click counts on each.
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool hovered = ImGui::IsItemHovered();
  std::optional<WallLayout::Pixel> under;
  for (const Pane& pane : shown) {
    draw_samples(ctx, list, one, pane.side == Side::difference ? difference : look,
                 ctx.state.pinned, pane.side);
    draw_text(list, ctx.fonts.caption, {one.origin.x, below.y}, ctx.colours.faint, pane.name);
    if (hovered && !under) under = one.pixel_at({mouse.x, mouse.y});
    one.origin.x += one.cell.x + gap;
  }

  const auto outline = [&](int x, int y, ImU32 colour) {
    const ImVec2 at{one.origin.x + scale * static_cast<float>(x),
                    one.origin.y + scale * static_cast<float>(y)};
    list.AddRect({at.x - 1, at.y - 1}, {at.x + scale + 1, at.y + scale + 1}, colour, 0, 0,
                 std::max(1.0f, ctx.px(2)));
  };
  const Grid& grid = ctx.now.grid;
  const UnitPlace picked = place_of(grid, ctx.state.picked);
  const bool is_picked = ctx.state.picked >= 0 && ctx.state.picked < grid.units();
  const int partner = is_picked && ctx.state.curve == Curve::pair ? partner_of(ctx) : -1;
  one.origin = origin;
  for (std::size_t i = 0; i < shown.size(); ++i, one.origin.x += one.cell.x + gap) {
    if (is_picked) outline_neighbours(ctx, list, one, scale, look.layer);
    const UnitPlace other = place_of(grid, partner);
    if (partner >= 0 && other.layer == look.layer) outline(other.x, other.y, ctx.colours.warning);
    if (is_picked && picked.layer == look.layer) outline(picked.x, picked.y, ctx.colours.accent);
    mark_held(ctx, list, one, look.layer, ctx.state.pinned);
    if (under && touching(ctx)) draw_brush(ctx, list, one, {0, under->x, under->y});
    if (under && !touching(ctx)) outline(under->x, under->y, ctx.colours.text);
  }
  if (!under || !clicked) return;
  const int unit = unit_at(grid, {look.layer, under->x, under->y});
  if (!ImGui::GetIO().KeyShift || !is_picked) return ctx.session.post(verbs::pick, unit);
  ctx.session.post(verbs::partner, unit);
  ctx.session.post(verbs::curve, name_of(Curve::pair));
}

}  // namespace phaseloom
