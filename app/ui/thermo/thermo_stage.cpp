// SPDX-License-Identifier: MIT
// The stage: a prototype that dissolves, a sample that forms, and the wall of all of them, under
// one clock; or the receptive fields of the hidden units.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/commands/view_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/run/readout.hpp"
#include "app/ui/thermo/thermo.hpp"
#include "app/ui/toolkit/messages.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/stale.hpp"
#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/toolkit/zoom.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

using Shown = ThermoView::Shown;

/// What lies on graphics memory.
struct HeatWalls {
  ImageWall noising, samples, fields;
  std::shared_ptr<const Model> model;  ///< whose fields these are
  ThermoFrame::Values couplings;       ///< [hidden unit][visible unit]
  double field_range = 1;
  int hovered = -1;  ///< sample under the pointer in the frame before
};

/// Side of hidden units as a picture: the divisor that makes it about twice as wide as high.
Extent hidden_extent(int hidden) {
  int width = hidden;
  for (int w = 1; w <= hidden; ++w)
    if (hidden % w == 0 && double(w) * w >= 2.0 * hidden) {
      width = w;
      break;
    }
  return {width, hidden / width};
}

/// How states, forces or couplings look.
struct HeatLook {
  Extent image;
  int first_unit = 0;
  WallStyle style;
  bool force = false;
};

HeatLook look_of(const UiContext& ctx, const ThermoRunSnapshot& run) {
  const Program& program = run.model->program;
  const PictureShape picture = program.picture();
  HeatLook look;
  look.image = {picture.width, picture.height};
  const ThermoFrame& last = *run.frames.back();
  switch (ctx.state.thermo.shown) {
    case Shown::hidden:
      look.first_unit = program.topology->visible();
      look.image = hidden_extent(std::max(1, program.topology->hidden()));
      look.style = {ColourMap::diverging, -1, 1};
      break;
    case Shown::force: {
      const auto range = static_cast<float>(robust_range(*last.force));
      look.force = true;
      look.style = {ColourMap::diverging, -range, range};
      break;
    }
    default: {
      // Ink is above the middle; what heat alone does is grey. The scale is the same at all times
      // and temperatures.
      constexpr float kRange = 1;
      look.style = {ColourMap::grey, -kRange, kRange, Transfer::none, false, picture.channels};
    }
  }
  return look;
}

const ThermoFrame::Values& values_of(const ThermoFrame& frame, bool force) {
  return force ? frame.force : frame.state;
}

/// Pictures with words above them; the item is the pictures.
struct Pane {
  Box box;
  const char* name;
  std::string words;
  int count;
  Extent image;
  int columns;         ///< 0: as many as fit best
  bool zooms = false;  ///< by the wheel
};

void draw_pane(UiContext& ctx, const Pane& pane,
               const std::function<void(const WallLayout&)>& draw) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float line = ctx.fonts.text->FontSize + ctx.px(6);
  draw_text(list, ctx.fonts.text, {pane.box.min.x, pane.box.min.y}, ctx.colours.faint, pane.words,
            pane.box.width());
  const Box area{{pane.box.min.x, pane.box.min.y + line}, pane.box.max};
  if (area.height() < ctx.px(16) || area.width() < ctx.px(16)) return;
  const WallLayout whole = layout_wall(area, pane.count, pane.image, 2, pane.columns);
  const WallLayout wall = pane.zooms ? zoomed(whole, present_zoom(ctx), area) : whole;
  if (pane.zooms) take_zoom_button(ctx, area);
  const Box seen = wall.seen();
  ImGui::SetCursorScreenPos({seen.min.x, seen.min.y});
  ImGui::InvisibleButton(pane.name, {std::max(seen.width(), 1.0f), std::max(seen.height(), 1.0f)},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
  note_place(ctx, pane.name);
  if (pane.zooms) zoom_input(ctx, zoomable(whole, area));
  list.PushClipRect({area.min.x, area.min.y}, {area.max.x, area.max.y}, true);
  draw(wall);
  list.PopClipRect();
  if (pane.zooms) draw_zoom_button(ctx, area);
}

std::optional<WallLayout::Pixel> pointed(const WallLayout& wall) {
  if (!ImGui::IsItemHovered()) return {};
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  return wall.pixel_at({mouse.x, mouse.y});
}

void outline_picked(UiContext& ctx, const WallLayout& wall, const HeatLook& look) {
  const int place = ctx.state.thermo.picked - look.first_unit;
  if (ctx.state.thermo.picked < 0 || place < 0 || place >= look.image.width * look.image.height)
    return;
  const Box box = wall.sample(0);
  const float w = box.width() / static_cast<float>(look.image.width),
              h = box.height() / static_cast<float>(look.image.height);
  const ImVec2 at{box.min.x + w * static_cast<float>(place % look.image.width),
                  box.min.y + h * static_cast<float>(place / look.image.width)};
  ImGui::GetWindowDrawList()->AddRect({at.x - 1, at.y - 1}, {at.x + w + 1, at.y + h + 1},
                                      ctx.colours.accent, 0, 0, std::max(1.0f, ctx.px(1.5f)));
}

