// SPDX-License-Identifier: MIT
// What lies over everything: dialogs, and the question where to save.

#include <imgui.h>

#include <algorithm>
#include <filesystem>

#include "app/document/assets.hpp"
#include "app/ui/frame/frame.hpp"
#include "app/ui/frame/open_dialog.hpp"
#include "app/ui/frame/workspaces.hpp"
#include "app/ui/lesson/lesson_card.hpp"
#include "app/ui/toolkit/dialog.hpp"
#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/key_strokes.hpp"
#include "app/ui/toolkit/question.hpp"
#include "app/ui/toolkit/typing.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

/// A line of text for a path with two buttons; true when it is to be done. `asked` ends with it.
bool draw_prompt(UiContext& ctx, const char* name, const char* title, const char* words,
                 const char* button_name, bool& asked) {
  Transient& t = ctx.transient;
  text(ctx, ctx.fonts.strong, ctx.colours.text, title);
  ImGui::PushTextWrapPos(0);
  text(ctx, ctx.fonts.text, ctx.colours.faint, words);
  ImGui::PopTextWrapPos();
  if (ImGui::IsWindowAppearing()) begin_typing(ctx, ImGui::GetID("path"), t.prompt_path);
  const bool entered =
      text_field(ctx, "path", t.prompt_path, ImGui::GetContentRegionAvail().x, ctx.fonts.text);
  ImGui::Dummy({0, ctx.px(2)});
  const float button = ctx.px(90);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - 2 * button -
                       ImGui::GetStyle().ItemSpacing.x);
  const bool escape = pressed(ctx, "Escape");
  const bool cancel = text_button(ctx, "cancel", "Cancel", {}, {}, button) || escape;
  ImGui::SameLine();
  const bool ready = !t.prompt_path.empty();
  const bool done =
      (text_button(ctx, name, button_name, {}, {.enabled = ready, .chosen = ready}, button) ||
       entered) &&
      ready;
  if (done || cancel) {
    asked = false;
    ImGui::CloseCurrentPopup();
  }
  return done;
}

/// A file that is there, and not the one that this scene came from, is not replaced unasked.
void save_or_ask(UiContext& ctx, const std::string& path) {
  std::error_code ignored;
  const std::filesystem::path file = from_home(unescaped(path));
  if (file == unescaped(ctx.now.scene_file) || !std::filesystem::exists(file, ignored))
    return save_scene_to(ctx, path);
  ask(ctx, {"Replace the file?",
            path + " is there already; undo does not bring it back.",
            {{"Replace", "Writes the scene over it.",
              [path](UiContext& now) { save_scene_to(now, path); }}},
            [path](UiContext& now) {
              now.transient.prompt_path = path;
              now.transient.save_prompt = true;
            }});
}

/// What a scene is named after that is saved for the first time.
std::string scene_name(const UiContext& ctx) {
  if (const auto name = present_workspace(ctx).scene_name) return name(ctx);
  return ctx.now.model ? ctx.now.model->name : "scene";
}

void draw_save(UiContext& ctx) {
  Transient& t = ctx.transient;
  if (t.save_prompt && !ImGui::IsPopupOpen("save")) {
    if (t.prompt_path.empty()) t.prompt_path = suggested_scene_path(ctx, scene_name(ctx));
    ImGui::OpenPopup("save");
  }
  if (!ImGui::IsPopupOpen("save") || !begin_dialog(ctx, "save", 560)) return;
  if (draw_prompt(ctx, "save", "Save the scene",
                  "Everything that is needed to see the same again, as one JSON file.", "Save",
                  t.save_prompt))
    save_or_ask(ctx, t.prompt_path);
  if (!t.save_prompt) t.prompt_path.clear();
  ImGui::EndPopup();
}

}  // namespace

bool begin_dialog(UiContext& ctx, const char* name, float width) {
  const ImVec2 whole = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({std::floor(whole.x / 2), std::floor(whole.y / 2)}, ImGuiCond_Always,
                          {0.5f, 0.5f});
  ImGui::SetNextWindowSize({std::min(ctx.px(width), whole.x - ctx.px(20)), 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ctx.px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ctx.px(20), ctx.px(16)});
  ImGui::PushStyleVar(ImGuiStyleVar_PopupRounding, ctx.px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  const bool open = ImGui::BeginPopupModal(
      name, nullptr,
      ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
          ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav);
  ImGui::PopStyleVar(4);
  if (open) {
    ctx.transient.focus.dialog_drawn = true;
    ctx.transient.places.clear();  // what lies behind is out of reach
  }
  return open;
}

bool pressed_beside_dialog() {
  return ImGui::IsMouseClicked(0) &&
         !ImGui::IsWindowHovered(ImGuiHoveredFlags_RootAndChildWindows |
                                 ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
}

void draw_overlays(UiContext& ctx) {
  focus_zone(ctx, FocusZone::stage);
  draw_lesson_card(ctx);
  focus_zone(ctx, FocusZone::dialog);
  draw_key_list(ctx);
  draw_save(ctx);
  draw_open(ctx);
  draw_export(ctx);
  draw_question(ctx);
}

}  // namespace phaseloom
