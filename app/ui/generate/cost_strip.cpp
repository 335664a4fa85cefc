// SPDX-License-Identifier: MIT
// What an analog core for the network on the wall would cost, in one line under it.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/document/si_text.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

struct EnergyRange {
  double low = 1e-8, high = 1e-2;  // J, whole decades
};

float place_on(const EnergyRange& range, double energy, float left, float width) {
  const double share = std::log(energy / range.low) / std::log(range.high / range.low);
  return std::floor(left + static_cast<float>(share) * width) + 0.5f;
}

std::string axis_help(const Cost& cost) {
  std::string text = fmt::format(
      "Energy per image on a logarithmic axis. The bar is how far the model may be off, a factor "
      "of {:.0f} either way; the line is published, and nothing here is fitted to it. Beside it:\n",
      kCostFactor);
  for (const CostBaseline& baseline : cost_baselines())
    if (baseline.per_image)
      text += fmt::format("\n{}: {} ({})", si_text(baseline.energy, "J"), baseline.name,
                          name_of(baseline.source));
  text += fmt::format("\n\nThis network: {}", si_text(cost.energy.total(), "J"));
  return text;
}

/// What the marks are, above them: once for neighbours of one kind, where it has room beside the
/// words of the reference, which end at `reference_left` and `reference_right`.
template <class Place>
void draw_labels(UiContext& ctx, const Place& place, float y, float reference_left,
                 float reference_right) {
  const auto baselines = cost_baselines();
  const float apart = ctx.px(6);
  float end = 0;  // of the label before
  for (std::size_t i = 1; i < baselines.size() && baselines[i].per_image;) {
    float low = place(baselines[i].energy), high = low;
    const std::string_view label = baselines[i].label;
    for (; i < baselines.size() && baselines[i].label == label; ++i) {
      low = std::min(low, place(baselines[i].energy));
      high = std::max(high, place(baselines[i].energy));
    }
    const float width = text_width(ctx.fonts.caption, label);
    const float left = (low + high - width) / 2;
    const bool on_reference =
        left < reference_right + apart && left + width > reference_left - apart;
    if (on_reference || left < end + apart) continue;
    draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.caption, {left, y}, ctx.colours.disabled,
              label);
    end = left + width;
  }
}

void draw_axis(UiContext& ctx, ImVec2 at, float width, float height, const Cost& cost) {
  const Palette& c = ctx.colours;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const double energy = std::max(cost.energy.total(), 1e-18);
  EnergyRange range;
  while (range.low > energy / kCostFactor) range.low /= 10;
  while (range.high < energy * kCostFactor) range.high *= 10;
  const auto place = [&](double e) { return place_on(range, e, at.x, width); };

  const float digits = ctx.fonts.small->FontSize;
  const float top = at.y + ctx.fonts.caption->FontSize + ctx.px(3);
  const float floor = std::floor(at.y + height - digits - ctx.px(4)) + 0.5f;
  list.AddLine({at.x, floor}, {at.x + width, floor}, c.line);
  const int decades = static_cast<int>(std::lround(std::log10(range.high / range.low)));
  const float decade = width / static_cast<float>(decades);
  int stride = 1;
  // The first name begins where the axis does, and comes so much nearer to the second.
  while (static_cast<float>(stride) * decade < 1.35f * text_width(ctx.fonts.small, "100 mJ"))
    ++stride;
  for (int i = 0; i <= decades; ++i) {
    const float x = std::floor(at.x + static_cast<float>(i) * decade) + 0.5f;
    list.AddLine({x, floor - ctx.px(3)}, {x, floor}, c.line);
    if (i % stride != 0) continue;
    const std::string name = fmt::format("{}", si_text(range.low * std::pow(10, i), "J"));
    // "1.00 µJ" without the digits that an axis does not need.
    const std::string shown =
        name.substr(0, name.find_first_of(". ")) + name.substr(name.find(' '));
    const float w = text_width(ctx.fonts.small, shown);
    draw_text(
        list, ctx.fonts.small,
        {std::clamp(x - w / 2, at.x - ctx.px(6), at.x + width - w + ctx.px(6)), floor + ctx.px(2)},
        c.faint, shown);
  }
  for (const CostBaseline& baseline : cost_baselines()) {
    if (!baseline.per_image || baseline.energy < range.low || baseline.energy > range.high)
      continue;
    const float x = place(baseline.energy);
    list.AddLine({x, floor - ctx.px(6)}, {x, floor}, c.faint, std::max(1.0f, ctx.px(1)));
  }
  const float middle = std::floor((top + floor) / 2);
  const float half = ctx.px(4);
  list.AddRectFilled({place(energy / kCostFactor), middle - half},
                     {place(energy * kCostFactor), middle + half}, faded(c.accent, 0.35f),
                     ctx.px(3));
  list.AddCircleFilled({place(energy), middle}, ctx.px(3.5f), c.accent);

  // The published reference, above all: a line, never a result.
  const float reference = place(kPublishedEnergy), words_y = at.y + ctx.px(2);
  list.AddLine({reference, at.y + ctx.px(3)}, {reference, floor}, c.text,
               std::max(1.0f, ctx.px(1)));
  const std::string words = width > ctx.px(200) ? "23 µJ published" : "23 µJ";
  const float w = text_width(ctx.fonts.caption, words), beside = ctx.px(4);
  const bool fits = reference + beside + w <= at.x + width + beside;
  const float left = fits ? reference + beside : reference - beside - w;
  draw_text(list, ctx.fonts.caption, {left, words_y}, c.faint, words);
  if (decade > ctx.px(48))
    draw_labels(ctx, place, words_y, std::min(left, reference), std::max(left + w, reference));

  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton("energy axis", {width, height});
  note_place(ctx, "energy axis");
  hint(ctx, axis_help(cost));
}

