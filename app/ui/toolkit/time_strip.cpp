// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/time_strip.hpp"

#include <algorithm>
#include <cmath>

#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// Where the ruler is, from the top left corner to the bottom right one.
struct Ruler {
  ImVec2 a, b;
  float x(double time) const { return a.x + static_cast<float>(time) * (b.x - a.x); }
  double time(float x) const {
    return std::clamp(double((x - a.x) / std::max(1.0f, b.x - a.x)), 0.0, 1.0);
  }
};

/// What keys and pointer do to the item submitted last.
void take_hands(UiContext& ctx, const Playhead& head, const Ruler& ruler) {
  if (focusable(ctx)) {
    if (strokes(ctx, "Home")) ctx.session.post(head.verb, 0.0);
    if (strokes(ctx, "End")) ctx.session.post(head.verb, 1.0);
    step_time(ctx, head, strokes(ctx, "Right") - strokes(ctx, "Left"));
  }
  if (!ImGui::IsItemActive()) return;
  const double time = ruler.time(ImGui::GetIO().MousePos.x);
  if (time != head.time || head.playing) ctx.session.post(head.verb, time);
}

/// One part, whose words are left out where there is no room for them.
void draw_part(const UiContext& ctx, const TimeStrip& strip, const Ruler& ruler, std::size_t k,
               double time) {
  const Palette& c = ctx.colours;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto n = static_cast<double>(strip.parts.size());
  const float x0 = std::floor(ruler.x(double(k) / n));
  const float x1 = std::floor(ruler.x(double(k + 1) / n));
  const float top = ruler.a.y, bottom = ruler.b.y, pad = ctx.px(5), y = top + ctx.px(3);
  list.AddRectFilled({x0, top}, {x1, bottom}, k % 2 ? mixed(c.panel, c.raised, 0.55f) : c.raised);
  if (const float there = std::max(x0, ruler.x(strip.there)); strip.there < 1 && there < x1)
    list.AddRectFilled({there, top}, {x1, bottom}, mixed(c.panel, c.raised, 0.5f));
  if (const float played = std::min(ruler.x(time), x1); played > x0)
    list.AddRectFilled({x0, top}, {played, bottom}, faded(c.accent_dim, 0.6f));
  const float words = text_width(ctx.fonts.caption, strip.parts[k]) + 2 * pad;
  if (words < x1 - x0) draw_text(list, ctx.fonts.caption, {x0 + pad, y}, c.faint, strip.parts[k]);
  const bool last = k + 1 == strip.parts.size();
  if (last && !strip.end.empty()) {
    const float end = text_width(ctx.fonts.caption, strip.end);
    if (words + end + 2 * pad < x1 - x0)
      draw_text(list, ctx.fonts.caption, {x1 - pad - end, y}, c.faint, strip.end);
  }
  if (k > 0)
    list.AddLine({x0 + 0.5f, top}, {x0 + 0.5f, bottom}, c.faint, std::max(1.0f, ctx.px(1)));
}

}  // namespace

void step_time(UiContext& ctx, const Playhead& head, int steps) {
  if (steps != 0) ctx.session.post(head.verb, std::clamp(head.time + steps * head.step, 0.0, 1.0));
}

void play_on(UiContext& ctx, double& time, double& held, const ClockPace& pace, double there) {
  ctx.transient.moving = true;
  const double seconds = double(ctx.transient.frame_seconds);
  if (time < 1) {
    time = std::min({1.0, time + seconds / pace.way, std::max(there, time)});
    held = 0;
  } else if ((held += seconds) > pace.hold) {
    time = held = 0;
  }
}

void draw_time_strip(UiContext& ctx, const TimeStrip& strip) {
  const Palette& c = ctx.colours;
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  if (room.y < ctx.px(16)) return;
  const float wing = ctx.px(6);
  const Ruler ruler{{at.x + wing, at.y + wing}, {at.x + room.x - wing, at.y + room.y - ctx.px(8)}};
  ImGui::InvisibleButton(strip.name, {std::max(room.x, 1.0f), std::max(room.y, 1.0f)});
  note_place(ctx, strip.name);
  hint(ctx, strip.help);
  take_hands(ctx, strip.head, ruler);
  const double time = std::min(strip.head.time, strip.there);
  for (std::size_t k = 0; k < strip.parts.size(); ++k) draw_part(ctx, strip, ruler, k, time);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float x = std::floor(ruler.x(time)) + 0.5f, top = ruler.a.y, bottom = ruler.b.y;
  list.AddLine({x, top - wing}, {x, bottom + ctx.px(3)}, c.accent, std::max(1.0f, ctx.px(2)));
  list.AddTriangleFilled({x - wing, top - wing}, {x + wing, top - wing}, {x, top + ctx.px(2)},
                         c.accent);
  if (strip.progress > 0)
    list.AddRectFilled({ruler.a.x, bottom + ctx.px(4)},
                       {ruler.x(strip.progress), bottom + ctx.px(7)},
                       strip.paused ? c.warning : c.accent);
}

}  // namespace phaseloom
