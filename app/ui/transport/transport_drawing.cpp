// SPDX-License-Identifier: MIT
// The target as the user's hand draws it: strokes on a plane of its own, until they are taken or
// dropped. Taking them is one entry of undo.

#include <cmath>

#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/transport/transport.hpp"

namespace phaseloom {
namespace {

bool enough(const Sketch& sketch) { return sketch.places.size() >= kMinOwnPoints; }

void take(UiContext& ctx) {
  ctx.session.begin_gesture();
  ctx.session.set("transport.drawing", print_drawing(ctx.kept<Sketch>().places));
  ctx.session.set("transport.pair", kDrawnPair);
  ctx.session.end_gesture();
}

void follow_stroke(Sketch& sketch, const PlaneView& plane) {
  constexpr float kApart = 0.012f;  // neighbours along a stroke
  constexpr float kEdge = 0.5f;
  const bool begun = ImGui::IsItemActivated() && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
  if (begun) sketch.strokes.push_back(sketch.places.size());
  const bool held = ImGui::IsItemActive() && ImGui::IsMouseDown(ImGuiMouseButton_Left);
  if (!held || sketch.strokes.empty() || sketch.places.size() >= kMaxDrawing) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Point p = plane.from_screen({mouse.x, mouse.y});
  const bool inside = std::abs(p.x) <= kEdge && std::abs(p.y) <= kEdge;
  if (!inside) return;
  if (sketch.places.size() == sketch.strokes.back()) return sketch.places.push_back(p);
  // A hand is quicker than frames: what lies between is drawn, too.
  const Point from = sketch.places.back();
  const float way = std::hypot(p.x - from.x, p.y - from.y);
  const int steps = static_cast<int>(way / kApart);
  for (int i = 1; i <= steps && sketch.places.size() < kMaxDrawing; ++i) {
    const float share = static_cast<float>(i) / static_cast<float>(steps);
    sketch.places.push_back({from.x + share * (p.x - from.x), from.y + share * (p.y - from.y)});
  }
}

}  // namespace

void draw_sketch_buttons(UiContext& ctx) {
  Sketch& sketch = ctx.kept<Sketch>();
  const float gap = ctx.px(6), room = ImGui::GetContentRegionAvail().x;
  const float cancel = std::min(ctx.px(72), 0.42f * room);
  const char* const whole = "Draw a target";
  const bool fits = text_width(ctx.fonts.text, whole) + ctx.px(6) <= room - cancel - gap;
  const bool ready = !sketch.on || enough(sketch);
  if (text_button(ctx, "draw",
                  sketch.on ? "Done"
                  : fits    ? whole
                            : "Draw",
                  sketch.on               ? "Takes what you have drawn as the target."
                  : sketch.places.empty() ? "An empty plane; draw where the points are to go."
                                          : "Goes on with what you have drawn.",
                  {.enabled = ready, .chosen = sketch.on && ready}, room - cancel - gap)) {
    if (sketch.on)
      finish_sketch(ctx);
    else
      sketch.on = true;
  }
  ImGui::SameLine(0, gap);
  if (text_button(ctx, "cancel drawing", "Cancel",
                  "Drops what you have drawn; the target is as it was. Escape leaves the drawing, "
                  "and keeps it until you come back.",
                  {.enabled = sketch.on || !sketch.places.empty()}, cancel))
    sketch = {};
}

void finish_sketch(UiContext& ctx) {
  Sketch& sketch = ctx.kept<Sketch>();
  if (sketch.on && enough(sketch)) take(ctx);
  sketch = {};
}

void take_back_stroke(UiContext& ctx) {
  Sketch& sketch = ctx.kept<Sketch>();
  if (sketch.strokes.empty()) return;
  sketch.places.resize(sketch.strokes.back());
  sketch.strokes.pop_back();
}

void draw_drawing(UiContext& ctx, ImDrawList& list, const PlaneView& plane, const Zoomable& thing) {
  const Box& box = thing.view;
  ImGui::SetCursorScreenPos({box.min.x, box.min.y});
  ImGui::InvisibleButton("drawing", {std::max(box.width(), 1.0f), std::max(box.height(), 1.0f)},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
  note_place(ctx, "drawing");
  Sketch& sketch = ctx.kept<Sketch>();
  if (!zoom_input(ctx, thing)) follow_stroke(sketch, plane);
  for (const Point& place : sketch.places) {
    const Point pixel = plane.to_screen(place);
    list.AddCircleFilled({pixel.x, pixel.y}, ctx.px(3.5f), target_colour(ctx), 12);
  }
  const char* const words =
      sketch.places.size() >= kMaxDrawing ? "That is all there is room for; press Done."
      : enough(sketch) ? "Press Done to take it. Ctrl+Z takes the last stroke back."
                       : "Draw where the points are to go, then press Done.";
  say_above(ctx, box, words);
}

}  // namespace phaseloom
