// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/drop_down.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/imgui_versions.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

constexpr const char* kPopup = "entries";

/// The closed control; true when it was clicked.
bool draw_closed(UiContext& ctx, const DropDown& list, const std::string& shown, bool open) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ImGui::GetFrameHeight();
  const bool clicked = ImGui::InvisibleButton("closed", {std::max(list.width, 1.0f), height});
  note_place(ctx, list.name);
  const Palette& c = ctx.colours;
  const ImVec2 end{at.x + list.width, at.y + height};
  const bool lit = open || ImGui::IsItemHovered();
  const float rounding = ImGui::GetStyle().FrameRounding;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddRectFilled(at, end, lit ? c.hovered : c.raised, rounding);
  draw_text(
      draw, ctx.fonts.text,
      {at.x + ImGui::GetStyle().FramePadding.x, at.y + (height - ctx.fonts.text->FontSize) / 2},
      c.text, shown, list.width - height - ctx.px(4));
  const float r = ctx.px(4), x = end.x - height / 2, y = std::floor(at.y + height / 2);
  draw.AddTriangleFilled({x - r, y - r / 2}, {x + r, y - r / 2}, {x, y + r},
                         lit ? c.text : c.faint);
  return clicked;
}

/// Where the open list begins: below or above the control, and within the window.
float left_of(const UiContext& ctx, const DropDown& list, float control) {
  float width = list.width;
  for (const std::string& entry : list.entries)
    width = std::max(width, text_width(ctx.fonts.text, entry) + 2 * ctx.px(8));
  const float room = ImGui::GetIO().DisplaySize.x - ctx.px(4) - ImGui::GetStyle().ScrollbarSize;
  return std::max(0.0f, std::min(control, room - width));
}

/// Where the keys lead to in the open list; the entry that they take, if they do.
std::optional<int> walk(UiContext& ctx, OpenList& open, int count) {
  constexpr int kPage = 8;
  const auto net = [&](const char* down, const char* up) {
    return strokes(ctx, down) - strokes(ctx, up);
  };
  const int before = open.at;
  open.at += net("Down", "Up") + kPage * net("PageDown", "PageUp");
  if (strokes(ctx, "Home")) open.at = 0;
  if (strokes(ctx, "End")) open.at = count - 1;
  open.at = std::clamp(open.at, 0, std::max(count - 1, 0));
  open.moved = open.moved || open.at != before;
  if (count > 0 && pushed(ctx)) return open.at;
  return std::nullopt;
}

std::optional<int> draw_entries(UiContext& ctx, const DropDown& list) {
  OpenList& open = ctx.transient.focus.list;
  const auto count = static_cast<int>(list.entries.size());
  std::optional<int> taken = walk(ctx, open, count);
  for (int i = 0; i < count; ++i) {
    ImGui::PushID(i);
    const bool at = i == open.at;
    if (ImGui::Selectable(list.entries[static_cast<std::size_t>(i)].c_str(), i == list.chosen))
      taken = i;
    note_place(ctx, fmt::format("{} entry {}", list.name, i));
    const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
    if (at) ImGui::GetWindowDrawList()->AddRect(low, high, ctx.colours.text, ctx.px(3));
    if (at && open.moved) ImGui::SetScrollHereY();
    const ImVec2 by = ImGui::GetIO().MouseDelta;
    if (ImGui::IsItemHovered() && (by.x != 0 || by.y != 0)) open.at = i;
    ImGui::PopID();
  }
  open.moved = false;
  if (!list.footer.empty()) {
    ImGui::Separator();
    ImGui::TextDisabled("%.*s", static_cast<int>(list.footer.size()), list.footer.data());
  }
  return taken;
}

}  // namespace

std::optional<int> drop_down(UiContext& ctx, const DropDown& list) {
  Focus& focus = ctx.transient.focus;
  const auto count = static_cast<int>(list.entries.size());
  const std::string shown = !list.shown.empty() ? list.shown
                            : list.chosen >= 0 && list.chosen < count
                                ? list.entries[static_cast<std::size_t>(list.chosen)]
                                : std::string();
  ImGui::PushID(list.name);
  const ImGuiID own = ImGui::GetID(kPopup);
  std::optional<int> taken;
  bool is_open = ImGui::IsPopupOpen(kPopup);
  if (!is_open && focus.list.item == own) focus.list = {};  // a click elsewhere has closed it
  bool opens = draw_closed(ctx, list, shown, is_open);
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  if (is_open) {
    focus.order.push_back({last_item(), focus.zone});  // it has the focus back when the list closes
  } else if (focusable(ctx)) {
    opens = opens || pushed(ctx);
    if (!opens) taken = moved_choice(ctx, list.chosen, count);
  }
  if (!is_open && !opens) hint(ctx, list.help);
  if (opens && !is_open) {
    ImGui::OpenPopup(kPopup);
    focus.list = {.item = own, .at = std::max(list.chosen, 0), .moved = true};
    focus.keys.clear();  // the one that opened it takes no entry
    is_open = true;
  }
  if (is_open) {
    // Below the control or, where more room is, above it.
    const float bottom = ImGui::GetIO().DisplaySize.y, gap = ctx.px(2);
    const bool below =
        bottom - high.y >= low.y || bottom - high.y > ctx.px(24) * static_cast<float>(count + 2);
    const float room = (below ? bottom - high.y : low.y) - 2 * gap;
    ImGui::SetNextWindowPos({left_of(ctx, list, low.x), below ? high.y + gap : low.y - gap},
                            ImGuiCond_Always, {0, below ? 0.0f : 1.0f});
    ImGui::SetNextWindowSizeConstraints({list.width, 0}, {1e4f, std::min(room, ctx.px(480))});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ctx.px(8), ctx.px(6)});
    if (ImGui::BeginPopup(kPopup, ImGuiWindowFlags_NoMove | ImGuiWindowFlags_AlwaysAutoResize)) {
      focus.list.item = own;
      focus.list.drawn = true;
      taken = draw_entries(ctx, list);
      if (taken || strokes(ctx, "Escape")) {
        ImGui::CloseCurrentPopup();
        focus.list = {};
      }
      ImGui::EndPopup();
    }
    ImGui::PopStyleVar();
  }
  ImGui::PopID();
  if (taken && *taken == list.chosen) taken.reset();
  return taken;
}

std::optional<int> choose_one(UiContext& ctx, const char* name, std::span<const Choice> choices,
                              int chosen, float width) {
  float wanted = 0;
  for (const Choice& choice : choices)
    wanted += text_width(ctx.fonts.text, choice.label) + ctx.px(8);
  if (wanted <= width) return segmented(ctx, name, choices, chosen, width);
  std::vector<std::string> labels;
  for (const Choice& choice : choices) labels.push_back(choice.label);
  const auto taken = drop_down(
      ctx, {.name = name,
            .entries = labels,
            .chosen = chosen,
            .width = width,
            .help = chosen >= 0 ? choices[static_cast<std::size_t>(chosen)].help : std::string()});
  return taken && choices[static_cast<std::size_t>(*taken)].enabled ? taken : std::nullopt;
}

}  // namespace phaseloom
