// SPDX-License-Identifier: MIT
// The stage: tools above, the canvas below.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "app/commands/playground_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/learn/canvas_hands.hpp"
#include "app/ui/learn/field_view.hpp"
#include "app/ui/learn/learn.hpp"
#include "app/ui/toolkit/drop_down.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

using CanvasTool = PlaygroundView::Tool;

void draw_tools(UiContext& ctx, Box area) {
  const std::string_view why = why_not_editable(ctx);
  const bool edits = why.empty();
  const Choice tools[] = {
      {"Move", "Drag units; click to select, Shift selects more; drag beside them to select many.",
       true},
      {"Couple", "Drag from one unit to another, or click both.", edits},
      {"Add", "A click beside the units adds one.", edits},
      {"Turn", "Drag a hand or a bar; a click turns it half a turn.", true},
      {"Remove", "A click takes a unit or a coupling away.", edits}};
  const Box row = draw_lesson_menu(ctx, area);
  ImGui::SetCursorScreenPos({row.min.x, row.min.y});
  const float width = std::min(row.width(), ctx.px(420));
  if (const auto taken = choose_one(ctx, "playground tool", tools,
                                    static_cast<int>(ctx.state.playground.tool), width))
    ctx.session.post(verbs::playground_tool, name_of(static_cast<CanvasTool>(*taken)));
}

/// As it is set, where its units are those that run: what is dragged follows at once.
PlaygroundNetwork const& shown_network(const UiContext& ctx, const PlaygroundSnapshot& now) {
  const OwnNetwork& own = ctx.scene.playground.own;
  return own && own->count() == now.network->count() ? *own : *now.network;
}

void draw_caption(UiContext& ctx, const PlaygroundSnapshot& now, Box area) {
  const std::size_t couplings = now.network->couplings.size();
  std::string words = fmt::format("{}, {}", counted(now.network->count(), "unit"),
                                  counted(static_cast<std::int64_t>(couplings), "coupling"));
  if (now.inner < now.network->count())
    words = fmt::format("{} within, {} at the border that are led by the run of the whole network",
                        now.inner, now.network->count() - now.inner);
  if (couplings > kMostLines)
    words += "; those of the unit under the pointer, or selected, are drawn";
  draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.caption, {area.min.x, area.min.y},
            ctx.colours.faint, words, area.width());
}

void draw_canvas(UiContext& ctx, const PlaygroundSnapshot& now, Box area) {
  const PlaygroundNetwork& network = shown_network(ctx, now);
  const CanvasLayout canvas = layout_canvas(ctx.scale, area, network);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImGui::SetCursorScreenPos({area.min.x, area.min.y});
  ImGui::InvisibleButton("canvas", {area.width(), area.height()});
  note_place(ctx, "canvas");
  take_canvas_hands(ctx, canvas, now, network);
  list.PushClipRect({area.min.x, area.min.y}, {area.max.x, area.max.y}, true);
  const auto& view = ctx.state.playground;
  paint_canvas(ctx, list, canvas,
               {network, now.now().state, now.is_phase, now.setup.coupling,
                now.setup.carrier * now.now().time, view.picked, ctx.kept<CanvasHands>().hovered,
                now.inner});
  paint_canvas_hands(ctx, list, canvas, network);
  list.PopClipRect();
}

}  // namespace

const PlaygroundSnapshot& playground_of(const UiContext& ctx) {
  return ctx.held(ctx.session.part<PlaygroundPart>().latest());
}

std::string_view why_not_editable(const UiContext& ctx) {
  const PlaygroundSnapshot& now = playground_of(ctx);
  if (ctx.scene.playground.preset == Preset::pixel)
    return "these are units of a trained network: it is changed in Train";
  const bool too_many = now.there() && now.network->couplings.size() > kMaxOwnCouplings;
  return too_many ? "so many couplings are not changed one by one; use fewer units" : "";
}

void remove_picked(UiContext& ctx) {
  auto picked = ctx.state.playground.picked;
  const PlaygroundSnapshot& now = playground_of(ctx);
  // Two that are coupled are how a coupling is selected: it goes first.
  if (picked.size() == 2 && now.there() && now.network->find(picked[0], picked[1]))
    return ctx.session.post(verbs::playground_couple, picked[0], picked[1], 0.0);
  std::ranges::sort(picked, std::greater());  // numbers below stay as they are
  std::vector<Command> changes;
  for (const int unit : picked) changes.push_back(command(verbs::playground_delete, unit));
  ctx.session.make_changes(changes);
  ctx.session.post(verbs::playground_unpick);
}

void draw_learn_stage(UiContext& ctx) {
  if (shows_field(ctx)) return draw_field_stage(ctx);
  const ImVec2 corner = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  const float pad = ctx.px(10), line = ImGui::GetFrameHeight();
  const Box area{{corner.x + pad, corner.y + pad},
                 {corner.x + room.x - pad, corner.y + room.y - pad}};
  if (area.width() < ctx.px(40) || area.height() < line + ctx.px(40)) return;
  draw_tools(ctx, area);
  const PlaygroundSnapshot& now = playground_of(ctx);
  const float caption = ctx.fonts.caption->FontSize + ctx.px(4);
  const Box below{{area.min.x, area.min.y + line + ctx.px(8)}, {area.max.x, area.max.y - caption}};
  if (!now.there()) {
    float y = (below.min.y + below.max.y) / 2;
    return centred(ctx, ctx.fonts.text, ctx.colours.faint, "The network is being laid out", below,
                   y);
  }
  draw_canvas(ctx, now, below);
  draw_caption(ctx, now, {{area.min.x, below.max.y + ctx.px(2)}, area.max});
}

}  // namespace phaseloom
