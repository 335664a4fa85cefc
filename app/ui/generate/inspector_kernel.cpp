// SPDX-License-Identifier: MIT
// The couplings of one unit in the current chunk, as a heat map per layer.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "app/commands/view_verbs.hpp"
#include "app/ui/generate/inspector_plots.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/generate/view.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/plot_export.hpp"
#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

struct Window {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;  // inclusive
  int width() const { return x1 - x0 + 1; }
  int height() const { return y1 - y0 + 1; }
};

/// What the sources of a unit cover, itself included; the same for all layers.
Window covered(const Grid& grid, UnitPlace own, std::span<const std::int32_t> sources) {
  Window w{own.x, own.y, own.x, own.y};
  for (const std::int32_t source : sources) {
    const UnitPlace p = place_of(grid, source);
    w = {std::min(w.x0, p.x), std::min(w.y0, p.y), std::max(w.x1, p.x), std::max(w.y1, p.y)};
  }
  return w;
}

/// Where arrows (in the layer) and PageUp, PageDown (to another one) lead among the sources: the
/// nearest one that way.
int moved_source(const UiContext& ctx, std::span<const std::int32_t> sources, int from) {
  if (std::ranges::find(sources, from) == sources.end()) return sources.front();
  const UnitPlace at = place_of(ctx.now.grid, from);
  const int right = strokes(ctx, "Right") - strokes(ctx, "Left");
  const int down = strokes(ctx, "Down") - strokes(ctx, "Up");
  const int deeper = strokes(ctx, "PageDown") - strokes(ctx, "PageUp");
  if (right == 0 && down == 0 && deeper == 0) return from;
  int best = from, least = std::numeric_limits<int>::max();
  for (const std::int32_t source : sources) {
    const UnitPlace p = place_of(ctx.now.grid, source);
    const int x = p.x - at.x, y = p.y - at.y, layers = p.layer - at.layer;
    const bool that_way =
        deeper != 0 ? layers * deeper > 0 : layers == 0 && x * right + y * down > 0;
    // Straight ahead before aslant.
    const int ahead = std::abs(x * right + y * down),
              aside = std::abs(x * down) + std::abs(y * right);
    const int far =
        deeper != 0 ? 1000 * std::abs(layers) + std::abs(x) + std::abs(y) : ahead + 4 * aside;
    if (that_way && far < least) least = far, best = source;
  }
  return best;
}

/// How it is coupled to the label oscillator of the class that the pinned sample is asked for.
void draw_label_couplings(UiContext& ctx, int unit) {
  const Snapshot& now = ctx.now;
  const Topology& topology = *now.model->program.topology;
  if (topology.labels() == 0) return;
  const auto sample =
      now.settings.first_sample + static_cast<std::uint64_t>(std::max(0, ctx.state.pinned));
  const int asked = class_of(topology, now.settings.label, sample);
  const auto coupling = topology.find(unit, topology.first_label() + asked);
  const float w =
      coupling < 0 ? 0 : now.model->program.weights(now.chunk)[static_cast<std::size_t>(coupling)];
  fact(ctx, fmt::format("W from label {}", asked), fmt::format("{:+.4f}", w),
       now.is_phase
           ? "The label oscillator of the class asked for adds W cos θ to the rate; those of the "
             "other classes subtract theirs."
           : "The voltage held for the class asked for adds W times what it sends to the rate; "
             "those of the other classes subtract theirs.");
}

/// What the hardware made of this unit's weights, in two numbers.
void draw_losses(UiContext& ctx, std::span<const float> weights, std::span<const float> held) {
  double error = 0, size = 0;
  std::size_t cut = 0;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    const double d = double(held[k]) - weights[k];
    error += d * d;
    size += double(weights[k]) * weights[k];
    cut += weights[k] != 0 && held[k] == 0;
  }
  fact(ctx, "held, rel. error",
       fmt::format("{:.1f} %", 100 * std::sqrt(error / std::max(size, 1e-30))),
       "|held − float| / |float| of these weights, after bits, density and mismatch. What weight "
       "noise adds is drawn anew for every sample.");
  fact(ctx, "held as 0", fmt::format("{}", cut), "Couplings that are cut, or rounded to 0.");
}

