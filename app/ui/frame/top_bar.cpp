// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "app/commands/experiment_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/ui/frame/frame.hpp"
#include "app/ui/frame/keys.hpp"
#include "app/ui/frame/workspaces.hpp"
#include "app/ui/toolkit/drop_down.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

std::string scene_title(const UiContext& ctx) {
  if (ctx.now.scene_file.empty()) return "Untitled scene";
  return std::filesystem::path(ctx.now.scene_file).stem().string();
}

/// The current workspace is underlined; a dot says that something is under way in it.
void draw_tabs(UiContext& ctx, ImDrawList& list, float height) {
  for (const WorkspaceView* tab : workspaces()) {
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const float width = text_width(ctx.fonts.text, tab->label) + ctx.px(16);
    const bool current = tab->workspace == ctx.state.workspace;
    const bool clicked = ImGui::InvisibleButton(tab->label, {width, height});
    note_place(ctx, std::string("workspace ") + tab->label);
    if ((clicked || (focusable(ctx) && pushed(ctx))) && !current)
      ctx.session.post(verbs::workspace, name_of(tab->workspace));
    const bool hovered = ImGui::IsItemHovered();
    hint(ctx, tab->help, workspace_key(*tab));
    draw_text(list, ctx.fonts.text,
              {corner.x + ctx.px(8), corner.y + (height - ctx.fonts.text->FontSize) / 2},
              current || hovered ? ctx.colours.text : ctx.colours.faint, tab->label);
    if (current)
      list.AddRectFilled({corner.x + ctx.px(6), corner.y + height + ctx.px(2)},
                         {corner.x + width - ctx.px(6), corner.y + height + ctx.px(4)},
                         ctx.colours.accent, ctx.px(1));
    if (const TabDot dot = tab->dot ? tab->dot(ctx) : TabDot::none; dot != TabDot::none)
      list.AddCircleFilled({corner.x + width - ctx.px(3), corner.y + ctx.px(8)}, ctx.px(3),
                           dot == TabDot::paused ? ctx.colours.warning : ctx.colours.accent);
    ImGui::SameLine();
  }
}

/// Where type is so large that they would lie under the buttons.
void draw_tab_list(UiContext& ctx) {
  std::vector<std::string> entries;
  int present = -1;
  float width = 0;
  for (const WorkspaceView* tab : workspaces()) {
    if (tab->workspace == ctx.state.workspace) present = static_cast<int>(entries.size());
    entries.emplace_back(tab->label);
    width = std::max(width, text_width(ctx.fonts.text, tab->label));
  }
  const auto taken = drop_down(ctx, {.name = "workspaces",
                                     .entries = entries,
                                     .chosen = present,
                                     .width = width + ImGui::GetFrameHeight() + ctx.px(16),
                                     .help = "Which part of the laboratory is shown."});
  if (taken)
    ctx.session.post(verbs::workspace,
                     name_of(workspaces()[static_cast<std::size_t>(*taken)]->workspace));
  ImGui::SameLine();
}

constexpr int kButtons = 7;
float button_gap(const UiContext& ctx) { return ctx.px(4); }
float group_gap(const UiContext& ctx) { return ctx.px(14); }
float buttons_width(const UiContext& ctx, float height) {
  return kButtons * height + (kButtons - 1) * button_gap(ctx) + group_gap(ctx);
}

}  // namespace

