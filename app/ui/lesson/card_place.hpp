// SPDX-License-Identifier: MIT
#pragma once
// Where the card of a lesson lies: beside what it speaks of, or, where type is large in a small
// window, as a strip along an end of it, which the zones leave free.

#include <optional>
#include <vector>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// What a card must not hide: what is to be moved or pressed, and what it points to.
struct SpokenOf {
  Box box;
  bool to_do = true;   ///< false: it is where the step wants it
  bool below = false;  ///< in the zone below the stage
};

float overlap(const Box& a, const Box& b);

/// Whether a card would hide half of what it speaks of.
bool is_strip(const UiContext& ctx);
float card_width(const UiContext& ctx);

/// Of a card of that height that is no strip: beside the anchor, or in a panel's column,
/// where it hides least, and within the window.
Box place_of_card(const UiContext& ctx, const std::optional<Box>& anchor,
                  const std::vector<SpokenOf>& spoken_of, float height);

/// The strip of at least that height lies at the lower end, over the whole zone below the stage,
/// unless that has what is spoken of: then over the bar, which keys do without.
LessonStrip place_of_strip(const UiContext& ctx, const std::vector<SpokenOf>& spoken_of,
                           float height);
Box box_of_strip(const UiContext& ctx, const LessonStrip& strip);

}  // namespace phaseloom