void draw_noising(UiContext& ctx, const ThermoRunSnapshot& run, HeatMoment now, Box box,
                  const HeatLook& look) {
  HeatWalls& walls = ctx.kept<HeatWalls>();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (run.noising.empty()) {
    draw_text(list, ctx.fonts.text, {box.min.x, box.min.y}, ctx.colours.faint, "Noising",
              box.width());
    const std::string why = run.no_prototypes.empty() ? "on its way" : run.no_prototypes;
    ImGui::SetCursorScreenPos({box.min.x, box.min.y + ctx.fonts.text->FontSize + ctx.px(10)});
    ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + box.width());
    text(ctx, ctx.fonts.small, ctx.colours.disabled, legible(why));
    ImGui::PopTextWrapPos();
    return;
  }
  const auto k = static_cast<std::size_t>(
      std::clamp(ctx.state.thermo.prototype, 0, static_cast<int>(run.noising.size()) - 1));
  const auto& frames = run.noising[k];
  const auto at = static_cast<std::size_t>(now.frame);
  const std::size_t next = std::min(at + 1, frames.size() - 1);
  const int units = static_cast<int>(frames[at]->size());
  walls.noising.show(frames[next], frames[at], 1, units, LaneOrder::unit_major);
  HeatLook own = look;
  if (look.force) own.style = {ColourMap::grey, -1, 1};
  draw_pane(
      ctx,
      {box, "noising", fmt::format("Noising: {}", run.prototypes->names()[k]), 1, own.image, 1},
      [&](const WallLayout& wall) {
        if (ImGui::IsItemClicked())
          ctx.session.post(verbs::heat_prototype,
                           (static_cast<int>(k) + 1) % static_cast<int>(run.noising.size()));
        hint(ctx,
             "A prototype that is held by a force, which fades: structure dissolves into "
             "thermal noise. The computer is trained to run this backwards. A click shows "
             "the next prototype.");
        draw_wall_samples(ctx, list, walls.noising, wall, own.style, now.fade, own.first_unit);
      });
}

void draw_reverse(UiContext& ctx, const ThermoRunSnapshot& run, Box box, int lane, HeatMoment now,
                  const HeatLook& look, const ThermoFrame& frame) {
  HeatWalls& walls = ctx.kept<HeatWalls>();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const double heat = frame.heat[static_cast<std::size_t>(lane)];
  draw_pane(ctx,
            {box, "reverse", fmt::format("Sample {}: Q = {:.0f} {}", lane, heat, run.unit()), 1,
             look.image, 1},
            [&](const WallLayout& wall) {
              if (const auto pixel = pointed(wall)) {
                const int unit = look.first_unit + pixel->y * look.image.width + pixel->x;
                hint(ctx, fmt::format("Unit {}. A click follows it: its state over time, on the "
                                      "right.",
                                      unit));
                if (ImGui::IsItemClicked()) ctx.session.post(verbs::heat_pick, unit);
              }
              draw_wall_samples(ctx, list, walls.samples, wall, look.style, now.fade,
                                look.first_unit, lane);
              outline_picked(ctx, wall, look);
            });
}

void draw_samples_wall(UiContext& ctx, const ThermoRunSnapshot& run, Box box, HeatMoment now,
                       const HeatLook& look) {
  HeatWalls& walls = ctx.kept<HeatWalls>();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const int lanes = run.request.lanes;
  const auto side = static_cast<int>(std::lround(std::sqrt(lanes)));
  draw_pane(ctx,
            {box, "heat wall", fmt::format("{} from their own noise", counted(lanes, "sample")),
             lanes, look.image, side, true},
            [&](const WallLayout& wall) {
              const auto pixel = pointed(wall);
              walls.hovered = pixel ? pixel->lane : -1;
              hint(ctx,
                   "Samples that form together, each from noise of its own. Nothing controls them "
                   "from outside: heat alone brings them there. The one under the pointer is seen "
                   "enlarged.");
              draw_wall_samples(ctx, list, walls.samples, wall, look.style, now.fade,
                                look.first_unit);
            });
}

/// The couplings of all hidden units to the picture.
void prepare_fields(HeatWalls& walls, const ThermoRunSnapshot& run) {
  if (walls.model == run.model && walls.couplings) return;
  walls.model = run.model;
  const Program& program = run.model->program;
  const Topology& t = *program.topology;
  const auto weights = program.weights(program.chunks() - 1);
  std::vector<float> values(static_cast<std::size_t>(t.hidden()) * t.visible());
  for (int h = 0; h < t.hidden(); ++h) {
    const int unit = t.visible() + h;
    for (auto e = t.row_begin()[unit]; e < t.row_begin()[unit + 1]; ++e)
      if (const int source = t.sources()[e]; source < t.visible())
        values[static_cast<std::size_t>(h) * t.visible() + source] = weights[e];
  }
  walls.field_range = robust_range(values);
  walls.couplings = std::make_shared<const std::vector<float>>(std::move(values));
}

