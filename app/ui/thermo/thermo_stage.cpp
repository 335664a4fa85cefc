// SPDX-License-Identifier: MIT
// The stage: a prototype that dissolves, a sample that forms, and the wall of all of them, under
// one clock; or the receptive fields of the hidden units.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/commands/view_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/thermo/drawing_pad.hpp"
#include "app/ui/thermo/no_noising.hpp"
#include "app/ui/thermo/thermo.hpp"
#include "app/ui/thermo/thermo_look.hpp"
#include "app/ui/thermo/thermo_pane.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/stale.hpp"
#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

using Shown = ThermoView::Shown;

/// The followed unit's place in a picture of that look, or -1.
int followed_place(const UiContext& ctx, const HeatLook& look) {
  const int place = ctx.state.thermo.picked - look.first_unit;
  const bool there =
      ctx.state.thermo.picked >= 0 && place >= 0 && place < look.image.width * look.image.height;
  return there ? place : -1;
}

void outline_followed(UiContext& ctx, const WallLayout& wall, const HeatLook& look) {
  const int place = followed_place(ctx, look);
  if (place < 0) return;
  const Box box = wall.sample(0);
  const float w = box.width() / static_cast<float>(look.image.width),
              h = box.height() / static_cast<float>(look.image.height);
  const Point at{box.min.x + w * static_cast<float>(place % look.image.width),
                 box.min.y + h * static_cast<float>(place / look.image.width)};
  outline(ctx, {at, {at.x + w, at.y + h}}, ctx.colours.accent);
}

/// A click shows the next prototype, and so do Enter and Space; arrows go either way.
void choose_prototype(UiContext& ctx, int k, int count, const PaneInput& input) {
  int by = input.clicked ? 1 : 0;
  if (input.focused)
    by += (pushed(ctx) ? 1 : 0) + strokes(ctx, "Right") + strokes(ctx, "Down") -
          strokes(ctx, "Left") - strokes(ctx, "Up");
  if (by % count != 0) ctx.session.post(verbs::heat_prototype, ((k + by) % count + count) % count);
}

void draw_noising(UiContext& ctx, const ThermoRunSnapshot& run, HeatMoment now, Box box,
                  const HeatLook& look) {
  HeatWalls& walls = ctx.kept<HeatWalls>();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (run.noising.empty()) {
    const Box empty = paint_no_noising(ctx, list, run, look.image, box);
    ImGui::SetCursorScreenPos({empty.min.x, empty.min.y});
    ImGui::InvisibleButton("no noising",
                           {std::max(empty.width(), 1.0f), std::max(empty.height(), 1.0f)});
    note_place(ctx, "no noising");
    return hint(ctx, legible(run.no_prototypes));
  }
  const std::size_t k = show_noising(walls, ctx.state.thermo, run, now);
  draw_heat_pane(
      ctx, {box, "noising", noising_words(run, k), 1, look.image, 1},
      [&](const WallLayout& wall, const PaneInput& input) {
        choose_prototype(ctx, static_cast<int>(k), static_cast<int>(run.noising.size()), input);
        hint(ctx,
             "A prototype that is held by a force, which fades: structure dissolves into "
             "thermal noise. The computer is trained to run this backwards. A click shows "
             "the next prototype.");
        draw_wall_samples(ctx, list, walls.noising, wall, noising_style(look), now.fade,
                          look.first_unit);
      });
}

void draw_reverse(UiContext& ctx, const ThermoRunSnapshot& run, Box box, int lane, HeatMoment now,
                  const HeatLook& look) {
  HeatWalls& walls = ctx.kept<HeatWalls>();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_heat_pane(
      ctx, {box, "reverse", sample_words(run, now, lane), 1, look.image, 1},
      [&](const WallLayout& wall, const PaneInput& input) {
        const int columns = look.image.width;
        std::optional<int> place;
        if (input.hovered) {
          place = input.hovered->y * columns + input.hovered->x;
          hint(ctx, fmt::format("Unit {}. A click follows it: its state over time, on the right.",
                                look.first_unit + *place));
          if (!input.clicked) place.reset();
        }
        if (input.focused) {
          place = led_to(ctx, followed_place(ctx, look), columns, columns * look.image.height);
          focus_hint(ctx,
                     "Arrows lead from unit to unit; the one that is followed is drawn over "
                     "time, on the right.");
        }
        if (place) ctx.session.post(verbs::heat_pick, look.first_unit + *place);
        draw_wall_samples(ctx, list, walls.samples, wall, look.style, now.fade, look.first_unit,
                          lane);
        outline_followed(ctx, wall, look);
      });
}

void draw_samples_wall(UiContext& ctx, const ThermoRunSnapshot& run, Box box, HeatMoment now,
                       const HeatLook& look) {
  HeatWalls& walls = ctx.kept<HeatWalls>();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const int lanes = run.request.lanes;
  const int side = wall_columns(run);
  const int chosen = chosen_sample(ctx.state.thermo, run);
  draw_heat_pane(
      ctx, {box, "heat wall", wall_words(run), lanes, look.image, side, true, chosen},
      [&](const WallLayout& wall, const PaneInput& input) {
        walls.hovered = input.hovered ? input.hovered->lane : -1;
        std::optional<int> to;
        if (input.clicked && input.hovered) to = input.hovered->lane;
        if (input.focused) to = led_to(ctx, chosen, side, lanes);
        if (to) ctx.session.post(verbs::heat_sample, *to);
        hint(ctx,
             "Samples that form together, each from noise of its own. Nothing controls them from "
             "outside: heat alone brings them there. The one under the pointer is seen enlarged; "
             "a click, or arrows, keep one so.");
        draw_wall_samples(ctx, list, walls.samples, wall, look.style, now.fade, look.first_unit);
        if (walls.hovered >= 0) outline(ctx, wall.sample(walls.hovered), ctx.colours.text);
      });
}

