// SPDX-License-Identifier: MIT
#pragma once
// Colours, measures and type of the laboratory, in one place. One accent colour; everything else is
// neutral, so that the colours in the pictures mean something.

#include <imgui.h>

#include "app/document/ui_state.hpp"

namespace phaseloom {

struct Palette {
  ImU32 back;        ///< behind everything, and the gaps between zones
  ImU32 panel;       ///< of a zone
  ImU32 raised;      ///< of a control
  ImU32 hovered;     ///< of a control under the pointer
  ImU32 line;        ///< borders, grid lines
  ImU32 text;        ///< what one reads
  ImU32 faint;       ///< labels, units, ticks
  ImU32 disabled;    ///< what cannot be used now
  ImU32 accent;      ///< what is active or chosen, and curves
  ImU32 accent_dim;  ///< the filled part of a slider
  ImU32 on_accent;   ///< text on the accent colour
  ImU32 warning;
  ImU32 error;
};

const Palette& palette(Theme theme);

/// Colour with its opacity multiplied.
ImU32 faded(ImU32 colour, float opacity);
/// Mix of two colours; t = 0 is the first.
ImU32 mixed(ImU32 a, ImU32 b, float t);

struct Fonts {
  ImFont* text = nullptr;
  ImFont* strong = nullptr;   ///< headings
  ImFont* mono = nullptr;     ///< numbers
  ImFont* small = nullptr;    ///< small numbers: ticks
  ImFont* caption = nullptr;  ///< small words: captions, axis labels, subscripts
};

/// Adds the fonts of the current ImGui context at this scale: Inter and DejaVu Sans Mono where they
/// are installed, ImGui's own otherwise (`found` is false then). Rebuild the texture afterwards.
Fonts load_fonts(float scale, bool& found);

/// Sets the current ImGui context's colours and measures.
void apply_style(Theme theme, float scale);

}  // namespace phaseloom
