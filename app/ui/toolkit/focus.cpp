// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/focus.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/ui/toolkit/imgui_versions.hpp"
#include "app/ui/toolkit/key_strokes.hpp"
#include "app/ui/toolkit/typing.hpp"

namespace phaseloom {
namespace {

constexpr std::string_view kOwnKeys[] = {"Enter", "Space", "Left", "Right",  "Up",
                                         "Down",  "Home",  "End",  "PageUp", "PageDown"};

constexpr ImGuiPopupFlags kAnyPopup = ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel;

void draw_ring(UiContext& ctx, const Box& box) {
  const ImVec2 corner = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  const float out = ctx.px(2), thick = std::max(2.0f, ctx.px(2));
  list.PushClipRect(corner, {corner.x + size.x, corner.y + size.y});
  // Light within dark: to be seen on the wall as well.
  for (const auto& [grow, colour, width] :
       {std::tuple{out + 1, ctx.colours.back, thick + 2}, std::tuple{out, ctx.colours.text, thick}})
    list.AddRect({box.min.x - grow, box.min.y - grow}, {box.max.x + grow, box.max.y + grow}, colour,
                 ImGui::GetStyle().FrameRounding + grow, 0, width);
  list.PopClipRect();
}

/// Scrolls the window until the place is within it, if it is not.
void scroll_to(const Box& place) {
  const ImDrawList& list = *ImGui::GetWindowDrawList();
  const float top = ImGui::GetWindowPos().y, margin = ImGui::GetStyle().ItemSpacing.y;
  if (place.min.y < list.GetClipRectMin().y)
    ImGui::SetScrollFromPosY(place.min.y - margin - top, 0);
  else if (place.max.y > list.GetClipRectMax().y)
    ImGui::SetScrollFromPosY(place.max.y + margin - top, 1);
}

}  // namespace

bool focusable(UiContext& ctx, ImGuiID item, const Box* box) {
  Focus& f = ctx.transient.focus;
  if (!ctx.transient.unavailable.empty()) return false;
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  const Box place = box ? *box : Box{{low.x, low.y}, {high.x, high.y}};
  if (!item) item = last_item();
  f.order.push_back({item, f.zone});
  // A click takes the keys away, but Tab goes on from there.
  const bool within =
      ImGui::IsMouseHoveringRect({place.min.x, place.min.y}, {place.max.x, place.max.y});
  if (ImGui::IsMouseClicked(0) && within &&
      ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem)) {
    f.item = item;
    f.on = false;
  }
  if (f.first_of_dialog && f.zone == FocusZone::dialog) {
    f.first_of_dialog = false;
    f.keys.clear();  // they were another control's
    f.item = item;
    f.on = true;
  }
  if (f.item != item || !f.on) return false;
  if (std::exchange(f.moved, false)) scroll_to(place);
  f.box = place;
  draw_ring(ctx, place);
  return true;
}

int strokes(const UiContext& ctx, std::string_view key, bool shift) {
  const int code = key_code(key);
  return static_cast<int>(std::ranges::count_if(ctx.transient.focus.keys, [&](const KeyPress& k) {
    return k.code == code && k.shift == shift;
  }));
}

void key_gesture(UiContext& ctx) {
  if (!std::exchange(ctx.transient.focus.gesture, true)) ctx.session.begin_gesture();
}

/// How long the focus rests until there is a hint, and until that is gone again; in seconds.
constexpr double kHintFrom = 0.7, kHintUntil = 9;

bool focus_rests(const UiContext& ctx) {
  const Focus& f = ctx.transient.focus;
  return f.on && f.rest >= kHintFrom && f.rest < kHintUntil && !f.list.item;
}

bool pushed(const UiContext& ctx) {
  return std::ranges::any_of(ctx.transient.focus.keys, [](const KeyPress& k) {
    return !k.repeated && (k.code == key_code("Enter") || k.code == key_code("Space"));
  });
}

std::optional<int> moved_choice(const UiContext& ctx, int chosen, int count) {
  const int by =
      strokes(ctx, "Right") + strokes(ctx, "Down") - strokes(ctx, "Left") - strokes(ctx, "Up");
  const int home = strokes(ctx, "Home"), end = strokes(ctx, "End");
  if (count < 1 || (by == 0 && !home && !end)) return std::nullopt;
  const int to = home ? 0 : end ? count - 1 : std::clamp(chosen + by, 0, count - 1);
  if (to == chosen) return std::nullopt;
  return to;
}

