// SPDX-License-Identifier: MIT
#include "app/ui/learn/canvas_hands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "app/commands/playground_verbs.hpp"
#include "app/ui/learn/learn.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

using CanvasTool = PlaygroundView::Tool;

bool is_picked(const UiContext& ctx, int unit) {
  const auto& picked = ctx.state.playground.picked;
  return std::ranges::find(picked, unit) != picked.end();
}

void pick_only(UiContext& ctx, std::initializer_list<int> units) {
  ctx.session.post(verbs::playground_unpick);
  for (const int unit : units) ctx.session.post(verbs::playground_pick, unit);
}

/// Half a turn, or the other sign.
void flip(UiContext& ctx, const PlaygroundSnapshot& now, int unit) {
  const double state = now.now().state[static_cast<std::size_t>(unit)];
  const double other =
      now.is_phase ? std::remainder(state + std::numbers::pi, 2 * std::numbers::pi) : -state;
  ctx.session.post(verbs::playground_turn, unit, other);
}

/// Of the second of two units that are to be coupled: the first is the one that is selected.
void couple_with_picked(UiContext& ctx, const PlaygroundNetwork& network, int unit) {
  const auto picked = ctx.state.playground.picked;  // a copy: picking changes it
  if (picked.size() != 1 || picked.front() == unit) return pick_only(ctx, {unit});
  if (!network.find(picked.front(), unit))
    ctx.session.post(verbs::playground_couple, picked.front(), unit);
  pick_only(ctx, {picked.front(), unit});
}

/// A click, or Enter, on a unit.
void click_unit(UiContext& ctx, const PlaygroundSnapshot& now, const PlaygroundNetwork& network,
                int unit, bool more) {
  switch (ctx.state.playground.tool) {
    case CanvasTool::couple:
      return couple_with_picked(ctx, network, unit);
    case CanvasTool::turn:
      return flip(ctx, now, unit);
    case CanvasTool::remove:
      return ctx.session.post(verbs::playground_delete, unit);
    case CanvasTool::move:
    case CanvasTool::add:
      break;
  }
  if (!more) ctx.session.post(verbs::playground_unpick);
  ctx.session.post(verbs::playground_pick, unit);
}

void click(UiContext& ctx, const CanvasHands& hands, const CanvasLayout& canvas,
           const PlaygroundSnapshot& now, const PlaygroundNetwork& network) {
  const CanvasTool tool = ctx.state.playground.tool;
  const bool more = ImGui::GetIO().KeyShift || ImGui::GetIO().KeyCtrl;
  if (hands.unit >= 0) return click_unit(ctx, now, network, hands.unit, more);
  if (tool == CanvasTool::add) {
    const Point place = canvas.share(hands.from);
    return ctx.session.post(verbs::playground_add, double(place.x), double(place.y));
  }
  if (hands.pair.first >= 0) {
    if (tool == CanvasTool::remove)
      return ctx.session.post(verbs::playground_couple, hands.pair.first, hands.pair.second, 0.0);
    return pick_only(ctx, {hands.pair.first, hands.pair.second});
  }
  ctx.session.post(verbs::playground_unpick);
}

/// The unit, and all that is selected if it is.
void drag_units(UiContext& ctx, const CanvasHands& hands, const CanvasLayout& canvas,
                const PlaygroundNetwork& network, Point to) {
  std::vector<int> units{hands.unit};
  if (is_picked(ctx, hands.unit)) units = ctx.state.playground.picked;
  for (const int unit : units) {
    if (unit >= network.count()) continue;
    const Point at = canvas.at(network.units[static_cast<std::size_t>(unit)]);
    const Point place = canvas.share({at.x + to.x - hands.last.x, at.y + to.y - hands.last.y});
    ctx.session.post(verbs::playground_move, unit, double(place.x), double(place.y));
  }
}