void draw_top_bar(UiContext& ctx) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float height = ImGui::GetFrameHeight();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x;

  // Name of the house.
  draw_icon(list, Icon::wave, {at.x + ctx.px(12), at.y + height / 2}, ctx.px(20),
            ctx.colours.accent);
  float tabs_width = 0;
  for (const WorkspaceView* tab : workspaces())
    tabs_width += text_width(ctx.fonts.text, tab->label) + ctx.px(24);
  const float name_room = text_width(ctx.fonts.strong, "Phaseloom");
  const float taken = name_room + ctx.px(50);
  const float buttons = ctx.state.presenting == Presenting::off ? buttons_width(ctx, height) : 0;
  float name_width = 0;
  if (taken + tabs_width + buttons <= room)
    name_width = draw_text(list, ctx.fonts.strong,
                           {at.x + ctx.px(28), at.y + (height - ctx.fonts.strong->FontSize) / 2},
                           ctx.colours.text, "Phaseloom");
  ImGui::SetCursorScreenPos({at.x + ctx.px(28) + name_width + ctx.px(22), at.y});

  if (taken - name_room + tabs_width + buttons <= room)
    draw_tabs(ctx, list, height);
  else
    draw_tab_list(ctx);
  const float tabs_end = ImGui::GetCursorScreenPos().x;
  // An audience needs none of the following, and keys reach all of it.
  if (ctx.state.presenting != Presenting::off) return;

  // From the right end: buttons, then the scene's name in what is left.
  const float gap = button_gap(ctx), group = group_gap(ctx);
  float x = at.x + room - buttons_width(ctx, height);
  const float buttons_begin = x;
  const auto place = [&] {
    ImGui::SetCursorScreenPos({x, at.y});
    x += height + gap;
  };
  const Snapshot& now = ctx.now;
  place();
  const std::string taken_back = what_undo_takes_back(ctx);
  if (icon_button(ctx, "undo", Icon::undo, height,
                  taken_back.empty() ? "Nothing to take back." : "Takes back: " + taken_back,
                  "Ctrl+Z", {.enabled = !taken_back.empty(), .frame = false}))
    undo(ctx);
  place();
  if (icon_button(ctx, "redo", Icon::redo, height,
                  now.redo_label.empty() ? "Nothing to do again." : "Does again: " + now.redo_label,
                  "Ctrl+Shift+Z", {.enabled = !now.redo_label.empty(), .frame = false}))
    ctx.session.post(verbs::redo);
  x += group;
  place();
  if (icon_button(ctx, "open", Icon::open, height, "Opens a scene or a model.", "Ctrl+O",
                  {.frame = false}))
    ctx.transient.open_prompt = true;
  place();
  if (icon_button(ctx, "save", Icon::save, height,
                  "Saves the scene: everything that is needed to "
                  "see the same again.",
                  "Ctrl+S", {.frame = false}))
    ctx.transient.save_prompt = true;
  place();
  if (icon_button(ctx, "export", Icon::camera, height,
                  "Writes pictures, films, states, and the numbers behind plots.", "Ctrl+E",
                  {.frame = false}))
    ctx.transient.exporting = true;
  place();
  const bool dark = ctx.state.theme == Theme::dark;
  if (icon_button(ctx, "theme", Icon::theme, height,
                  dark ? "Light colours, for projectors." : "Dark colours.", {}, {.frame = false}))
    ctx.session.post(verbs::theme, dark ? "light" : "dark");
  place();
  if (icon_button(ctx, "help", Icon::help, height, "All keys.", "F1",
                  {.chosen = ctx.transient.help, .frame = false}))
    ctx.transient.help = !ctx.transient.help;

  const std::string title = scene_title(ctx);
  const float space = buttons_begin - tabs_end - ctx.px(24);
  if (space < ctx.px(60)) return;
  const std::string cut = shortened(ctx.fonts.text, title, space);
  const float width = text_width(ctx.fonts.text, cut);
  ImGui::SetCursorScreenPos({buttons_begin - ctx.px(12) - width, at.y});
  ImGui::InvisibleButton("scene", {std::max(width, 1.0f), height});
  hint(ctx, ctx.now.scene_file.empty() ? std::string("This scene has not been saved yet.")
                                       : ctx.now.scene_file);
  draw_text(list, ctx.fonts.text,
            {buttons_begin - ctx.px(12) - width, at.y + (height - ctx.fonts.text->FontSize) / 2},
            ctx.colours.faint, cut);
}

}  // namespace phaseloom
