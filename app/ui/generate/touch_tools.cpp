// SPDX-License-Identifier: MIT
#include "app/ui/generate/touch_tools.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/commands/experiment_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// What of the run is held at a step (touch.hpp).
struct HeldUnits {
  std::shared_ptr<const Touches> touches;
  int step = -1;
  std::vector<UnitState> units;
};

/// A touch that is being made with the pointer.
struct Stroke {
  WallLayout::Pixel last{-1, 0, 0};  ///< touched last; lane -1: nothing yet
  int step = -1;                     ///< at which it was
};

constexpr float kButton = 26, kBetween = 3;  // units
constexpr double kBrushStep = 0.5;           // pixels

struct ToolLook {
  Tool tool;
  Icon icon;
  const char* help;
};
constexpr ToolLook kTools[] = {
    {Tool::look, Icon::look, "Look: a click keeps a sample enlarged and picks an oscillator."},
    {Tool::stir, Icon::stir, "Stir: what you brush gets new phases, as random as at the start."},
    {Tool::erase, Icon::erase, "Erase: what you brush is put to rest, θ = 0."},
    {Tool::hold, Icon::pin,
     "Hold: what you brush is clamped to a tone until the run ends, or until you stir or erase "
     "it."},
};

/// A bar that is dragged up and down; arrows move it, too. True while it changes `share`.
bool upright_bar(UiContext& ctx, const char* id, Box box, double& share, double step, bool enabled,
                 std::string_view help) {
  ImGui::SetCursorScreenPos({box.min.x, box.min.y});
  ImGui::InvisibleButton(id, {std::max(box.width(), 1.0f), std::max(box.height(), 1.0f)});
  note_place(ctx, id);
  const double before = share;
  if (enabled && ImGui::IsItemActive())
    share = std::clamp(double(box.max.y - ImGui::GetIO().MousePos.y) / box.height(), 0.0, 1.0);
  if (enabled && focusable(ctx)) {
    share = std::clamp(share + step * (strokes(ctx, "Up") + strokes(ctx, "Right") -
                                       strokes(ctx, "Down") - strokes(ctx, "Left")),
                       0.0, 1.0);
    if (strokes(ctx, "Home")) share = 0;
    if (strokes(ctx, "End")) share = 1;
  }
  hint(ctx, help);
  return share != before;
}

void draw_mark(const UiContext& ctx, ImDrawList& list, Box box, double share, bool enabled) {
  const float y = std::round(box.max.y - static_cast<float>(share) * box.height());
  const float out = ctx.px(2), thick = std::max(2.0f, ctx.px(2));
  list.AddLine({box.min.x - out, y}, {box.max.x + out, y},
               enabled ? ctx.colours.accent : ctx.colours.disabled, thick);
}

/// A wedge, as wide as the brush is large.
void draw_brush_bar(UiContext& ctx, Box box, bool enabled) {
  double share = std::sqrt(ctx.state.brush / kMaxBrush);
  const std::string help = fmt::format(
      "Brush: what lies within {:g} pixels of the pointer. The bar is finer at the bottom.",
      ctx.state.brush);
  const double radius = ctx.state.brush;
  // The arrows go by half pixels, wherever on the bar these are.
  const double by = std::sqrt(std::min(radius + kBrushStep, kMaxBrush) / kMaxBrush) - share;
  if (upright_bar(ctx, "brush", box, share, std::max(by, 0.02), enabled, help)) {
    const double wanted = std::round(share * share * kMaxBrush / kBrushStep) * kBrushStep;
    if (wanted != radius) ctx.session.post(verbs::brush, wanted);
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float middle = (box.min.x + box.max.x) / 2;
  list.AddTriangleFilled({box.min.x, box.min.y}, {box.max.x, box.min.y}, {middle, box.max.y},
                         enabled ? ctx.colours.raised : faded(ctx.colours.raised, 0.5f));
  draw_mark(ctx, list, box, std::sqrt(ctx.state.brush / kMaxBrush), enabled);
}

/// From black to white.
void draw_tone_bar(UiContext& ctx, Box box, bool enabled) {
  double share = ctx.state.tone;
  const std::string help = fmt::format(
      "Tone: what held pixels read as, from black (0) to white (1); now {:.2f}.", share);
  if (upright_bar(ctx, "tone", box, share, 0.05, enabled, help))
    ctx.session.post(verbs::tone, std::round(share * 100) / 100);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 top = faded(IM_COL32_WHITE, enabled ? 1.0f : 0.3f);
  const ImU32 bottom = faded(IM_COL32_BLACK, enabled ? 1.0f : 0.3f);
  list.AddRectFilledMultiColor({box.min.x, box.min.y}, {box.max.x, box.max.y}, top, top, bottom,
                               bottom);
  list.AddRect({box.min.x, box.min.y}, {box.max.x, box.max.y}, ctx.colours.line);
  draw_mark(ctx, list, box, ctx.state.tone, enabled);
}

void touch(UiContext& ctx, int lane, int x, int y, int layer) {
  const double tone = ctx.state.tool == Tool::hold ? ctx.state.tone : 1.0;
  ctx.session.post(verbs::touch, name_of(ctx.state.tool), lane, y, x, ctx.state.brush, tone, layer);
}

Box box_of(const WallLayout& wall, WallLayout::Pixel at) {
  const Box sample = wall.sample(at.lane);
  const float w = wall.cell.x / static_cast<float>(wall.image.width);
  const float h = wall.cell.y / static_cast<float>(wall.image.height);
  const Point min{sample.min.x + w * static_cast<float>(at.x),
                  sample.min.y + h * static_cast<float>(at.y)};
  return {min, {min.x + w, min.y + h}};
}

/// So many of them fit one below the other; at least one.
int tools_a_column(const UiContext& ctx, float height) {
  return std::max(1, static_cast<int>((height + ctx.px(kBetween)) / ctx.px(kButton + kBetween)));
}

const std::vector<UnitState>& held_now(UiContext& ctx) {
  HeldUnits& held = ctx.kept<HeldUnits>();
  const Snapshot& now = ctx.now;
  if (held.touches != now.touches || held.step != now.step) {
    held.touches = now.touches;
    held.step = now.step;
    held.units = held_at(*now.touches, now.step, now.model->program);
  }
  return held.units;
}

}  // namespace

