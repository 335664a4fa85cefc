// SPDX-License-Identifier: MIT
#include "app/ui/generate/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "app/run/readout.hpp"
#include "app/ui/toolkit/colour_bar.hpp"
#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

struct IdealWall {
  ImageWall wall;
};

constexpr double kTau = 2 * std::numbers::pi;

Transfer transfer_of(Readout readout) {
  switch (readout) {
    case Readout::sine:
      return Transfer::sine;
    case Readout::cosine:
      return Transfer::cosine;
    case Readout::tanh:
      return Transfer::tanh;
  }
  return Transfer::none;
}

WallStyle style_of(const ColourScale& scale) {
  return {scale.map, static_cast<float>(scale.low), static_cast<float>(scale.high)};
}

double phase_origin(const Snapshot& now) {
  return now.model ? phase_origin(now.model->program.readout) : 0;
}

/// As large as the values of a quantity without bounds get; else nothing asks.
double range_of(View::Quantity quantity, const Snapshot& now) {
  if (quantity == View::Quantity::rate) return now.rates ? robust_range(*now.rates) : 1;
  return quantity == View::Quantity::phase && !now.is_phase ? robust_range(*now.state) : 1;
}

enum class Table { pixels, state, rates };

void show(UiContext& ctx, Table table) {
  const Snapshot& now = ctx.now;
  const Snapshot::Ideal& ideal = now.ideal;
  if (ideal.state && table == Table::pixels)
    ctx.kept<IdealWall>().wall.show(ideal.pixels, ideal.previous_pixels, now.lanes, now.visible,
                                    LaneOrder::lane_major);
  else if (ideal.state && table == Table::state)
    ctx.kept<IdealWall>().wall.show(ideal.state, ideal.previous_state, now.lanes, now.units,
                                    LaneOrder::unit_major);
  else if (ideal.rates)
    ctx.kept<IdealWall>().wall.show(ideal.rates, nullptr, now.lanes, now.units,
                                    LaneOrder::unit_major);
  if (table == Table::pixels)
    ctx.wall.show(now.pixels, now.previous_pixels, now.lanes, now.visible, LaneOrder::lane_major);
  else if (table == Table::state)
    ctx.wall.show(now.state, now.previous_state, now.lanes, now.units, LaneOrder::unit_major);
  else
    ctx.wall.show(now.rates, nullptr, now.lanes, now.units, LaneOrder::unit_major);
}

}  // namespace

View clamped_view(const UiContext& ctx) {
  View view = ctx.state.view;
  view.layer = std::clamp(view.layer, 0, std::max(0, ctx.now.grid.layers - 1));
  return view;
}

ViewLook prepare_view(UiContext& ctx) {
  const Snapshot& now = ctx.now;
  const View view = clamped_view(ctx);
  ViewLook look;
  look.layer = view.layer;
  look.first_unit = view.layer * now.grid.plane();
  look.image = {now.grid.width, now.grid.height};
  if (!now.model || !now.state || !now.pixels || now.lanes == 0) return look;
  look.empty = false;
  look.compared = ctx.state.compare != Compare::off && now.ideal.state;
  const double range = range_of(view.quantity, now);
  look.style = style_of(colour_scale(view.quantity, now.model->program, range));
  look.high = fmt::format("{:g}", look.style.high);
  look.low = look.style.low < 0 ? "−" + look.high : "0";
  switch (view.quantity) {
    case View::Quantity::intensity:
      look.title = "Intensity";
      if (view.layer == 0) {
        show(ctx, Table::pixels);
        look.style.channels = now.picture.channels;
      } else {
        show(ctx, Table::state);
        look.style.transfer = transfer_of(now.model->program.readout);
      }
      break;
    case View::Quantity::phase:
      show(ctx, Table::state);
      look.title = now.spoken().title.data();
      look.symbol = now.spoken().symbol.data();
      break;
    case View::Quantity::rate:
      ctx.session.want_rates(true);
      look.title = "Rate";
      look.symbol = now.spoken().rate.data();
      look.empty = !now.rates;
      if (look.empty) break;
      show(ctx, Table::rates);
      look.compared = look.compared && now.ideal.rates;
      break;
  }
  return look;
}

std::string layer_name(PictureShape picture, int layer) {
  constexpr std::array kColours{"Visible", "Green", "Blue"};
  if (layer < picture.channels) return kColours[static_cast<std::size_t>(layer)];
  return fmt::format("Hidden {}", layer - picture.channels + 1);
}

UnitPlace place_of(const Grid& grid, int unit) {
  const int plane = std::max(1, grid.plane()), width = std::max(1, grid.width);
  return {unit / plane, unit % plane % width, unit % plane / width};
}

int unit_at(const Grid& grid, UnitPlace place) {
  return (place.layer * grid.height + place.y) * grid.width + place.x;
}

int known_labels(const UiContext& ctx) {
  return ctx.now.model ? std::min(ctx.now.model->program.topology->labels(), kSceneLabels) : 0;
}