void drag(UiContext& ctx, const CanvasHands& hands, const CanvasLayout& canvas,
          const PlaygroundSnapshot& now, const PlaygroundNetwork& network, Point to) {
  if (hands.unit < 0 || hands.unit >= network.count()) return;
  if (to.x == hands.last.x && to.y == hands.last.y) return;
  const auto& unit = network.units[static_cast<std::size_t>(hands.unit)];
  const CanvasTool tool = ctx.state.playground.tool;
  if (tool == CanvasTool::move || tool == CanvasTool::add)
    return drag_units(ctx, hands, canvas, network, to);
  if (tool != CanvasTool::turn) return;
  const double turn = now.is_phase ? now.setup.carrier * now.now().time : 0;
  const double state = state_towards(canvas, unit, to, now.is_phase) - turn;
  ctx.session.post(verbs::playground_turn, hands.unit,
                   now.is_phase ? std::remainder(state, 2 * std::numbers::pi) : state);
}

void pick_within(UiContext& ctx, const CanvasLayout& canvas, const PlaygroundNetwork& network,
                 Point a, Point b) {
  const Box frame{{std::min(a.x, b.x), std::min(a.y, b.y)},
                  {std::max(a.x, b.x), std::max(a.y, b.y)}};
  if (!ImGui::GetIO().KeyShift) ctx.session.post(verbs::playground_unpick);
  for (int i = 0; i < network.count(); ++i)
    if (frame.contains(canvas.at(network.units[static_cast<std::size_t>(i)])))
      ctx.session.post(verbs::playground_pick, i);
}

/// The button is let go after a way.
void drop(UiContext& ctx, const CanvasHands& hands, const CanvasLayout& canvas,
          const PlaygroundNetwork& network, Point to) {
  const CanvasTool tool = ctx.state.playground.tool;
  if (hands.unit < 0) {
    if (tool == CanvasTool::move) pick_within(ctx, canvas, network, hands.from, to);
    return;
  }
  if (tool != CanvasTool::couple) return;
  const auto other = unit_at(canvas, network, to);
  if (!other || *other == hands.unit) return;
  if (!network.find(hands.unit, *other))
    ctx.session.post(verbs::playground_couple, hands.unit, *other);
  pick_only(ctx, {hands.unit, *other});
}

/// The wheel over the line of two selected units.
void wheel(UiContext& ctx, const PlaygroundCoupling* under) {
  const float turned = ImGui::GetIO().MouseWheel;
  if (turned == 0 || !under || !is_picked(ctx, under->a) || !is_picked(ctx, under->b)) return;
  constexpr double kNotch = 0.1;
  const double weight = std::round((under->weight + kNotch * turned) / kNotch) * kNotch;
  if (weight != 0)  // at 0 it would be gone, and not under the pointer any more
    ctx.session.post(verbs::playground_couple, under->a, under->b, weight);
}

void take_keys(UiContext& ctx, const PlaygroundSnapshot& now, const PlaygroundNetwork& network) {
  if (!focusable(ctx)) return;
  focus_hint(ctx,
             "Arrows lead from unit to unit, with Shift they select more; Enter does what the tool "
             "does; Delete takes the selected ones away.");
  const auto picked = ctx.state.playground.picked;
  const int last = picked.empty() ? -1 : picked.back();
  for (const bool shift : {false, true}) {
    const int by = strokes(ctx, "Right", shift) + strokes(ctx, "Down", shift) -
                   strokes(ctx, "Left", shift) - strokes(ctx, "Up", shift);
    if (by == 0) continue;
    const int n = network.count();
    const int unit = last < 0 ? 0 : ((last + by) % n + n) % n;
    if (!shift) ctx.session.post(verbs::playground_unpick);
    ctx.session.post(verbs::playground_pick, unit);
  }
  if (!pushed(ctx)) return;
  const CanvasTool tool = ctx.state.playground.tool;
  if (tool == CanvasTool::add)
    ctx.session.post(verbs::playground_add, 0.5, 0.5);
  else if (tool == CanvasTool::couple && picked.size() == 2)
    ctx.session.post(verbs::playground_couple, picked[0], picked[1]);
  else if (tool == CanvasTool::remove)
    remove_picked(ctx);
  else if (tool == CanvasTool::turn && last >= 0)
    flip(ctx, now, last);
}