float touch_tools_width(const UiContext& ctx, float height) {
  const int count = static_cast<int>(std::size(kTools)), rows = tools_a_column(ctx, height);
  const int columns = (count + rows - 1) / rows;
  return static_cast<float>(columns) * ctx.px(kButton + kBetween) - ctx.px(kBetween);
}

void draw_touch_tools(UiContext& ctx, Box area) {
  const float size = ctx.px(kButton), between = ctx.px(kBetween);
  const int rows = tools_a_column(ctx, area.height());
  float x = area.min.x, y = area.min.y;
  for (int drawn = 0; const ToolLook& look : kTools) {
    if (drawn > 0 && drawn % rows == 0) {
      x += size + between;
      y = area.min.y;
    }
    ++drawn;
    ImGui::SetCursorScreenPos({x, y});
    const std::string id = fmt::format("tool {}", name_of(look.tool));
    if (icon_button(ctx, id.c_str(), look.icon, size, look.help, "B",
                    {.chosen = ctx.state.tool == look.tool}))
      ctx.session.post(verbs::tool, name_of(look.tool));
    y += size + between;
  }
  if (x > area.min.x) return;
  // What is left of the height is for the two bars, up to their full length.
  const float gap = ctx.px(9);
  const float bar = std::min(std::floor((area.max.y - y) / 2 - gap), ctx.px(84));
  if (bar < ctx.px(24)) return;
  const float in = ctx.px(5);
  for (const auto draw : {draw_brush_bar, draw_tone_bar}) {
    y += gap;
    draw(ctx, {{area.min.x + in, y}, {area.min.x + size - in, y + bar}},
         draw == draw_brush_bar ? touching(ctx) : ctx.state.tool == Tool::hold);
    y += bar;
  }
}

void brush_pixel(UiContext& ctx, WallLayout::Pixel at, int layer) {
  touch(ctx, at.lane, at.x, at.y, layer);
}

void brush_wall(UiContext& ctx, const WallLayout& wall, int layer, int first_lane) {
  Stroke& stroke = ctx.kept<Stroke>();
  if (ImGui::IsItemActivated()) stroke = {};
  follow_gesture(ctx);
  if (!ImGui::IsItemActive()) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto at = wall.pixel_at({mouse.x, mouse.y});
  if (!at) {
    stroke.last.lane = -1;  // it comes in again elsewhere
    return;
  }
  // A resting hand goes on stirring as time passes; what is held stays so by itself.
  const bool again = ctx.now.step != stroke.step && ctx.state.tool != Tool::hold;
  if (*at == stroke.last && !again) return;
  const bool joined = at->lane == stroke.last.lane;
  const int dx = joined ? at->x - stroke.last.x : 0, dy = joined ? at->y - stroke.last.y : 0;
  // So near to each other that a quick stroke has no gaps.
  const double spacing = std::max(1.0, ctx.state.brush / 2);
  const int dabs = std::max(1, static_cast<int>(std::ceil(std::hypot(dx, dy) / spacing)));
  for (int i = 1; i <= dabs; ++i) {
    const int left = dabs - i;
    touch(ctx, first_lane + at->lane, at->x - dx * left / dabs, at->y - dy * left / dabs, layer);
  }
  stroke.last = *at;
  stroke.step = ctx.now.step;
}

void draw_brush(const UiContext& ctx, ImDrawList& list, const WallLayout& wall,
                WallLayout::Pixel at) {
  const Box pixel = box_of(wall, at), sample = wall.sample(at.lane);
  const ImVec2 middle{(pixel.min.x + pixel.max.x) / 2, (pixel.min.y + pixel.max.y) / 2};
  const float radius =
      std::max((static_cast<float>(ctx.state.brush) + 0.5f) * pixel.width(), ctx.px(3));
  list.PushClipRect({sample.min.x, sample.min.y}, {sample.max.x, sample.max.y}, true);
  // Light within dark: to be seen on black and on white.
  list.AddCircle(middle, radius, IM_COL32(0, 0, 0, 200), 40, std::max(3.0f, ctx.px(3)));
  list.AddCircle(middle, radius, ctx.colours.accent, 40, std::max(1.5f, ctx.px(1.5f)));
  list.PopClipRect();
}

void mark_held(UiContext& ctx, ImDrawList& list, const WallLayout& wall, int layer,
               int first_lane) {
  if (!ctx.now.touches || ctx.now.touches->empty()) return;
  const Grid& grid = ctx.now.grid;
  for (const UnitState& held : held_now(ctx)) {
    const UnitPlace p = place_of(grid, held.unit);
    const int lane = held.lane - first_lane;
    if (p.layer != layer || lane < 0 || lane >= wall.count) continue;
    const Box box = box_of(wall, {lane, p.x, p.y});
    const ImVec2 middle{(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2};
    const float half = std::max(0.5f, 0.16f * box.width());
    list.AddRectFilled({middle.x - half, middle.y - half}, {middle.x + half, middle.y + half},
                       ctx.colours.accent);
  }
}

}  // namespace phaseloom
