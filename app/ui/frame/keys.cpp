// SPDX-License-Identifier: MIT
#include "app/ui/frame/keys.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/commands/experiment_verbs.hpp"
#include "app/commands/lesson_verbs.hpp"
#include "app/commands/share_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/session/lesson_part.hpp"
#include "app/ui/frame/clipboard.hpp"
#include "app/ui/frame/workspaces.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/key_strokes.hpp"
#include "app/ui/toolkit/messages.hpp"

namespace phaseloom {
namespace {

/// By a tenth of what the program was drawn for; from the size in force, whoever has set it.
void change_text_size(UiContext& ctx, int direction) {
  // What an audience sees is larger than the size that is kept.
  const double own = double(ctx.scale) / presenting_scale(ctx.state.presenting);
  const double wanted = std::round(10 * own + direction) / 10;
  ctx.session.post(verbs::scale, std::clamp(wanted, 0.5, 4.0));
}

constexpr std::string_view kDigits[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9"};

void present_more(UiContext& ctx) {
  const auto next = (static_cast<std::size_t>(ctx.state.presenting) + 1) % kCountOf<Presenting>;
  ctx.session.post(verbs::present, name_of(static_cast<Presenting>(next)));
}

/// Of the lesson that is taken, if one is.
void turn_page(UiContext& ctx, int by) {
  if (ctx.state.lesson.open.empty()) return;
  // One press too many of a remote does not end a lesson.
  LessonPart& part = ctx.session.part<LessonPart>();
  if (by > 0 && part.at_end() && !part.passed()) return;
  ctx.session.post(by > 0 ? verbs::lesson_next : verbs::lesson_back);
}

void close_or_leave(UiContext& ctx) {
  if (std::exchange(ctx.transient.help, false) || ctx.transient.focus.dialog) return;
  if (dismiss_problems(ctx)) return;
  if (ctx.state.presenting != Presenting::off) return ctx.session.post(verbs::present, "off");
  const WorkspaceView& view = present_workspace(ctx);
  if (view.leave && view.leave(ctx)) return;
  if (ctx.state.pinned < 0 && ctx.state.picked < 0) return;
  ctx.session.post(verbs::unpin);
  ctx.session.post(verbs::unpick);
}

const std::vector<KeyBinding>& bindings() {
  static const std::vector<KeyBinding> all = [] {
    std::vector<KeyBinding> keys;
    for (const WorkspaceView* view : workspaces())
      keys.push_back({workspace_key(*view), view->label, [view](UiContext& ctx) {
                        ctx.session.post(verbs::workspace, name_of(view->workspace));
                      }});
    const KeyBinding others[] = {
        {"Space", "Play or pause", {}},
        {"Right", "One step forward", {}, true},
        {"Left", "One step back", {}, true},
        {"R", "Restart from the same noise", {}},
        {"T", "Train in Transport or Thermo", {}},
        {"N", "New noise", {}},
        {"Delete", "Remove the selected units", {}},
        {"L", "Ask for the next class", {}},
        {"Plus", "More samples on the wall", {}},
        {"Minus", "Fewer samples on the wall", {}},
        {"B", "Look, stir, erase or hold", {}},
        {"0", "The whole wall or plane again",
         [](UiContext& ctx) { ctx.session.post(verbs::zoom, 1.0, 0.5, 0.5); }},
        {"C", "Compare with ideal hardware", {}},
        {"Ctrl+Left", "Divider to the left", {}, true},
        {"Ctrl+Right", "Divider to the right", {}, true},
        {"K", "Trace, portrait or pair", {}},
        {"P", "Present: 150 %, 200 %, back", present_more},
        {"F5", "Present", [](UiContext& ctx) { ctx.session.post(verbs::present, "150"); }},
        {"PageDown", "Next step of the lesson", [](UiContext& ctx) { turn_page(ctx, 1); }},
        {"PageUp", "The step before", [](UiContext& ctx) { turn_page(ctx, -1); }},
        {"J", "Next oscillator to pair it with", {}},
        {"Ctrl+Plus", "Larger text", [](UiContext& ctx) { change_text_size(ctx, 1); }},
        {"Ctrl+Minus", "Smaller text", [](UiContext& ctx) { change_text_size(ctx, -1); }},
        {"Ctrl+0", "Text as the monitor says",
         [](UiContext& ctx) { ctx.session.post(verbs::scale, 0.0); }},
        {"Ctrl+Z", "Undo", undo, true},
        {"Ctrl+Shift+Z", "Redo", [](UiContext& ctx) { ctx.session.post(verbs::redo); }, true},
        {"Ctrl+O", "Open a scene or a model",
         [](UiContext& ctx) { ctx.transient.open_prompt = true; }},
        {"Ctrl+S", "Save the scene", [](UiContext& ctx) { ctx.transient.save_prompt = true; }},
        {"Ctrl+Shift+C", "Copy the scene as text",
         [](UiContext& ctx) { ctx.session.post(verbs::scene_copy); }},
        {"Ctrl+V", "Open a scene that was copied as text", paste_scene},
        {"Ctrl+E", "Export pictures, films, numbers",
         [](UiContext& ctx) { ctx.transient.exporting = !ctx.transient.exporting; }, false, true},
        {"Escape", "Leave the control; close; look; unpin", close_or_leave, false, true},
        {"Tab", "Next control: arrows and Enter are its own",
         [](UiContext& ctx) { move_focus(ctx, false, false); }, true, true},
        {"Shift+Tab", "The control before", [](UiContext& ctx) { move_focus(ctx, true, false); },
         true, true},
        {"F6", "Next part of the window", [](UiContext& ctx) { move_focus(ctx, false, true); }},
        {"Shift+F6", "The part before", [](UiContext& ctx) { move_focus(ctx, true, true); }},
        {"F1", "These keys", [](UiContext& ctx) { ctx.transient.help = !ctx.transient.help; },
         false, true},
        {"F11", "Full screen", [](UiContext& ctx) { ctx.transient.toggle_fullscreen = true; },
         false, true},
        {"Ctrl+Q", "Quit", [](UiContext& ctx) { ctx.transient.wants_quit = true; }, false, true},
    };
    keys.insert(keys.end(), std::begin(others), std::end(others));
    return keys;
  }();
  return all;
}

/// Null: undo is the scene's.
const char* own_undo(const UiContext& ctx) {
  const WorkspaceView& view = present_workspace(ctx);
  return view.own_undo ? view.own_undo(ctx) : nullptr;
}

void run_key(UiContext& ctx, const KeyBinding& binding) {
  if (binding.run) return binding.run(ctx);
  // Remotes for presenters send arrows.
  if (ctx.state.presenting != Presenting::off && !ctx.state.lesson.open.empty()) {
    if (binding.chord == "Right") return turn_page(ctx, 1);
    if (binding.chord == "Left") return turn_page(ctx, -1);
  }
  for (const WorkspaceKey& key : present_workspace(ctx).keys)
    if (key.chord == binding.chord) key.run(ctx);
}

}  // namespace

std::string what_undo_takes_back(const UiContext& ctx) {
  const char* own = own_undo(ctx);
  return own ? own : ctx.now.undo_label;
}

void undo(UiContext& ctx) {
  if (own_undo(ctx))
    present_workspace(ctx).undo(ctx);
  else
    ctx.session.post(verbs::undo);
}

std::span<const KeyBinding> key_bindings() { return bindings(); }

std::string_view workspace_key(const WorkspaceView& view) {
  const auto place = std::ranges::find(workspaces(), &view) - workspaces().begin();
  return kDigits[static_cast<std::size_t>(place)];
}

void handle_keys(UiContext& ctx) {
  static const std::vector<KeyPress> chords = [] {
    std::vector<KeyPress> all;
    for (const KeyBinding& binding : bindings()) all.push_back(key_press(binding.chord));
    return all;
  }();
  for (const KeyPress& press : ctx.transient.key_presses) {
    // A text field keeps letters, arrows, and its own undo.
    const bool leaves =
        press.code == GLFW_KEY_TAB || (press.code >= GLFW_KEY_F1 && press.code <= GLFW_KEY_F12);
    if (ImGui::GetIO().WantTextInput && !leaves) continue;
    if (focus_takes(ctx, press)) continue;
    for (std::size_t i = 0; i < chords.size(); ++i) {
      const KeyBinding& binding = bindings()[i];
      if (is_press(press, chords[i]) && (!press.repeated || binding.repeats) &&
          (!ctx.transient.focus.dialog || binding.in_dialogs))
        run_key(ctx, binding);
    }
  }
}

}  // namespace phaseloom