void scroll_by_keys(UiContext& ctx, float line, float page) {
  const auto net = [&](const char* down, const char* up) {
    return static_cast<float>(strokes(ctx, down) - strokes(ctx, up));
  };
  const float by = line * net("Down", "Up") + page * net("PageDown", "PageUp");
  float to = ImGui::GetScrollY() + by;
  if (strokes(ctx, "Home")) to = 0;
  if (strokes(ctx, "End")) to = ImGui::GetScrollMaxY();
  if (to != ImGui::GetScrollY()) ImGui::SetScrollY(std::clamp(to, 0.0f, ImGui::GetScrollMaxY()));
}

std::span<const std::string_view> own_keys() { return kOwnKeys; }

void begin_focus(UiContext& ctx) {
  Focus& f = ctx.transient.focus;
  f.before = std::exchange(f.order, {});
  f.keys.clear();
  f.rest = ctx.transient.key_presses.empty() ? f.rest + double(ctx.transient.frame_seconds) : 0;
  // Who takes the mouse does not look for help with the keys: the hint lies in the way.
  const ImVec2 moved = ImGui::GetIO().MouseDelta;
  if (moved.x != 0 || moved.y != 0) f.rest = std::max(f.rest, kHintUntil);
  if (!ctx.transient.own_key_held && std::exchange(f.gesture, false)) ctx.session.end_gesture();
  f.zone = FocusZone::bar;
  if (ImGui::IsMouseClicked(0)) f.on = false;
  const bool there =
      std::ranges::any_of(f.before, [&](const Focus::Stop& stop) { return stop.item == f.item; });
  if (!there) f.on = false;
  if (!std::exchange(f.list.drawn, false)) f.list = {};
  f.dialog = std::exchange(f.dialog_drawn, false) && ImGui::IsPopupOpen("", kAnyPopup);
}

void focus_zone(UiContext& ctx, FocusZone zone) { ctx.transient.focus.zone = zone; }

bool focus_takes(UiContext& ctx, const KeyPress& press) {
  Focus& f = ctx.transient.focus;
  const bool own = std::ranges::any_of(
      kOwnKeys, [&](std::string_view key) { return key_code(key) == press.code; });
  const bool escape = press.code == key_code("Escape");
  if (press.ctrl || press.alt) return false;
  if (f.list.item) {
    if (own || escape) f.keys.push_back(press);
    return own || escape;
  }
  // A menu of the right button closes, and nothing else.
  if (escape && !f.dialog && ImGui::IsPopupOpen("", kAnyPopup)) return true;
  if (!f.on) return false;
  if (escape) {
    f.on = false;
    return !f.dialog;  // a dialog closes at once
  }
  if (own) f.keys.push_back(press);
  return own;
}

void move_focus(UiContext& ctx, bool back, bool by_zone) {
  Focus& f = ctx.transient.focus;
  if (f.list.item) return;
  std::vector<Focus::Stop> stops = f.before;
  std::erase_if(
      stops, [&](const Focus::Stop& stop) { return (stop.zone == FocusZone::dialog) != f.dialog; });
  if (stops.empty()) return;
  std::ranges::stable_sort(stops, {}, &Focus::Stop::zone);
  leave_typing(ctx);
  const auto count = static_cast<int>(stops.size());
  const auto found = std::ranges::find(stops, f.item, &Focus::Stop::item);
  int at = static_cast<int>(found - stops.begin());
  const int by = back ? -1 : 1;
  if (found == stops.end()) {
    at = back ? count - 1 : 0;
  } else {
    const FocusZone from = found->zone;
    do at = (at + by + count) % count;
    while (by_zone && stops[static_cast<std::size_t>(at)].zone == from &&
           stops[static_cast<std::size_t>(at)].item != f.item);
  }
  if (by_zone) {  // to the zone's first control, either way
    const FocusZone zone = stops[static_cast<std::size_t>(at)].zone;
    while (at > 0 && stops[static_cast<std::size_t>(at - 1)].zone == zone) --at;
  }
  f.item = stops[static_cast<std::size_t>(at)].item;
  f.on = f.moved = true;
}

void focus_on_dialog(UiContext& ctx) { ctx.transient.focus.first_of_dialog = true; }

}  // namespace phaseloom
