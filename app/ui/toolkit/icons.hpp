// SPDX-License-Identifier: MIT
#pragma once
// Icons as strokes and shapes: sharp at every scale, no font or picture needed.

#include <imgui.h>

namespace phaseloom {

enum class Icon {
  play,
  pause,
  step,
  back,
  restart,
  noise,
  undo,
  redo,
  close,
  reset,
  help,
  theme,
  open,
  save,
  camera,
  pin,
  warning,
  info,
  wave,
  look,
  stir,
  erase,
  enlarge,
  shrink,
};

/// Draws it in a square of side `size` around `centre`.
void draw_icon(ImDrawList& list, Icon icon, ImVec2 centre, float size, ImU32 colour);

}  // namespace phaseloom