/// After the item that shows it.
void offer_kernel(UiContext& ctx, std::span<const std::int32_t> sources,
                  std::span<const float> weights, std::span<const float> held) {
  std::vector<double> source, layer, x, y, w, as_held;
  for (std::size_t k = 0; k < sources.size(); ++k) {
    const UnitPlace p = place_of(ctx.now.grid, sources[k]);
    source.push_back(sources[k]);
    layer.push_back(p.layer);
    x.push_back(p.x);
    y.push_back(p.y);
    w.push_back(double(weights[k]));
    as_held.push_back(double(held[k]));
  }
  const PlotColumn columns[] = {{"source", source}, {"layer", layer}, {"x", x},
                                {"y", y},           {"weight", w},    {"held", as_held}};
  offer_plot(ctx, "kernel", "Coupling kernel", columns);
}

}  // namespace

void draw_kernel_maps(UiContext& ctx) {
  const Snapshot& now = ctx.now;
  const Program& program = now.model->program;
  const Topology& topology = *program.topology;
  const int unit = ctx.state.picked;
  const UnitPlace own = place_of(now.grid, unit);
  const auto all = topology.sources_of(unit);
  // What comes behind the layers, label oscillators among it, has no place on a map.
  const int placed = std::min(topology.first_label(), now.grid.units());
  const auto sources =
      all.first(static_cast<std::size_t>(std::ranges::lower_bound(all, placed) - all.begin()));
  const auto begin = static_cast<std::size_t>(topology.row_begin()[static_cast<std::size_t>(unit)]);
  const auto weights = program.weights(now.chunk).subspan(begin, sources.size());

  if (all.empty()) {
    text(ctx, ctx.fonts.text, ctx.colours.faint, "It listens to no other oscillator.");
    return;
  }
  float largest = 1e-9f;
  for (const float w : weights) largest = std::max(largest, std::abs(w));

  const Window window = covered(now.grid, own, sources);
  const int layers = std::max(1, now.grid.layers);
  const float width = ImGui::GetContentRegionAvail().x, gap = ctx.px(8);
  // Ideal hardware holds the weights as they are; else each layer is there twice, as it is held and
  // as the model says, in the same colours.
  const bool twice = now.realised && !now.scene.hardware.ideal();
  const auto held =
      twice ? now.realised->weights(now.chunk).subspan(begin, sources.size()) : weights;
  const int maps = twice ? 2 * layers : layers;
  const int across = twice ? 2 : std::min(layers, 3);
  const float room = (width - gap * static_cast<float>(across - 1)) / static_cast<float>(across);
  const float label = ctx.fonts.caption->FontSize + ctx.px(4);
  const int rows = (maps + across - 1) / across;
  const bool laid = ctx.transient.laid;
  const float facts = ctx.px(110);  // below the maps
  const float most = laid ? (ctx.transient.laid_end - ImGui::GetCursorScreenPos().y - facts) /
                                    static_cast<float>(rows) -
                                label - ctx.px(4)
                     : maps == 1 ? std::max(ctx.px(150), width / 2)
                                 : room;
  float cell = std::min(room / static_cast<float>(window.width()),
                        most / static_cast<float>(window.height()));
  cell = cell > 2 ? std::floor(cell) : cell;
  const float map_width = cell * static_cast<float>(window.width());
  const float map_height = cell * static_cast<float>(window.height());

  const ImVec2 corner = ImGui::GetCursorScreenPos();
  bool chosen = ImGui::InvisibleButton(
      "kernel",
      {std::max(width, 1.0f), static_cast<float>(rows) * (map_height + label + ctx.px(4))});
  note_place(ctx, "kernel");
  offer_kernel(ctx, sources, weights, held);
  const bool focused = !sources.empty() && focusable(ctx);
  int& cursor = ctx.transient.kernel_cursor;
  if (focused) {
    cursor = moved_source(ctx, sources, cursor);
    chosen = pushed(ctx);
  }
  const bool hovered = ImGui::IsItemHovered();
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto map_corner = [&](int map) {
    return ImVec2{
        std::floor(corner.x + static_cast<float>(map % across) * (room + gap)),
        std::floor(corner.y + static_cast<float>(map / across) * (map_height + label + ctx.px(4)))};
  };
  for (int map = 0; map < maps; ++map) {
    const ImVec2 a = map_corner(map);
    const int layer = twice ? map / 2 : map;
    std::string name = layer == own.layer ? "own layer"
                       : layer == 0       ? "visible"
                                          : fmt::format("hidden {}", layer);
    if (twice) name += map % 2 == 0 ? ", as held" : ", float";
    list.AddRectFilled(a, {a.x + map_width, a.y + map_height}, ctx.colours.raised);
    draw_text(list, ctx.fonts.caption, {a.x, a.y + map_height + ctx.px(2)}, ctx.colours.faint, name,
              room);
  }
  std::string under;
  std::optional<std::pair<ImVec2, ImVec2>> mark;  // the cell it is about
  const float seam = cell >= 6 ? 1.0f : 0.0f;
  for (std::size_t k = 0; k < sources.size(); ++k) {
    const UnitPlace p = place_of(now.grid, sources[k]);
    for (int copy = 0; copy < (twice ? 2 : 1); ++copy) {
      const ImVec2 base = map_corner(twice ? 2 * p.layer + copy : p.layer);
      const ImVec2 a{base.x + cell * static_cast<float>(p.x - window.x0),
                     base.y + cell * static_cast<float>(p.y - window.y0)};
      const float w = copy == 0 ? held[k] : weights[k];
      list.AddRectFilled(a, {a.x + cell - seam, a.y + cell - seam},
                         map_colour(ColourMap::diverging, 0.5 + 0.5 * w / largest));
      const bool pointed = hovered && mouse.x >= a.x && mouse.x < a.x + cell && mouse.y >= a.y &&
                           mouse.y < a.y + cell;
      if (focused ? sources[k] != cursor || copy != 0 : !pointed) continue;
      mark = {a, {a.x + cell - seam, a.y + cell - seam}};
      under = fmt::format("from {} at ({}, {}), {}: W = {:+.4f}", sources[k], p.x, p.y,
                          p.layer == 0 ? "visible" : fmt::format("hidden {}", p.layer), weights[k]);
      if (twice) under += fmt::format(", held as {:+.4f}", held[k]);
      if (chosen) {
        ctx.session.post(verbs::partner, sources[k]);
        ctx.session.post(verbs::curve, name_of(Curve::pair));
      }
    }
  }
  for (int copy = 0; copy < (twice ? 2 : 1); ++copy) {
    const ImVec2 base = map_corner(twice ? 2 * own.layer + copy : own.layer);
    const ImVec2 self{base.x + cell * static_cast<float>(own.x - window.x0),
                      base.y + cell * static_cast<float>(own.y - window.y0)};
    list.AddRect({self.x - 1, self.y - 1}, {self.x + cell, self.y + cell}, ctx.colours.accent, 0, 0,
                 std::max(1.0f, ctx.px(2)));
  }
  if (mark) {
    list.AddRect(mark->first, mark->second, ctx.colours.text, 0, 0, std::max(1.0f, ctx.px(1.5f)));
    if (focused)
      ImGui::SetNextWindowPos({mark->second.x, mark->second.y + ctx.px(4)}, ImGuiCond_Always,
                              {1, 0});
    ImGui::BeginTooltip();
    text(ctx, ctx.fonts.small, ctx.colours.text, under);
    ImGui::EndTooltip();
  }
  fact(ctx, "couplings in", fmt::format("{}", all.size()), "How many oscillators it listens to.");
  draw_label_couplings(ctx, unit);
  fact(ctx, "largest |W|", fmt::format("{:.4f}", largest),
       "The ends of the colours, of the model's own weights: orange is +, blue is −.");
  if (twice) draw_losses(ctx, weights, held);
}

void draw_kernel(UiContext& ctx) {
  const bool laid = ctx.state.stage == OnStage::kernel;
  const float button = laid ? 0 : ctx.px(24);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool open = section(ctx, Section::kernel,
                            fmt::format("Coupling kernel, chunk {}", ctx.now.chunk + 1), 0, button);
  if (!open || lies_on_stage(ctx, OnStage::kernel)) return;
  const ImVec2 below = ImGui::GetCursorScreenPos();
  // On the line of the heading, which begins below a gap.
  ImGui::SetCursorScreenPos({at.x, below.y - ctx.px(20)});
  stage_button(ctx, OnStage::kernel);
  ImGui::SetCursorScreenPos(below);
  draw_kernel_maps(ctx);
}

}  // namespace phaseloom
