// SPDX-License-Identifier: MIT
#include "app/ui/lesson/card_place.hpp"

#include <algorithm>

#include "app/ui/toolkit/zone_heights.hpp"

namespace phaseloom {
namespace {

constexpr float kCardWidth = 300;  // units, but in a strip: about as wide as a panel
constexpr float kEdge = 4;

/// What of the stage should be seen: where the pictures are, whatever the workspace.
std::optional<Box> pictures(const UiContext& ctx) {
  for (const char* name : {"canvas", "field", "wall", "heat wall", "plane"})
    if (const auto found = ctx.transient.places.find(name); found != ctx.transient.places.end())
      return found->second;
  return {};
}

/// How bad a place of the card is: what it hides of what is spoken of, and of the pictures, in
/// shares of these.
float hides(const UiContext& ctx, const Box& card, const std::vector<SpokenOf>& spoken_of) {
  constexpr float kToDo = 10, kDone = 1;
  const auto share = [&](const Box& box) {
    return overlap(card, box) / std::max(1.0F, box.width() * box.height());
  };
  float bad = 0;
  for (const SpokenOf& what : spoken_of) bad += (what.to_do ? kToDo : kDone) * share(what.box);
  if (const std::optional<Box> seen = pictures(ctx)) bad += share(*seen);
  return bad;
}

}  // namespace

float overlap(const Box& a, const Box& b) {
  const float x = std::min(a.max.x, b.max.x) - std::max(a.min.x, b.min.x);
  const float y = std::min(a.max.y, b.max.y) - std::max(a.min.y, b.min.y);
  return x > 0 && y > 0 ? x * y : 0;
}

bool is_strip(const UiContext& ctx) {
  constexpr float kShare = 0.45F;
  return ctx.px(kCardWidth) > kShare * ImGui::GetIO().DisplaySize.x;
}

float card_width(const UiContext& ctx) {
  const float room = ImGui::GetIO().DisplaySize.x - 2 * ctx.px(kEdge);
  return is_strip(ctx) ? room : std::min(ctx.px(kCardWidth), room);
}

Box place_of_card(const UiContext& ctx, const std::optional<Box>& anchor,
                  const std::vector<SpokenOf>& spoken_of, float height) {
  const ImVec2 whole = ImGui::GetIO().DisplaySize;
  const float gap = ctx.px(14), edge = ctx.px(kEdge), width = card_width(ctx);
  const auto kept = [&](Point p) {
    return Point{
        std::clamp(p.x, edge, std::max(edge, whole.x - edge - width)),
        std::clamp(p.y, ctx.px(kBarHeight),
                   std::max(ctx.px(kBarHeight), whole.y - ctx.px(kStatusHeight) - height))};
  };
  std::vector<Point> places;
  if (!anchor) {
    // Over the controls, of which nothing is said, or below the stage.
    places = {{0, ctx.transient.time_top - edge - height}, {whole.x * 0.62F - width / 2, whole.y}};
  } else if (anchor->width() * anchor->height() > 0.2F * whole.x * whole.y) {
    // What is large is spoken of from its own corner.
    places = {{anchor->max.x - width - gap, anchor->min.y + gap}};
  } else {
    const float x = (anchor->min.x + anchor->max.x) / 2 - width / 2;
    const float y = (anchor->min.y + anchor->max.y) / 2 - height / 2;
    const float below = anchor->max.y + gap, above = anchor->min.y - gap - height;
    places = {{anchor->max.x + gap, y}, {anchor->min.x - gap - width, y}, {x, below}, {x, above}};
    for (const float column : {0.0F, whole.x})
      for (const float level : {y, below, above}) places.push_back({column, level});
  }
  std::vector<Box> boxes;
  for (const Point place : places) {
    const Point corner = kept(place);
    boxes.push_back({corner, {corner.x + width, corner.y + height}});
  }
  return *std::ranges::min_element(boxes, {},
                                   [&](const Box& box) { return hides(ctx, box, spoken_of); });
}

LessonStrip place_of_strip(const UiContext& ctx, const std::vector<SpokenOf>& spoken_of,
                           float height) {
  const bool below =
      std::ranges::any_of(spoken_of, [](const SpokenOf& what) { return what.below && what.to_do; });
  const float edge = ctx.px(kEdge);
  if (below) return {.top = height + 2 * edge - ctx.px(kBarHeight)};
  const float lowest = ImGui::GetIO().DisplaySize.y - ctx.px(kStatusHeight);
  return {.bottom = std::max(height + edge, lowest - ctx.transient.time_top)};
}

Box box_of_strip(const UiContext& ctx, const LessonStrip& strip) {
  const ImVec2 whole = ImGui::GetIO().DisplaySize;
  const float edge = ctx.px(kEdge), lowest = whole.y - ctx.px(kStatusHeight) - edge;
  if (strip.top > 0) return {{edge, edge}, {whole.x - edge, strip.top + ctx.px(kBarHeight) - edge}};
  return {{edge, lowest + edge - strip.bottom}, {whole.x - edge, lowest}};
}

}  // namespace phaseloom