void draw_fields(UiContext& ctx, const ThermoRunSnapshot& run, Box box, const HeatLook& look) {
  HeatWalls& walls = ctx.kept<HeatWalls>();
  const Topology& t = *run.model->program.topology;
  const int hidden = t.hidden();
  const int picked = ctx.state.thermo.picked - t.visible();
  show_fields(walls);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_heat_pane(
      ctx,
      {box, "fields", fields_words(walls), hidden, look.image, 0, true,
       picked < hidden ? picked : -1},
      [&](const WallLayout& wall, const PaneInput& input) {
        std::optional<int> to;
        if (input.hovered) {
          hint(ctx, fmt::format("Hidden unit {}: what it is coupled to. A click follows it.",
                                input.hovered->lane));
          if (input.clicked) to = input.hovered->lane;
        }
        if (input.focused) {
          to = led_to(ctx, picked, wall.columns, hidden);
          focus_hint(ctx,
                     "What each hidden unit is coupled to. Arrows lead from unit to unit; the "
                     "one that is followed is drawn over time, on the right.");
        }
        if (to) ctx.session.post(verbs::heat_pick, t.visible() + *to);
        draw_wall_samples(ctx, list, walls.fields, wall, look.style);
      });
}

void draw_run(UiContext& ctx, const ThermoRunSnapshot& run, Box area, const HeatLook& look) {
  const HeatMoment now = moment_of(ctx, run);
  HeatWalls& walls = ctx.kept<HeatWalls>();
  const int lanes = run.request.lanes;
  show_samples(walls, run, now, look);
  const int lane = walls.hovered >= 0 && walls.hovered < lanes
                       ? walls.hovered
                       : chosen_sample(ctx.state.thermo, run);
  const HeatPanes panes = panes_of(ctx, area);
  draw_noising(ctx, run, now, panes.noising, look);
  draw_reverse(ctx, run, panes.reverse, lane, now, look);
  draw_samples_wall(ctx, run, panes.wall, now, look);
}

/// Returns where they are.
Box draw_views(UiContext& ctx) {
  static const Choice views[] = {
      {"Visible", "States of the units that are read out: bright is above 0.", true},
      {"Hidden", "States of the hidden units.", true},
      {"Force", "−∂V/∂x, what pulls at each visible unit.", true},
      {"Fields", "What each hidden unit is coupled to in the picture.", true}};
  const auto shown = static_cast<int>(ctx.state.thermo.shown);
  const float width = std::min(ctx.px(320), ImGui::GetContentRegionAvail().x);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (const auto taken = segmented(ctx, "heat view", views, shown, width))
    ctx.session.post(verbs::heat_show, name_of(static_cast<Shown>(*taken)));
  return {{at.x, at.y}, {at.x + width, at.y + ImGui::GetFrameHeight()}};
}

void draw_waiting(UiContext& ctx, Box area, const ThermoRunSnapshot& run) {
  float y = (area.min.y + area.max.y) / 2 - ctx.px(30);
  if (run.state == ThermoRunSnapshot::State::failed) {
    centred(ctx, ctx.fonts.strong, ctx.colours.text, "This computer cannot run", area, y);
    y += ctx.px(6);
    return centred(ctx, ctx.fonts.text, ctx.colours.warning, legible(run.reason), area, y);
  }
  centred(ctx, ctx.fonts.strong, ctx.colours.text,
          run.state == ThermoRunSnapshot::State::recording ? "Coming to thermal equilibrium …"
                                                           : "Reading the computer …",
          area, y);
  y += ctx.px(12);
  draw_busy_bar(ctx, area, y);
}

}  // namespace

int chosen_sample(const ThermoView& view, const ThermoRunSnapshot& run) {
  return std::clamp(view.sample, 0, std::max(0, run.request.lanes - 1));
}

std::string stale_run(const UiContext& ctx, const ThermoRunSnapshot& run) {
  const ThermoExperiment& set = ctx.scene.thermo;
  const ThermoRunRequest& made = run.request;
  if (run.frames.empty() || (made.temperature == set.temperature && made.bits == set.bits &&
                             made.lanes == set.wall * set.wall && made.seed == set.run_seed))
    return "";
  return fmt::format("Made with kT = {:g} E₀, {}, {}, seed {}", made.temperature,
                     made.bits > 0 ? counted(made.bits, "bit") : "float",
                     counted(made.lanes, "sample"), made.seed);
}

void draw_thermo_stage(UiContext& ctx) {
  if (ctx.kept<DrawingPad>().is_open()) return draw_pad_stage(ctx);
  const ThermoRunSnapshot& run = ctx.held(ctx.session.part<ThermoPart>().run());
  const ImVec2 corner = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  const Box whole{{corner.x, corner.y}, {corner.x + room.x, corner.y + room.y}};
  const Box views = draw_views(ctx);
  const bool there = !run.frames.empty() && run.model;
  const HeatLook look = there ? look_of(ctx.state.thermo, ctx.kept<HeatWalls>(), run) : HeatLook();
  if (there) draw_heat_colours(ctx, views, whole.max.x, look);
  const Box area{{corner.x, ImGui::GetCursorScreenPos().y + ctx.px(4)}, whole.max};
  if (!there)
    draw_waiting(ctx, area, run);
  else if (ctx.state.thermo.shown == Shown::fields)
    draw_fields(ctx, run, area, look);
  else
    draw_run(ctx, run, area, look);
  if (const std::string words = stale_run(ctx, run); !words.empty())
    draw_stale(ctx, *ImGui::GetWindowDrawList(), area, words);
}

}  // namespace phaseloom