std::string energy_help(const Cost& cost) {
  const CostEnergy& e = cost.energy;
  const auto part = [&](const char* name, double joules) {
    return joules > 0 ? fmt::format("\n{}: {} ({:.1f} %)", name, si_text(joules, "J"),
                                    100 * joules / e.total())
                      : std::string();
  };
  return fmt::format(
             "Energy per image, good to about a factor of {:.0f} either way.{}\n", kCostFactor,
             cost.bits_assumed ? "\nNo analog cell holds float weights: this is the cost of 8 bits."
                               : "") +
         part("Oscillators and couplings at work, E_dyn = n E_cyc", e.dynamic) +
         part("Weights written, K E_prog / B", e.programming) +
         part("Stored weights switched, K E b e_sw / 2", e.switching) +
         part("State saved and set, (K − 1) N (E_adc + E_dac)", e.saving) +
         part("Picture read out, 2 V E_adc", e.readout) +
         part("Initial noise set, N E_dac", e.initialisation);
}

}  // namespace

Cost present_cost(const UiContext& ctx) {
  const Hardware& hardware = ctx.scene.hardware;
  return cost_of(as_built(ctx.now.network, hardware), hardware.bits, ctx.scene.cost);
}

float cost_strip_height(const UiContext& ctx) { return ctx.now.model ? ctx.px(48) : 0; }

void draw_cost_strip(UiContext& ctx, Box area) {
  const Palette& c = ctx.colours;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 a{area.min.x, area.min.y + ctx.px(6)}, b{area.max.x, area.max.y};
  const float height = b.y - a.y, pad = ctx.px(10);
  list.AddRectFilled(a, b, mixed(c.panel, c.raised, 0.5f), ctx.px(5));

  const Cost cost = present_cost(ctx);
  const bool wide = b.x - a.x > ctx.px(560);
  const float gap = ctx.px(wide ? 20 : 12), end = b.x - pad;
  struct Cell {
    const char* name;
    std::string value, help;
  };
  // Left to right; when room is scarce, the last ones give way to the axis.
  const Cell cells[] = {
      {cost.bits_assumed ? "energy, as 8 bit" : "energy / image", si_text(cost.energy.total(), "J"),
       energy_help(cost)},
      {"area", short_number(cost.area) + " mm²",
       fmt::format("A = 1.25 (N A_osc + E A_c) = {} mm² for one core, with E = {:.0f} couplings of "
                   "A_c = {} µm² each; then what the chunks' weights take.",
                   short_number(cost.core_area), cost.couplings, short_number(cost.cell_area))},
      {"power", si_text(cost.power, "W"),
       fmt::format("P = f E_cyc of a core at work; E_cyc = {} per carrier cycle.",
                   si_text(cost.cycle_energy, "J"))},
      {"time", si_text(cost.time, "s"),
       fmt::format("From noise to picture: n / f, with n = T η = {:.4g} carrier cycles, and the "
                   "writing of weights, {} per chunk. {} images per second.",
                   cost.cycles, si_text(cost.chunk_time, "s"), short_number(cost.rate))},
      {"good to", "×÷ 3",
       "The model's numbers may be off by about a factor of 3 either way; docs/cost.md has every "
       "constant and where it comes from."},
  };
  const float least_axis = ctx.px(96);
  float x = a.x + pad;
  int shown = 0;
  for (float taken = x; shown < static_cast<int>(std::size(cells)); ++shown) {
    taken += cell_width(ctx, cells[shown].name, cells[shown].value) + gap;
    if (taken + least_axis > end) break;
  }
  // Where the last cell has no room, the first one says it.
  const bool all = shown == static_cast<int>(std::size(cells));
  for (int i = 0; i < shown; ++i) {
    const char* const name = i > 0 || all        ? cells[i].name
                             : cost.bits_assumed ? "as 8 bit, ×÷ 3"
                                                 : "energy, ×÷ 3";
    const ImU32 colour = i == 0 && cost.bits_assumed ? c.faint : c.text;
    x += draw_cell(ctx, {x, a.y}, height, name, cells[i].value, colour, cells[i].help) + gap;
  }
  if (end - x >= least_axis)
    draw_axis(ctx, {x + ctx.px(4), a.y}, std::min(end - x - ctx.px(8), ctx.px(720)), height, cost);
  ImGui::SetCursorScreenPos(a);
  ImGui::Dummy({b.x - a.x, height});
  note_place(ctx, "cost strip");
}

}  // namespace phaseloom
