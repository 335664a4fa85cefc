// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/energy_axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/document/si_text.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

EnergyAxis::EnergyAxis(const UiContext& ctx, std::span<const double> energies, float left,
                       float width, float floor)
    : ctx_(ctx), left_(left), width_(width), floor_(floor) {
  for (const double joules : energies) {
    const double energy = std::clamp(joules, 1e-18, 1e6);
    while (low_ > energy / kCostFactor) low_ /= 10;
    while (high_ < energy * kCostFactor) high_ *= 10;
  }
  decade_ = width / static_cast<float>(std::lround(std::log10(high_ / low_)));
}

float EnergyAxis::at(double energy) const {
  const double share = std::log(std::clamp(energy, low_, high_) / low_) / std::log(high_ / low_);
  return std::floor(left_ + static_cast<float>(share) * width_) + 0.5f;
}

void EnergyAxis::draw_ticks(ImDrawList& list) const {
  const Palette& c = ctx_.colours;
  list.AddLine({left_, floor_}, {left_ + width_, floor_}, c.line);
  const auto decades = static_cast<int>(std::lround(std::log10(high_ / low_)));
  int stride = 1;
  // The first name begins where the axis does, and comes so much nearer to the second.
  while (static_cast<float>(stride) * decade_ < 1.35f * text_width(ctx_.fonts.small, "100 mJ"))
    ++stride;
  for (int i = 0; i <= decades; ++i) {
    const float x = std::floor(left_ + static_cast<float>(i) * decade_) + 0.5f;
    list.AddLine({x, floor_ - ctx_.px(3)}, {x, floor_}, c.line);
    if (i % stride != 0) continue;
    const std::string name = si_text(low_ * std::pow(10, i), "J");
    // "1.00 µJ" without the digits that an axis does not need.
    const std::string shown =
        name.substr(0, name.find_first_of(". ")) + name.substr(name.find(' '));
    const float w = text_width(ctx_.fonts.small, shown);
    draw_text(list, ctx_.fonts.small,
              {std::clamp(x - w / 2, left_ - ctx_.px(6), left_ + width_ - w + ctx_.px(6)),
               floor_ + ctx_.px(2)},
              c.faint, shown);
  }
}

void EnergyAxis::draw_baselines(ImDrawList& list, float height, ImU32 colour) const {
  for (const CostBaseline& baseline : cost_baselines()) {
    if (!baseline.per_image || baseline.energy < low_ || baseline.energy > high_) continue;
    const float x = at(baseline.energy);
    list.AddLine({x, floor_ - height}, {x, floor_}, colour, std::max(1.0f, ctx_.px(1)));
  }
}

void EnergyAxis::draw_energy(ImDrawList& list, double energy, float y, float half_height,
                             ImU32 colour) const {
  list.AddRectFilled({at(energy / kCostFactor), y - half_height},
                     {at(energy * kCostFactor), y + half_height}, faded(colour, 0.35f), ctx_.px(3));
  list.AddCircleFilled({at(energy), y}, ctx_.px(3.5f), colour);
}

void EnergyAxis::draw_reference(ImDrawList& list, float top, float words_y, float labels_y) const {
  const Palette& c = ctx_.colours;
  const float reference = at(kPublishedEnergy);
  list.AddLine({reference, top}, {reference, floor_}, c.text, std::max(1.0f, ctx_.px(1)));
  const std::string words = width_ > ctx_.px(200) ? "23 µJ published" : "23 µJ";
  const float w = text_width(ctx_.fonts.caption, words), beside = ctx_.px(4);
  const bool fits = reference + beside + w <= left_ + width_ + beside;
  const float left = fits ? reference + beside : reference - beside - w;
  draw_text(list, ctx_.fonts.caption, {left, words_y}, c.faint, words);
  if (labels_y != words_y)
    draw_labels(list, labels_y, reference, reference);
  else if (decade_ > ctx_.px(48))
    draw_labels(list, words_y, std::min(left, reference), std::max(left + w, reference));
}

/// What the marks are, above them: once for neighbours of one kind, where it has room beside the
/// words of the reference, which end at `reference_left` and `reference_right`.
void EnergyAxis::draw_labels(ImDrawList& list, float y, float reference_left,
                             float reference_right) const {
  const auto baselines = cost_baselines();
  const float apart = ctx_.px(6);
  float end = 0;  // of the label before
  for (std::size_t i = 1; i < baselines.size() && baselines[i].per_image;) {
    float low = at(baselines[i].energy), high = low;
    const std::string_view label = baselines[i].label;
    for (; i < baselines.size() && baselines[i].label == label; ++i) {
      low = std::min(low, at(baselines[i].energy));
      high = std::max(high, at(baselines[i].energy));
    }
    const float width = text_width(ctx_.fonts.caption, label);
    float left = (low + high - width) / 2;
    // Beside the line of the reference, where that has no words of its own.
    const bool line_alone = reference_left == reference_right;
    if (line_alone && left < reference_right + apart && left + width > reference_left - apart)
      left = high < reference_left ? reference_left - apart - width : reference_right + apart;
    const bool on_reference =
        left < reference_right + apart && left + width > reference_left - apart;
    if (on_reference || left < end + apart) continue;
    draw_text(list, ctx_.fonts.caption, {left, y}, ctx_.colours.disabled, label);
    end = left + width;
  }
}

std::string energy_axis_help() {
  std::string text = fmt::format(
      "Energy per image on a logarithmic axis. The bar is how far the model may be off, a factor "
      "of {:.0f} either way; the line is published, and nothing here is fitted to it. Beside it:\n",
      kCostFactor);
  for (const CostBaseline& baseline : cost_baselines())
    if (baseline.per_image)
      text += fmt::format("\n{}: {} ({})", si_text(baseline.energy, "J"), baseline.name,
                          name_of(baseline.source));
  return text;
}

std::string energy_causes(const CostEnergy& energy) {
  std::string text;
  for (const auto& cause : cost_energies())
    if (const double joules = energy.*cause.value; joules > 0)
      text += fmt::format("\n{}, {}: {} ({:.1f} %)", cause.label, cause.formula,
                          si_text(joules, "J"), 100 * joules / energy.total());
  return text;
}

}  // namespace phaseloom
