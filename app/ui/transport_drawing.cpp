// The target as the user's hand draws it. A stroke is one entry of undo.

#include <cmath>

#include "app/ui/transport.hpp"
#include "app/ui/widgets.hpp"

namespace phaseloom {

void draw_drawing(UiContext& ctx, ImDrawList& list, const PlaneView& plane, Box box) {
  constexpr float kApart = 0.012f;  // neighbours along a stroke
  constexpr float kEdge = 0.5f;
  ImGui::SetCursorScreenPos({box.min.x, box.min.y});
  ImGui::InvisibleButton("drawing", {std::max(box.width(), 1.0f), std::max(box.height(), 1.0f)});
  note_place(ctx, "drawing");
  follow_gesture(ctx);
  Points& places = ctx.transient.drawn;
  if (ImGui::IsItemActive() && places.size() < kMaxDrawing) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const Point p = plane.from_screen({mouse.x, mouse.y});
    const bool inside = std::abs(p.x) <= kEdge && std::abs(p.y) <= kEdge;
    const bool apart =
        places.empty() || std::hypot(p.x - places.back().x, p.y - places.back().y) >= kApart;
    if (inside && apart) {
      places.push_back(p);
      if (places.size() >= kMinOwnPoints)
        ctx.session.set("transport.drawing", print_drawing(places));
    }
  }
  for (const Point& place : places) {
    const Point pixel = plane.to_screen(place);
    list.AddCircleFilled({pixel.x, pixel.y}, ctx.px(3.5f), target_colour(ctx), 12);
  }
  const char* const words = places.size() >= kMaxDrawing ? "That is all there is room for."
                            : places.empty() ? "Draw where the points are to go, then press Done."
                                             : "Press Done to take it; Draw a target begins anew.";
  const float width = text_width(ctx.fonts.text, words);
  draw_text(list, ctx.fonts.text,
            {std::floor((box.min.x + box.max.x - width) / 2), box.min.y + ctx.px(14)},
            ctx.colours.faint, words);
}

}  // namespace phaseloom