float state_of(const Snapshot& now, int unit, int lane) {
  if (!now.state || unit < 0 || unit >= now.units || lane < 0 || lane >= now.lanes) return 0;
  return (*now.state)[static_cast<std::size_t>(unit) * static_cast<std::size_t>(now.lanes) +
                      static_cast<std::size_t>(lane)];
}

double phase_turn(const Snapshot& now, double angle) { return (angle - phase_origin(now)) / kTau; }

ImU32 phase_colour(const Snapshot& now, double angle) {
  return map_colour(ColourMap::phase, phase_turn(now, angle));
}

void draw_samples(UiContext& ctx, ImDrawList& list, const WallLayout& layout, const ViewLook& look,
                  int first_lane, Side side) {
  draw_wall_samples(ctx, list, side == Side::ideal ? ctx.kept<IdealWall>().wall : ctx.wall, layout,
                    look.style, ctx.fade, look.first_unit, first_lane,
                    side == Side::difference ? &ctx.kept<IdealWall>().wall : nullptr);
}

std::span<const Pane> panes(const UiContext& ctx, const ViewLook& look) {
  static constexpr Pane kAlone[] = {{Side::hardware, ""}};
  static constexpr Pane kAll[] = {
      {Side::ideal, "ideal"}, {Side::hardware, "hardware"}, {Side::difference, "difference"}};
  if (!look.compared) return kAlone;
  return std::span(kAll).first(ctx.state.compare == Compare::difference ? 3 : 2);
}

ViewLook difference_look(const UiContext& ctx, const ViewLook& look) {
  const Snapshot& now = ctx.now;
  ViewLook difference = look;
  const bool rates = look.style.map == ColourMap::diverging && now.rates && now.ideal.rates &&
                     clamped_view(ctx).quantity == View::Quantity::rate;
  const bool pixels = look.style.map == ColourMap::grey && look.style.transfer == Transfer::none;
  const Snapshot::Values& a = pixels ? now.pixels : rates ? now.rates : now.state;
  const Snapshot::Values& b = pixels ? now.ideal.pixels : rates ? now.ideal.rates : now.ideal.state;
  const bool angles = look.style.map == ColourMap::phase;
  // A look at some of them says how far the colours have to reach.
  constexpr std::size_t kLook = 4096;
  std::vector<float> some;
  const std::size_t stride = std::max<std::size_t>(1, a->size() / kLook);
  for (std::size_t i = 0; i < a->size(); i += stride) {
    double d = double((*a)[i]) - (*b)[i];
    if (look.style.transfer != Transfer::none)
      d = read_pixel(now.model->program.readout, (*a)[i]) -
          read_pixel(now.model->program.readout, (*b)[i]);
    some.push_back(static_cast<float>(angles ? wrapped(d) : d));
  }
  const ColourScale scale =
      difference_scale({look.style.map, look.style.low, look.style.high}, robust_range(some));
  difference.style = style_of(scale);
  difference.style.transfer = look.style.transfer;
  difference.style.angles = angles;
  const bool whole_circle = angles && scale.high >= std::numbers::pi;
  difference.high = whole_circle ? "π" : fmt::format("{:g}", scale.high);
  difference.low = "−" + difference.high;
  difference.symbol = angles ? "Δθ" : rates ? "Δ rate" : "Δ";
  return difference;
}

void draw_legend(UiContext& ctx, ImDrawList& list, ImVec2 right_centre, float room,
                 const ViewLook& look) {
  if (look.style.map != ColourMap::phase) {
    const bool roomy = room >= ctx.px(170);
    return draw_colour_bar(ctx, list, right_centre, ctx.px(roomy ? 90 : 36),
                           {look.style.map, look.low, look.high, roomy ? look.symbol : ""});
  }
  ImFont* font = ctx.fonts.small;
  const float text_y = right_centre.y - font->FontSize / 2;
  const float radius = ctx.px(12), inner = ctx.px(6);
  const ImVec2 centre{right_centre.x - radius - text_width(font, "0") - ctx.px(5), right_centre.y};
  constexpr int kParts = 48;
  for (int i = 0; i < kParts; ++i) {
    // Counter-clockwise from the right, as in textbooks.
    const auto angle = [](double part) { return part / kParts * kTau; };
    const auto at = [&](double a, float r) {
      return ImVec2{centre.x + r * static_cast<float>(std::cos(a)),
                    centre.y - r * static_cast<float>(std::sin(a))};
    };
    const double a = angle(i), b = angle(i + 1.15);
    list.AddQuadFilled(at(a, inner), at(a, radius), at(b, radius), at(b, inner),
                       phase_colour(ctx.now, angle(i + 0.5)));
  }
  // What lies right and left on the circle.
  draw_text(list, font, {centre.x + radius + ctx.px(5), text_y}, ctx.colours.faint, "0");
  draw_text(list, font, {centre.x - radius - ctx.px(5) - text_width(font, "π"), text_y},
            ctx.colours.faint, "π");
}

}  // namespace phaseloom
