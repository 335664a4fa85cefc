// SPDX-License-Identifier: MIT
#include "app/ui/thermo/thermo_look.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "app/document/si_text.hpp"
#include "app/run/readout.hpp"
#include "app/ui/toolkit/colour_bar.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

using Shown = ThermoView::Shown;

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

const ThermoFrame::Values& values_of(const ThermoFrame& frame, bool force) {
  return force ? frame.force : frame.state;
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

}  // namespace

HeatLook look_of(const ThermoView& view, HeatWalls& walls, const ThermoRunSnapshot& run) {
  const Program& program = run.model->program;
  const PictureShape picture = program.picture();
  const auto signed_style = [](double range) {
    return WallStyle{ColourMap::diverging, -static_cast<float>(range), static_cast<float>(range)};
  };
  HeatLook look;
  look.image = {picture.width, picture.height};
  switch (view.shown) {
    case Shown::hidden:
      look.first_unit = program.topology->visible();
      look.image = hidden_extent(std::max(1, program.topology->hidden()));
      look.style = signed_style(1);
      look.meaning = "States of hidden units: orange is above 0, blue below.";
      break;
    case Shown::force:
      look.force = true;
      look.style = signed_style(robust_range(*run.frames.back()->force));
      look.symbol = "−∂V/∂x";
      look.unit = " E₀";
      look.meaning =
          "Forces on visible units: orange pulls them up, to where they are bright, blue down.";
      break;
    case Shown::fields:
      prepare_fields(walls, run);
      look.style = signed_style(walls.field_range);
      look.symbol = "J";
      look.unit = " E₀";
      look.meaning =
          "Couplings to a hidden unit. Energy is J x₁ x₂: where they are blue, below 0, visible "
          "unit and hidden one tend to have the same sign; where they are orange, opposite ones.";
      break;
    case Shown::visible: {
      // Ink is above the middle; what heat alone does is grey. The scale is the same at all times
      // and temperatures.
      constexpr float kRange = 1;
      look.style = {ColourMap::grey, -kRange, kRange, Transfer::none, false, picture.channels};
      look.meaning = "States of the units that are read out: bright is above 0.";
    }
  }
  return look;
}

/// Room that is enough for any of the views' scales, unscaled units.
constexpr float kMostColours = 200;

void draw_heat_colours(UiContext& ctx, Box views, float right, const HeatLook& look) {
  const auto end = [](float value) {
    return fmt::format("{}{:g}", value < 0 ? "−" : "", std::abs(value));
  };
  const ColourBar bar{look.style.map, end(look.style.low), end(look.style.high) + look.unit,
                      look.symbol};
  const float colours = ctx.px(60), width = colour_bar_width(ctx, bar, colours);
  // In all views alike, so that pictures stay where they are.
  const bool beside = right - views.max.x >= ctx.px(kMostColours);
  const float height = beside ? views.height() : ctx.fonts.small->FontSize + ctx.px(4);
  const float y = beside ? views.min.y : views.max.y + ctx.px(4);
  ImGui::SetCursorScreenPos({right - width, y});
  ImGui::InvisibleButton("colours", {std::max(width, 1.0f), std::max(height, 1.0f)});
  note_place(ctx, "colours");
  hint(ctx, look.meaning);
  draw_colour_bar(ctx, *ImGui::GetWindowDrawList(), {right, y + height / 2}, colours, bar);
  const float below = beside ? ImGui::GetStyle().ItemSpacing.y : 0;
  ImGui::SetCursorScreenPos({views.min.x, y + height + below});
}

void show_samples(HeatWalls& walls, const ThermoRunSnapshot& run, HeatMoment now,
                  const HeatLook& look) {
  const auto at = static_cast<std::size_t>(now.frame);
  const std::size_t next = std::min(at + 1, run.frames.size() - 1);
  const int lanes = run.request.lanes;
  const auto& current = values_of(*run.frames[next], look.force);
  walls.samples.show(current, values_of(*run.frames[at], look.force), lanes,
                     static_cast<int>(current->size()) / lanes, LaneOrder::unit_major);
}

void show_fields(HeatWalls& walls) {
  const Topology& t = *walls.model->program.topology;
  walls.fields.show(walls.couplings, nullptr, t.hidden(), t.visible(), LaneOrder::lane_major);
}

std::size_t show_noising(HeatWalls& walls, const ThermoView& view, const ThermoRunSnapshot& run,
                         HeatMoment now) {
  const auto k = static_cast<std::size_t>(
      std::clamp(view.prototype, 0, static_cast<int>(run.noising.size()) - 1));
  const auto& frames = run.noising[k];
  const auto at = static_cast<std::size_t>(now.frame);
  const std::size_t next = std::min(at + 1, frames.size() - 1);
  walls.noising.show(frames[next], frames[at], 1, static_cast<int>(frames[at]->size()),
                     LaneOrder::unit_major);
  return k;
}

WallStyle noising_style(const HeatLook& look) {
  return look.force ? WallStyle{ColourMap::grey, -1, 1} : look.style;
}

PaneWords noising_words(const ThermoRunSnapshot& run, std::size_t prototype) {
  const std::string name = run.prototypes->names()[prototype];
  return {"Noising: " + name, name};
}

PaneWords sample_words(const ThermoRunSnapshot& run, HeatMoment now, int lane) {
  const ThermoFrame& frame = *run.frames[static_cast<std::size_t>(now.frame)];
  const std::string heat =
      fmt::format("{:.0f} {}", frame.heat[static_cast<std::size_t>(lane)], run.unit());
  return {fmt::format("Sample {}: Q = {}", lane, heat), fmt::format("Sample {}: {}", lane, heat),
          fmt::format("{}: {}", lane, heat)};
}

PaneWords wall_words(const ThermoRunSnapshot& run) {
  const std::string samples = counted(run.request.lanes, "sample");
  return {samples + " from their own noise", samples};
}

PaneWords fields_words(const HeatWalls& walls) {
  const int hidden = walls.model->program.topology->hidden();
  const std::string words = fmt::format("Couplings of {}", counted(hidden, "hidden unit"));
  return {words + " to the picture", words};
}

int wall_columns(const ThermoRunSnapshot& run) {
  return static_cast<int>(std::lround(std::sqrt(run.request.lanes)));
}

HeatPanes panes_of(const UiContext& ctx, Box area) {
  const float gap = ctx.px(14);
  HeatPanes p;
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

}  // namespace phaseloom
