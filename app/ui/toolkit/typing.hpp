// SPDX-License-Identifier: MIT
#pragma once
// Text that is typed in a control's place. At most one control is typed into at a time; the others
// are drawn by ourselves, so that Tab, Enter, a click elsewhere and Escape mean the same
// everywhere.

#include <optional>
#include <string>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// From the next time that the control is drawn on, it is a text field with all of `text` selected.
void begin_typing(UiContext& ctx, ImGuiID item, std::string text);
bool typing(const UiContext& ctx, ImGuiID item);
/// Ends it, as a click elsewhere does: what was typed so far is taken.
void leave_typing(UiContext& ctx);

/// What was typed, once it is finished.
struct TypedText {
  std::string text;
  bool entered = false;  ///< by Enter; else by leaving the field
};
/// The text field, in the place of the control that is typed into: `item`, which has the keyboard's
/// focus. Nothing while it goes on, and nothing after Escape.
std::optional<TypedText> type_in_place(UiContext& ctx, ImGuiID item, float width, ImFont* font);

/// A text of its own, drawn as a field: a click or Enter begins to type in it. While it is typed
/// into, `text` is what is there so far. True when Enter has ended it.
bool text_field(UiContext& ctx, const char* name, std::string& text, float width, ImFont* font);

}  // namespace phaseloom
