// SPDX-License-Identifier: MIT
// How good the devices are: each is a brick in its bin, and can be clicked. The limit is dragged.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "app/ui/hardware/chips.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/plot.hpp"
#include "app/ui/toolkit/plot_export.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

constexpr int kBins = 32;

double rounded(double value) { return std::strtod(fmt::format("{:.3g}", value).c_str(), nullptr); }

/// From what there is to the limit, with some room.
std::pair<double, double> range_of(const ChipPopulation& population, double limit) {
  double low = limit, high = limit;
  for (const ChipQuality& chip : population.chips)
    if (!chip.failed()) {
      low = std::min(low, chip.relative);
      high = std::max(high, chip.relative);
    }
  const double room = std::max(0.08 * (high - low), 0.02 * high);
  return {std::max(0.0, low - room), std::max(high + room, low + 1e-6)};
}

/// The limit while a hand has it: the range stands still then.
struct LimitInHand {
  std::pair<double, double> range{0, 1};
  bool held = false;
};

void ask_for(UiContext& ctx, double limit) {
  limit = rounded(std::clamp(limit, 0.0, scene_field("chips.limit").max));
  if (limit != ctx.scene.chips.limit) ctx.session.set("chips.limit", limit);
}

/// After the plot: its line is dragged, or moved by the arrows while the plot has the focus. True
/// while a hand is on it.
bool move_limit(UiContext& ctx, const Plot& plot, double limit) {
  LimitInHand& hand = ctx.kept<LimitInHand>();
  const float reach = ctx.px(6), mouse = ImGui::GetIO().MousePos.x;
  const float x = std::floor(plot.at(limit, 0).x) + 0.5f;
  const bool near = plot.hovered() && std::abs(mouse - x) <= reach;
  // A click on a brick is no gesture.
  if (ImGui::IsItemActivated() && near) {
    hand.held = true;
    ctx.session.begin_gesture();
  } else if (hand.held && !ImGui::IsItemActive()) {
    hand.held = false;
    ctx.session.end_gesture();
  }
  if (hand.held) ask_for(ctx, plot.x_at(std::clamp(mouse, plot.min().x, plot.max().x)));
  const bool lit = hand.held || near;
  if (lit) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (focusable(ctx)) {
    constexpr double kStep = 1.02;
    const int by = strokes(ctx, "Right") - strokes(ctx, "Left") +
                   10 * (strokes(ctx, "PageUp") - strokes(ctx, "PageDown"));
    if (by != 0) {
      key_gesture(ctx);
      ask_for(ctx, std::max(limit, 1e-3) * std::pow(kStep, by));
    }
  }
  if (ctx.transient.keep_places)
    ctx.transient.places["chips limit"] = {{x - reach, plot.min().y}, {x + reach, plot.max().y}};
  return lit;
}

void draw_limit(const UiContext& ctx, const Plot& plot, double limit, bool lit) {
  const float x = std::floor(plot.at(limit, 0).x) + 0.5f;
  const ImU32 ink = lit ? ctx.colours.text : ctx.colours.warning;
  ImDrawList& list = plot.list();
  list.AddLine({x, plot.min().y}, {x, plot.max().y}, ink, std::max(1.0f, ctx.px(1.25f)));
  const float r = ctx.px(5);
  list.AddTriangleFilled({x - r, plot.min().y - r}, {x + r, plot.min().y - r}, {x, plot.min().y},
                         ink);
}

}  // namespace

void draw_chip_histogram(UiContext& ctx, const ChipPopulation& population, float height) {
  const double limit = ctx.scene.chips.limit;
  LimitInHand& hand = ctx.kept<LimitInHand>();
  if (!hand.held) hand.range = range_of(population, limit);
  const auto [low, high] = hand.range;
  const ChipHistogram bins = histogram_of(population.chips, kBins, low, high);
  const int most = std::max(4, *std::ranges::max_element(bins.counts));
  const auto yield = yield_of(population.chips, limit);
  const std::string label = yield ? fmt::format("devices; {:.0f} % are good enough", 100 * *yield)
                                  : std::string("devices");
  const Plot plot(ctx, "chips histogram", height, {low, high, "relative distance", {}, {}},
                  {0, 1.08 * most, label.c_str(), {}, {}});
  const bool on_limit = move_limit(ctx, plot, limit);
  const bool clicked = plot.clicked() && !on_limit;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const ChipQuality* pointed = nullptr;
  std::vector<int> in_bin(kBins, 0);
  const double width = (high - low) / kBins;
  for (const ChipQuality& chip : population.chips) {
    if (chip.failed() || !(chip.relative >= low && chip.relative <= high)) continue;
    const int bin = std::clamp(static_cast<int>((chip.relative - low) / width), 0, kBins - 1);
    const int below = in_bin[static_cast<std::size_t>(bin)]++;
    ImVec2 a = plot.at(low + bin * width, below + 1), b = plot.at(low + (bin + 1) * width, below);
    const float apart = b.y - a.y > ctx.px(4) ? 1.0f : 0.0f;
    const bool good = chip.relative <= limit;
    const bool under =
        plot.hovered() && mouse.x >= a.x && mouse.x < b.x && mouse.y >= a.y && mouse.y < b.y;
    if (under) pointed = &chip;
    plot.list().AddRectFilled({a.x, a.y + apart}, {b.x - 1, b.y},
                              under  ? ctx.colours.text
                              : good ? ctx.colours.accent
                                     : ctx.colours.faint);
  }
  draw_limit(ctx, plot, limit, on_limit);
  std::vector<double> devices, relatives;
  for (const ChipQuality& chip : population.chips) {
    devices.push_back(double(chip.device));
    relatives.push_back(chip.failed() ? std::nan("") : chip.relative);
  }
  const PlotColumn columns[] = {{"device", devices}, {"relative_distance", relatives}};
  offer_plot(ctx, "chips_histogram", "Quality of the devices", columns);
  if (pointed) {
    hint_at_once(ctx, spoken_chip(*pointed) + "\n\nClick to put it on the wall of Generate.");
    if (clicked) show_chip(ctx, pointed->device);
  } else {
    hint(ctx,
         "Relative distance to real pictures of each device, on the same noise: a brick is a "
         "device. Left of the limit they are good enough: drag it, or move it by the arrows.");
  }
}

}  // namespace phaseloom
