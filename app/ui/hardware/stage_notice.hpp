// SPDX-License-Identifier: MIT
#pragma once
// What the stage of a page says while there is nothing to show of its work.

#include <string>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

struct StageNotice {
  const char* title;
  std::string words;
  ImU32 colour;        ///< of the words
  const char* name;    ///< of the button, for tests
  const char* button;  ///< what it says
  const char* help;
  const char* more = "";  ///< in small type, between them
};
/// Words in the middle of the area and a button that begins below them; true: it was pushed.
bool draw_notice(UiContext& ctx, Box area, const StageNotice& notice);

/// A button in the middle of the area at `y`.
bool centred_button(UiContext& ctx, const char* id, const char* label, const char* help, Box area,
                    float y);

/// That something is on its way, nobody knows for how long.
void draw_busy(UiContext& ctx, Box area, const char* words);

}  // namespace phaseloom
