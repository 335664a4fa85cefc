// SPDX-License-Identifier: MIT
#pragma once
// Controls. Those of the experiment show session.scene() and post commands; a drag from mouse down
// to mouse up is one gesture and hence one entry of undo. Each says what it does when the pointer
// rests on it.

#include <imgui.h>

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/ui/toolkit/context.hpp"
#include "app/ui/toolkit/icons.hpp"

namespace phaseloom {

/// Explains the item submitted last, when the pointer or the keyboard's focus has rested on it;
/// `keys` may be empty.
void hint(UiContext& ctx, std::string_view text, std::string_view keys = {});

/// The same of the control that has the keyboard's focus, where it is more than the item submitted
/// last, once the keys have rested.
void focus_hint(UiContext& ctx, std::string_view text, std::string_view keys = {});

/// Like hint() without waiting: of what is under the pointer within an item.
void hint_at_once(UiContext& ctx, std::string_view text);

/// Words in a small window at the pointer, or below and right of a point.
void show_hint(UiContext& ctx, std::string_view text, std::optional<ImVec2> at = {},
               std::string_view keys = {});

/// Notes where the item submitted last is, for tests: under `name`.
void note_place(UiContext& ctx, std::string_view name);

// --- text ------------------------------------------------------------------

void text(const UiContext& ctx, ImFont* font, ImU32 colour, std::string_view text);
/// Draws text in a draw list and returns its width. Cut with "..." beyond `max_width` (if > 0).
float draw_text(ImDrawList& list, ImFont* font, ImVec2 at, ImU32 colour, std::string_view text,
                float max_width = 0);
float text_width(ImFont* font, std::string_view text);
struct NamedNumber {
  const char* name;
  std::string value;
};
/// Numbers and their names at the right end of a line of buttons that takes its first `taken`
/// pixels; from the right, as many as there is room for.
void draw_numbers_line(UiContext& ctx, std::span<const NamedNumber> numbers, ImVec2 corner,
                       float width, float height, float taken);
/// The text, shortened with an ellipsis until it is at most that wide.
std::string shortened(ImFont* font, std::string_view text, float max_width);
/// Name on the left, value in a monospaced face on the right of the same line.
void fact(UiContext& ctx, std::string_view name, std::string_view value,
          std::string_view explanation = {});
/// A name above a number, from the top left corner of a strip that is `height` high; returns how
/// wide it is.
float draw_cell(UiContext& ctx, ImVec2 at, float height, const char* name, const std::string& value,
                ImU32 colour, std::string_view help);
float cell_width(const UiContext& ctx, const char* name, const std::string& value);
/// Heading of a group of controls.
void heading(UiContext& ctx, std::string_view title);
/// The same of a group that folds away; true while it is open. Until somebody has opened or closed
/// it, it is open where its zone is at least `room` units high. `right_width` pixels are left free
/// at its right end; what is drawn there comes before or after, on the same line.
bool section(UiContext& ctx, Section which, std::string_view title, float room = 0,
             float right_width = 0);
/// After it: puts what is drawn next beside its title, so much above the title's line, in the room
/// that was kept. Not SameLine(): versions of ImGui differ in where the item after the next one
/// goes.
void go_beside_section(float up);

// --- buttons ---------------------------------------------------------------

struct ButtonLook {
  bool enabled = true;
  bool chosen = false;  ///< drawn as the one that is on
  bool frame = true;    ///< has a background when not hovered
};
bool icon_button(UiContext& ctx, const char* id, Icon icon, float size, std::string_view help,
                 std::string_view keys = {}, ButtonLook look = {});
/// @param width 0: text_button_width()
bool text_button(UiContext& ctx, const char* id, std::string_view label, std::string_view help,
                 ButtonLook look = {}, float width = 0);
float text_button_width(const UiContext& ctx, std::string_view label);

struct Choice {
  std::string label;
  std::string help;
  bool enabled = true;
};
/// A row of buttons of which one is on; returns the one clicked.
std::optional<int> segmented(UiContext& ctx, const char* id, std::span<const Choice> choices,
                             int chosen, float width);

// --- values of the scene ---------------------------------------------------

/// How a number is dragged. Typing (double click) allows all that the scene allows.
struct SliderRange {
  double min = 0;
  double max = 1;
  double step = 0;   ///< values are multiples of it; 0: continuous
  double curve = 1;  ///< > 1: finer near min
  const char* format = "%.3f";
};

enum class SliderInput { drag_or_type, drag_only };

/// Number in a bar that fills; true while it changes `value`. `shown` replaces the number. What it
/// changes from mouse down to mouse up is one entry of undo, and so is a number that is typed.
bool slider(UiContext& ctx, const char* id, double& value, const SliderRange& range, float width,
            const char* shown = nullptr, SliderInput input = SliderInput::drag_or_type);
/// After a control: what it changes from mouse down to mouse up is one entry of undo.
void follow_gesture(UiContext& ctx);

/// A row: label, control, and a button to the ideal value if there is one.
struct FieldRow {
  const char* field;             ///< of the scene
  const char* label = nullptr;   ///< null: the field's own
  const char* symbol = nullptr;  ///< in the equations, beside the help
  const char* ideal = nullptr;   ///< printed value that "ideal" sets
};
void slider_row(UiContext& ctx, const FieldRow& row, const SliderRange& range,
                const char* shown = nullptr);
/// `labels` in the order of the field's choices; empty: the choices themselves. `preview`: what the
/// closed list shows, if not the label.
void choice_row(UiContext& ctx, const FieldRow& row, std::span<const char* const> labels = {},
                const char* preview = nullptr);
void natural_row(UiContext& ctx, const FieldRow& row);
/// A box with a tick; true when it was changed. `name` is for note_place().
bool check_box(UiContext& ctx, const char* name, bool& value);
void check_row(UiContext& ctx, const FieldRow& row);

/// For rows with a control of their own: draws the label, puts the cursor where the control
/// belongs and returns its width. end_row() adds the ideal button.
float begin_row(UiContext& ctx, const FieldRow& row);
void end_row(UiContext& ctx, const FieldRow& row);
/// What a field's hint says.
std::string field_help(const FieldRow& row);

}  // namespace phaseloom
