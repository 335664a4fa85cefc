// SPDX-License-Identifier: MIT
#include "app/ui/frame/keys.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/ui/generate/panels.hpp"
#include "app/ui/generate/view.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/key_strokes.hpp"
#include "app/ui/train/train.hpp"
#include "app/ui/transport/transport.hpp"

namespace phaseloom {
namespace {

/// Elsewhere, the keys of the run on the Generate wall mean nothing, or the same of what is there.
bool generating(const UiContext& ctx) { return ctx.state.workspace == Workspace::generate; }

bool transporting(const UiContext& ctx) { return ctx.state.workspace == Workspace::transport; }

/// More (1) or fewer (-1) samples on the wall.
void change_wall(UiContext& ctx, int direction) {
  if (!generating(ctx)) return;
  // One more row and column up to 16; large walls in larger steps.
  const int wall = ctx.scene.wall;
  const int by = wall > 16 || (wall == 16 && direction > 0) ? 8 : 1;
  const int next = std::clamp(wall + by * direction, 1, 64);
  if (next != wall) ctx.session.set("wall", by > 1 ? std::max(16, next / 8 * 8) : next);
}

void step(UiContext& ctx, int direction) {
  if (generating(ctx)) ctx.session.post(direction > 0 ? Verb::step : Verb::back);
  if (transporting(ctx)) step_flow(ctx, direction);
}

void post_if_generating(UiContext& ctx, Verb verb) {
  if (generating(ctx)) ctx.session.post(verb);
}

/// All, 0, 1, ..., and all again.
void ask_for_next_class(UiContext& ctx) {
  const int labels = known_labels(ctx);
  if (!generating(ctx) || labels == 0) return;
  const int next = ctx.scene.label.value_or(-1) + 1;
  ctx.session.set("label", next < labels ? std::to_string(next) : std::string("all"));
}

/// Look, stir, erase, hold, and look again.
void take_next_tool(UiContext& ctx) {
  if (!generating(ctx)) return;
  const auto next = (static_cast<std::size_t>(ctx.state.tool) + 1) % kToolNames.size();
  ctx.session.post(Verb::tool, kToolNames[next]);
}

/// Off, side by side, split, difference, and off again.
void compare_otherwise(UiContext& ctx) {
  if (!generating(ctx)) return;
  const int next = (static_cast<int>(ctx.state.compare) + 1) % 4;
  ctx.session.post(Verb::compare, compare_name(static_cast<Compare>(next)));
}

void move_divider(UiContext& ctx, double by) {
  if (generating(ctx) && ctx.state.compare == Compare::split)
    ctx.session.post(Verb::divider, std::clamp(ctx.state.divider + by, 0.0, 1.0));
}

void draw_other_curve(UiContext& ctx) {
  if (!generating(ctx) || ctx.state.picked < 0) return;
  const int next = (static_cast<int>(ctx.state.curve) + 1) % 3;
  ctx.session.post(Verb::curve, curve_name(static_cast<Curve>(next)));
}

/// The source that the picked unit listens to next most.
void take_next_partner(UiContext& ctx) {
  if (!generating(ctx) || !ctx.now.model) return;
  const std::vector<int> sources = sources_by_strength(ctx);
  if (sources.empty()) return;
  const auto at = std::ranges::find(sources, partner_of(ctx));
  const bool last = at == sources.end() || at + 1 == sources.end();
  ctx.session.post(Verb::partner, last ? sources.front() : *(at + 1));
  ctx.session.post(Verb::curve, curve_name(Curve::pair));
}

/// By a tenth of what the program was drawn for; from the size in force, whoever has set it.
void change_text_size(UiContext& ctx, int direction) {
  const double wanted = std::round(10 * double(ctx.scale) + direction) / 10;
  ctx.session.post(Verb::scale, std::clamp(wanted, 0.5, 4.0));
}

constexpr KeyBinding kBindings[] = {
    {"1", "Generate", [](UiContext& ctx) { ctx.session.post(Verb::workspace, "generate"); }},
    {"2", "Transport", [](UiContext& ctx) { ctx.session.post(Verb::workspace, "transport"); }},
    {"3", "Train", [](UiContext& ctx) { ctx.session.post(Verb::workspace, "train"); }},
    {"Space", "Play or pause",
     [](UiContext& ctx) {
       if (generating(ctx))
         ctx.session.post(Verb::toggle);
       else if (transporting(ctx))
         ctx.session.post(ctx.state.flow.playing ? Verb::flow_pause : Verb::flow_play);
       else
         toggle_training(ctx);
     }},
    {"Right", "One step forward", [](UiContext& ctx) { step(ctx, 1); }, true},
    {"Left", "One step back", [](UiContext& ctx) { step(ctx, -1); }, true},
    {"R", "Restart from the same noise",
     [](UiContext& ctx) {
       post_if_generating(ctx, Verb::restart);
       if (transporting(ctx)) ctx.session.post(Verb::flow_time, 0.0);
     }},
    {"T", "Train in Transport",
     [](UiContext& ctx) {
       if (transporting(ctx)) toggle_transport_training(ctx);
     }},
    {"N", "New noise", [](UiContext& ctx) { post_if_generating(ctx, Verb::new_noise); }},
    {"L", "Ask for the next class", ask_for_next_class},
    {"Plus", "More samples on the wall", [](UiContext& ctx) { change_wall(ctx, 1); }},
    {"Minus", "Fewer samples on the wall", [](UiContext& ctx) { change_wall(ctx, -1); }},
    {"B", "Look, stir, erase or hold", take_next_tool},
    {"0", "The whole wall or plane again",
     [](UiContext& ctx) { ctx.session.post(Verb::zoom, 1.0, 0.5, 0.5); }},
    {"C", "Compare with ideal hardware", compare_otherwise},
    {"Ctrl+Left", "Divider to the left", [](UiContext& ctx) { move_divider(ctx, -0.05); }, true},
    {"Ctrl+Right", "Divider to the right", [](UiContext& ctx) { move_divider(ctx, 0.05); }, true},
    {"P", "Trace, portrait or pair", draw_other_curve},
    {"J", "Next oscillator to pair it with", take_next_partner},
    {"Ctrl+Plus", "Larger text", [](UiContext& ctx) { change_text_size(ctx, 1); }},
    {"Ctrl+Minus", "Smaller text", [](UiContext& ctx) { change_text_size(ctx, -1); }},
    {"Ctrl+0", "Text as the monitor says",
     [](UiContext& ctx) { ctx.session.post(Verb::scale, 0.0); }},
    {"Ctrl+Z", "Undo", undo, true},
    {"Ctrl+Shift+Z", "Redo", [](UiContext& ctx) { ctx.session.post(Verb::redo); }, true},
    {"Ctrl+O", "Open a scene or a model", [](UiContext& ctx) { ctx.transient.open_prompt = true; }},
    {"Ctrl+S", "Save the scene", [](UiContext& ctx) { ctx.transient.save_prompt = true; }},
    {"Ctrl+E", "Export pictures, films, numbers",
     [](UiContext& ctx) { ctx.transient.exporting = !ctx.transient.exporting; }, false, true},
    {"Escape", "Leave the control; close; look; unpin",
     [](UiContext& ctx) {
       if (std::exchange(ctx.transient.help, false) || ctx.transient.focus.dialog) return;
       if (std::exchange(ctx.transient.sketch, {}).on) return;
       if (generating(ctx) && ctx.state.stage != OnStage::wall)
         return ctx.session.post(Verb::stage, stage_name(OnStage::wall));
       if (generating(ctx) && ctx.state.tool != Tool::look)
         return ctx.session.post(Verb::tool, tool_name(Tool::look));
       if (ctx.state.pinned < 0 && ctx.state.picked < 0) return;
       ctx.session.post(Verb::unpin);
       ctx.session.post(Verb::unpick);
     },
     false, true},
    {"Tab", "Next control: arrows and Enter are its own",
     [](UiContext& ctx) { move_focus(ctx, false, false); }, true, true},
    {"Shift+Tab", "The control before", [](UiContext& ctx) { move_focus(ctx, true, false); }, true,
     true},
    {"F6", "Next part of the window", [](UiContext& ctx) { move_focus(ctx, false, true); }},
    {"Shift+F6", "The part before", [](UiContext& ctx) { move_focus(ctx, true, true); }},
    {"F1", "These keys", [](UiContext& ctx) { ctx.transient.help = !ctx.transient.help; }, false,
     true},
    {"F11", "Full screen", [](UiContext& ctx) { ctx.transient.toggle_fullscreen = true; }, false,
     true},
    {"Ctrl+Q", "Quit", [](UiContext& ctx) { ctx.transient.wants_quit = true; }, false, true},
};

bool sketching(const UiContext& ctx) { return transporting(ctx) && ctx.transient.sketch.on; }

}  // namespace

std::string what_undo_takes_back(const UiContext& ctx) {
  if (!sketching(ctx)) return ctx.now.undo_label;
  return ctx.transient.sketch.strokes.empty() ? "" : "the last stroke";
}

void undo(UiContext& ctx) {
  if (sketching(ctx))
    take_back_stroke(ctx);
  else
    ctx.session.post(Verb::undo);
}

std::span<const KeyBinding> key_bindings() { return kBindings; }

void handle_keys(UiContext& ctx) {
  static const std::vector<KeyPress> chords = [] {
    std::vector<KeyPress> all;
    for (const KeyBinding& binding : kBindings) all.push_back(key_press(binding.chord));
    return all;
  }();
  for (const KeyPress& press : ctx.transient.key_presses) {
    // A text field keeps letters, arrows, and its own undo.
    const bool leaves =
        press.code == GLFW_KEY_TAB || (press.code >= GLFW_KEY_F1 && press.code <= GLFW_KEY_F12);
    if (ImGui::GetIO().WantTextInput && !leaves) continue;
    if (focus_takes(ctx, press)) continue;
    for (std::size_t i = 0; i < chords.size(); ++i)
      if (is_press(press, chords[i]) && (!press.repeated || kBindings[i].repeats) &&
          (!ctx.transient.focus.dialog || kBindings[i].in_dialogs))
        kBindings[i].run(ctx);
  }
}

}  // namespace phaseloom