std::string words_of(const PlaygroundSnapshot& now, const PlaygroundNetwork& network, int unit) {
  const auto i = static_cast<std::size_t>(unit);
  const double state = now.now().state[i];
  const auto partners = std::ranges::count_if(
      network.couplings, [&](const auto& c) { return c.a == unit || c.b == unit; });
  const StateInfo& about = state_info(now.is_phase);
  return fmt::format("Unit {}: {} = {:.2f}{}{}, detuning {:.3g}, {} partner{}.", unit, about.symbol,
                     now.is_phase ? std::remainder(state, 2 * std::numbers::pi) : state,
                     about.unit.empty() ? "" : " ", about.unit, network.units[i].detuning, partners,
                     partners == 1 ? "" : "s");
}

/// The pointer is about where the button was let go.
bool near_last(const UiContext& ctx, const CanvasHands& hands, const CanvasLayout& canvas,
               Point at) {
  const float away = std::hypot(at.x - hands.last.x, at.y - hands.last.y);
  return away < std::max(1.5F * canvas.radius, ctx.px(24));
}

}  // namespace

void take_canvas_hands(UiContext& ctx, const CanvasLayout& canvas, const PlaygroundSnapshot& now,
                       const PlaygroundNetwork& network) {
  CanvasHands& hands = ctx.kept<CanvasHands>();
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Point at{mouse.x, mouse.y};
  const bool hovered = ImGui::IsItemHovered();
  const auto under = hovered ? unit_at(canvas, network, at) : std::nullopt;
  const PlaygroundCoupling* line =
      hovered && !under ? coupling_at(ctx, canvas, network, at) : nullptr;
  hands.hovered = under.value_or(-1);
  if (hands.quiet) hands.quiet = ImGui::IsItemActive() || near_last(ctx, hands, canvas, at);
  if (under && !hands.quiet) hint_at_once(ctx, words_of(now, network, *under));
  if (line && !hands.quiet)
    hint_at_once(ctx, fmt::format("{} – {}: weight {:.3g}. Selected, the wheel changes it.",
                                  line->a, line->b, line->weight));
  if (hovered) wheel(ctx, line);

  if (ImGui::IsItemActivated()) {
    hands.unit = hands.hovered;
    hands.pair = line ? std::pair(line->a, line->b) : std::pair(-1, -1);
    hands.from = hands.last = at;
    hands.dragging = false;
    hands.quiet = true;
  }
  if (ImGui::IsItemActive()) {
    const float way = std::hypot(at.x - hands.from.x, at.y - hands.from.y);
    if (!hands.dragging && way > ctx.px(4)) {
      hands.dragging = true;
      if (hands.unit >= 0) ctx.session.begin_gesture();
    }
    if (hands.dragging) {
      drag(ctx, hands, canvas, now, network, at);
      hands.last = at;
    }
  }
  if (ImGui::IsItemDeactivated()) {
    if (hands.dragging) {
      drop(ctx, hands, canvas, network, at);
      if (hands.unit >= 0) ctx.session.end_gesture();
    } else {
      click(ctx, hands, canvas, now, network);
    }
    hands.dragging = false;
  }
  take_keys(ctx, now, network);
}

void paint_canvas_hands(const UiContext& ctx, ImDrawList& list, const CanvasLayout& canvas,
                        const PlaygroundNetwork& network) {
  const CanvasHands& hands = ctx.kept<CanvasHands>();
  if (!hands.dragging) return;
  const CanvasTool tool = ctx.state.playground.tool;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (tool == CanvasTool::couple && hands.unit >= 0 && hands.unit < network.count()) {
    const Point from = canvas.at(network.units[static_cast<std::size_t>(hands.unit)]);
    list.AddLine({from.x, from.y}, mouse, ctx.colours.accent, std::max(1.5F, ctx.px(2)));
  } else if (tool == CanvasTool::move && hands.unit < 0) {
    list.AddRectFilled({hands.from.x, hands.from.y}, mouse, faded(ctx.colours.accent, 0.12F));
    list.AddRect({hands.from.x, hands.from.y}, mouse, ctx.colours.accent);
  }
}

}  // namespace phaseloom