void draw_fields(UiContext& ctx, const ThermoRunSnapshot& run, Box box) {
  HeatWalls& walls = ctx.kept<HeatWalls>();
  prepare_fields(walls, run);
  const Topology& t = *run.model->program.topology;
  const PictureShape picture = run.model->program.picture();
  walls.fields.show(walls.couplings, nullptr, t.hidden(), t.visible(), LaneOrder::lane_major);
  const auto range = static_cast<float>(walls.field_range);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_pane(
      ctx,
      {box,
       "fields",
       fmt::format("Couplings of {} to the picture, −{:g} to {:g} E₀",
                   counted(t.hidden(), "hidden unit"), range, range),
       t.hidden(),
       {picture.width, picture.height},
       0,
       true},
      [&](const WallLayout& wall) {
        const auto pixel = pointed(wall);
        if (pixel) {
          hint(ctx, fmt::format("Hidden unit {}: what it is coupled to. A click follows it.",
                                pixel->lane));
          if (ImGui::IsItemClicked()) ctx.session.post(verbs::heat_pick, t.visible() + pixel->lane);
        }
        draw_wall_samples(ctx, list, walls.fields, wall, {ColourMap::diverging, -range, range});
        const int picked = ctx.state.thermo.picked - t.visible();
        if (picked >= 0 && picked < t.hidden()) {
          const Box own = wall.sample(picked);
          list.AddRect({own.min.x - 1, own.min.y - 1}, {own.max.x + 1, own.max.y + 1},
                       ctx.colours.accent, 0, 0, std::max(1.0f, ctx.px(1.5f)));
        }
      });
}

/// Three panes side by side, or the wall below the other two where the stage is high.
struct Panes {
  Box noising, reverse, wall;
};

Panes panes_of(const UiContext& ctx, Box area) {
  const float gap = ctx.px(14);
  Panes p;
  if (area.width() > 1.3f * area.height()) {
    const float narrow = std::floor((area.width() - 2 * gap) * 0.28f);
    p.noising = {area.min, {area.min.x + narrow, area.max.y}};
    p.reverse = {{p.noising.max.x + gap, area.min.y}, {p.noising.max.x + gap + narrow, area.max.y}};
    p.wall = {{p.reverse.max.x + gap, area.min.y}, area.max};
  } else {
    const float half = std::floor((area.width() - gap) / 2);
    const float y = std::floor(area.min.y + std::min(half + ctx.px(24), area.height() * 0.42f));
    p.noising = {area.min, {area.min.x + half, y}};
    p.reverse = {{area.min.x + half + gap, area.min.y}, {area.max.x, y}};
    p.wall = {{area.min.x, y + gap}, area.max};
  }
  return p;
}

void draw_run(UiContext& ctx, const ThermoRunSnapshot& run, Box area) {
  const HeatMoment now = moment_of(ctx, run);
  const auto at = static_cast<std::size_t>(now.frame);
  const std::size_t next = std::min(at + 1, run.frames.size() - 1);
  const HeatLook look = look_of(ctx, run);
  HeatWalls& walls = ctx.kept<HeatWalls>();
  const int lanes = run.request.lanes;
  const auto& current = values_of(*run.frames[next], look.force);
  walls.samples.show(current, values_of(*run.frames[at], look.force), lanes,
                     static_cast<int>(current->size()) / lanes, LaneOrder::unit_major);
  const int lane = walls.hovered >= 0 && walls.hovered < lanes ? walls.hovered : 0;
  const Panes panes = panes_of(ctx, area);
  draw_noising(ctx, run, now, panes.noising, look);
  draw_reverse(ctx, run, panes.reverse, lane, now, look, *run.frames[at]);
  draw_samples_wall(ctx, run, panes.wall, now, look);
}

void draw_views(UiContext& ctx) {
  static const Choice views[] = {
      {"Visible", "States of the units that are read out: bright is above 0.", true},
      {"Hidden", "States of the hidden units.", true},
      {"Force", "−∂V/∂x, what pulls at each visible unit.", true},
      {"Fields", "What each hidden unit is coupled to in the picture.", true}};
  const auto shown = static_cast<int>(ctx.state.thermo.shown);
  const float width = std::min(ctx.px(320), ImGui::GetContentRegionAvail().x);
  if (const auto taken = segmented(ctx, "heat view", views, shown, width))
    ctx.session.post(verbs::heat_show, name_of(static_cast<Shown>(*taken)));
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
  const ThermoRunSnapshot& run = *ctx.session.part<ThermoPart>().run();
  const ImVec2 corner = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  const Box whole{{corner.x, corner.y}, {corner.x + room.x, corner.y + room.y}};
  draw_views(ctx);
  const Box area =
      draw_messages(ctx, {{corner.x, ImGui::GetCursorScreenPos().y + ctx.px(4)}, whole.max});
  if (run.frames.empty() || !run.model)
    draw_waiting(ctx, area, run);
  else if (ctx.state.thermo.shown == Shown::fields)
    draw_fields(ctx, run, area);
  else
    draw_run(ctx, run, area);
  if (const std::string words = stale_run(ctx, run); !words.empty())
    draw_stale(ctx, *ImGui::GetWindowDrawList(), area, words);
}

}  // namespace phaseloom
