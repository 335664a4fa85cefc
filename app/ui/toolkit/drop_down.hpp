// SPDX-License-Identifier: MIT
#pragma once
// A list that opens: one entry is chosen. Mouse: a click opens it, another takes an entry.
// Keyboard: closed, the arrows take the entry before or after and Enter opens it; open, arrows,
// Home, End and the pages go through it, Enter or Space takes, Escape closes.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/ui/toolkit/context.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

struct DropDown {
  const char* name;  ///< its place is noted under it, and it is unique within its window
  std::span<const std::string> entries = {};
  int chosen = -1;               ///< of the entries; -1: none of them
  std::string shown = {};        ///< while it is closed; empty: the chosen entry
  float width = 0;               ///< pixels
  std::string_view help = {};    ///< when the pointer rests on it
  std::string_view footer = {};  ///< a last line that cannot be chosen; may be empty
};

/// Returns the entry that was taken, if another than the chosen one.
std::optional<int> drop_down(UiContext& ctx, const DropDown& list);

/// A row of buttons of which one is on, or, where their words would be cut, a list that opens.
std::optional<int> choose_one(UiContext& ctx, const char* name, std::span<const Choice> choices,
                              int chosen, float width);

}  // namespace phaseloom
