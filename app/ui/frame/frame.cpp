// SPDX-License-Identifier: MIT
#include "app/ui/frame/frame.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/commands/view_verbs.hpp"
#include "app/ui/frame/clipboard.hpp"
#include "app/ui/frame/keys.hpp"
#include "app/ui/frame/workspaces.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/messages.hpp"
#include "app/ui/toolkit/plot_export.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/toolkit/zone_heights.hpp"

namespace phaseloom {
namespace {

// In units of the content scale.
constexpr float kGap = 4;
constexpr float kMinSide = 190, kMinStage = 260, kStageShare = 0.4f, kMinTimeline = 96,
                kMinStageHeight = 160, kTimelineShare = 0.2f;

void zone(UiContext& ctx, FocusZone order, const WorkspaceZone& what, const Box& box,
          ImVec2 padding, ImGuiWindowFlags flags = 0) {
  focus_zone(ctx, order);
  ctx.transient.zone_height = box.height() / ctx.scale;
  ImGui::SetNextWindowPos({box.min.x, box.min.y});
  ImGui::SetNextWindowSize({std::max(box.width(), 1.0f), std::max(box.height(), 1.0f)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ctx.px(padding.x), ctx.px(padding.y)});
  ctx.transient.grounds.push_back({box, ctx.colours.panel});
  ImGui::Begin(what.window, nullptr,
               ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoTitleBar |
                   ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav | flags);
  ImGui::PopStyleVar();
  what.draw(ctx);
  ImGui::End();
}

/// The gap between two zones, which can be dragged. `size` is that of the zone it belongs to;
/// `sign` says which way it grows. A window of its own, so that none lies behind the zones.
void splitter(UiContext& ctx, const char* which, const Box& gap, bool upright, double size,
              double sign) {
  const ImVec2 extent{std::max(gap.width(), 1.0f), std::max(gap.height(), 1.0f)};
  ImGui::SetNextWindowPos({gap.min.x, gap.min.y});
  ImGui::SetNextWindowSize(extent);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
  ImGui::Begin(fmt::format("gap {}", which).c_str(), nullptr,
               ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoDecoration |
                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav);
  ImGui::PopStyleVar(2);
  ImGui::InvisibleButton(which, extent);
  const bool active = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
  const bool focused = focusable(ctx);
  note_place(ctx, fmt::format("splitter {}", which));
  if (active || hovered) {
    ImGui::SetMouseCursor(upright ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
    ImGui::GetWindowDrawList()->AddRectFilled({gap.min.x, gap.min.y}, {gap.max.x, gap.max.y},
                                              ctx.colours.accent);
  }
  ImGui::End();
  double by = 0;
  constexpr double kStep = 10;  // of the arrows
  if (focused)
    by = kStep * (upright ? strokes(ctx, "Right") - strokes(ctx, "Left")
                          : strokes(ctx, "Down") - strokes(ctx, "Up"));
  const ImVec2 moved = ImGui::GetIO().MouseDelta;
  if (active) by += double(upright ? moved.x : moved.y) / double(ctx.scale);
  if (by != 0) ctx.session.post(verbs::splitter, which, std::clamp(size + sign * by, 0.0, 8192.0));
}

void draw_splitters(UiContext& ctx, const Zones& z) {
  focus_zone(ctx, FocusZone::gaps);
  const float width = ImGui::GetIO().DisplaySize.x;
  const Box &c = z.controls, &s = z.stage, &i = z.inspector, &t = z.timeline;
  // The sizes in force, which may be smaller than the remembered ones.
  splitter(ctx, "left", {{c.max.x, c.min.y}, {s.min.x, c.max.y}}, true, c.width() / ctx.scale, 1);
  const char* right = present_workspace(ctx).side_splitter;
  splitter(ctx, right, {{s.max.x, s.min.y}, {i.min.x, s.max.y}}, true, i.width() / ctx.scale, -1);
  splitter(ctx, "bottom", {{0, s.max.y}, {width, t.min.y}}, false, t.height() / ctx.scale, -1);
}

/// What is seen, in words that an audience can read; smaller ones where there are many.
void draw_caption(UiContext& ctx) {
  const std::string words = present_workspace(ctx).caption(ctx);
  const float room = ImGui::GetContentRegionAvail().x;
  ImFont* const font =
      text_width(ctx.fonts.text, words) <= room ? ctx.fonts.text : ctx.fonts.caption;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float y = at.y + (ImGui::GetContentRegionAvail().y - font->FontSize) / 2;
  draw_text(*ImGui::GetWindowDrawList(), font, {at.x, y}, ctx.colours.text, words, room);
  ImGui::InvisibleButton("words", {room, std::max(1.0F, ImGui::GetContentRegionAvail().y)});
  note_place(ctx, "caption line");
  hint(ctx, words);
}

/// Messages lie over the stage's lower end.
void draw_stage_zone(UiContext& ctx) {
  const WorkspaceView& view = present_workspace(ctx);
  const ImVec2 corner = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  view.stage.draw(ctx);
  draw_messages(ctx, {{corner.x, corner.y}, {corner.x + room.x, corner.y + room.y}},
                view.shows_errors && view.shows_errors(ctx));
}

/// Who has pressed something looks at what that does: no hint until the pointer moves again.
void hold_hints(Transient& t) {
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsMouseDown(0))
    t.hints_wait = true;
  else if (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)
    t.hints_wait = false;
}

/// A disc of light around the pointer, to be seen from the last row.
void draw_pointer(UiContext& ctx) {
  const ImVec2 at = ImGui::GetIO().MousePos;
  if (!ImGui::IsMousePosValid(&at)) return;
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  list.AddCircleFilled(at, ctx.px(18), faded(ctx.colours.accent, 0.25F));
  list.AddCircle(at, ctx.px(18), ctx.colours.accent, 0, std::max(1.0F, ctx.px(1.5F)));
}

}  // namespace

Zones lay_out(ImVec2 size, const UiState& state, float scale, Sides shown,
              const LessonStrip& strip) {
  const auto px = [scale](double units) { return std::round(static_cast<float>(units) * scale); };
  const float gap = std::max(2.0f, px(kGap));
  const float bar = px(kBarHeight), status = px(kStatusHeight);
  const float space = std::max(size.x - 2 * gap, 1.0f);
  // First the sides give way to the stage, then all shrink alike.
  float left = std::max(px(state.left), px(kMinSide));
  float right = std::max(px(state.*workspace_view(state.workspace).side_size), px(kMinSide));
  if (!shown.left) left = 0;
  if (!shown.right) right = 0;
  const float stage = std::max(px(kMinStage), kStageShare * space);
  const float sides = std::max(space - stage, std::min(2 * px(kMinSide), space * 0.6f));
  if (left + right > sides) {
    const float shrink = sides / (left + right);
    left = std::floor(left * shrink);
    right = std::floor(right * shrink);
  }
  const float top = bar + std::max(1.0f, px(1)) + strip.top;
  const float tallest =
      std::max(size.y - bar - strip.top - status - 2 * gap - px(kMinStageHeight), px(kMinTimeline));
  // In a low window the timeline gives way to the stage.
  const float wanted =
      std::min(px(state.bottom), std::max(px(kMinTimeline), kTimelineShare * size.y));
  const float bottom = std::clamp(wanted, px(kMinTimeline), tallest);

  if (!shown.left) left = -gap;  // the stage takes their gaps as well
  if (!shown.right) right = -gap;

  const float status_top = size.y - status;
  const float timeline_top = status_top - 1 - bottom;
  // A strip may be taller than the zone of time, over which it lies.
  const float middle_end = std::max(top, std::min(timeline_top, status_top - strip.bottom) - gap);
  Zones z;
  z.bar = {{0, 0}, {size.x, bar}};
  z.controls = {{0, top}, {left, middle_end}};
  z.inspector = {{size.x - right, top}, {size.x, middle_end}};
  z.stage = {{left + gap, top}, {size.x - right - gap, middle_end}};
  z.timeline = {{0, timeline_top}, {size.x, status_top - 1}};
  z.status = {{0, status_top}, {size.x, size.y}};
  return z;
}

void draw_frame(UiContext& ctx) {
  Transient& t = ctx.transient;
  t.traces.record(ctx.now);
  t.hint_seconds = std::clamp(t.hint_seconds - t.frame_seconds, 0.0, 2.0);
  hold_hints(t);
  for (const WorkspaceView* view : workspaces())
    if (view->each_frame) view->each_frame(ctx);
  begin_focus(ctx);
  handle_keys(ctx);

  // An audience sees the stage; the panels come back for what a lesson speaks of there.
  Sides shown;
  if (ctx.state.presenting != Presenting::off)
    shown = {t.unfolded == Transient::Unfolded::left, t.unfolded == Transient::Unfolded::right};
  const Zones z = lay_out(ImGui::GetIO().DisplaySize, ctx.state, ctx.scale, shown, t.strip);
  t.time_top = z.timeline.min.y;
  constexpr ImGuiWindowFlags kFixed =
      ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;
  zone(ctx, FocusZone::bar, {"bar", draw_top_bar}, z.bar, {10, 8}, kFixed);
  const WorkspaceView& view = present_workspace(ctx);
  if (shown.left) zone(ctx, FocusZone::left, view.controls, z.controls, {12, 10});
  if (shown.right) zone(ctx, FocusZone::right, view.side, z.inspector, {12, 10});
  zone(ctx, FocusZone::below, view.below, z.timeline, {10, 8}, kFixed);
  const bool captioned = ctx.state.presenting != Presenting::off && view.caption;
  zone(ctx, FocusZone::below, captioned ? WorkspaceZone{"caption line", draw_caption} : view.status,
       z.status, {12, 0}, kFixed);
  zone(ctx, FocusZone::stage, {view.stage.window, draw_stage_zone}, z.stage, {10, 8}, kFixed);
  if (shown.left && shown.right) draw_splitters(ctx, z);
  refuse_other_plots(ctx);
  hand_out_copies(ctx);
  draw_overlays(ctx);
  if (ctx.state.presenting != Presenting::off) draw_pointer(ctx);
}

}  // namespace phaseloom
