// SPDX-License-Identifier: MIT
// What the network on the wall is worth, in one line under it.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/document/si_text.hpp"
#include "app/document/spoken_names.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/generate/view.hpp"
#include "app/ui/toolkit/plot_export.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

using State = QualitySnapshot::State;

/// Shares of the ten classes; the line is an even tenth.
void draw_classes(UiContext& ctx, ImVec2 at, float width, float height) {
  const QualitySnapshot& q = ctx.quality;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool digits = q.dataset != "fashion";
  const float words = digits ? ctx.fonts.small->FontSize : 0;
  const float floor = at.y + height - words - ctx.px(2), tall = floor - at.y - ctx.px(2);
  const float step = width / QualitySnapshot::kLabels;
  constexpr double kTop = 0.25;  // share at the top
  for (int i = 0; i < QualitySnapshot::kLabels; ++i) {
    const auto k = static_cast<std::size_t>(i);
    const std::string name = spoken_class(q.dataset, i);
    const float x = std::floor(at.x + static_cast<float>(i) * step);
    const float bar = tall * static_cast<float>(std::min(q.histogram[k], kTop) / kTop);
    const float right = std::floor(at.x + static_cast<float>(i + 1) * step) - ctx.px(2);
    list.AddRectFilled({x, floor - tall}, {right, floor}, ctx.colours.raised);
    list.AddRectFilled({x, std::floor(floor - bar)}, {right, floor}, ctx.colours.accent);
    if (digits)
      draw_text(list, ctx.fonts.small,
                {(x + right - text_width(ctx.fonts.small, name)) / 2, floor + ctx.px(1)},
                ctx.colours.faint, name);
    ImGui::SetCursorScreenPos({x, at.y});
    ImGui::PushID(i);
    ImGui::InvisibleButton("class", {std::max(right - x, 1.0f), height});
    ImGui::PopID();
    hint(ctx, fmt::format("{}: {:.1f} % of the images, by the classifier. The line is 10 %.", name,
                          100 * q.histogram[k]));
  }
  const std::array<double, QualitySnapshot::kLabels> classes{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  const PlotColumn columns[] = {{"class", classes}, {"share", q.histogram}};
  offer_plot(ctx, "classes", "Histogram of classes", columns);
  const float tenth = std::floor(floor - tall * static_cast<float>(0.1 / kTop)) + 0.5f;
  list.AddLine({at.x, tenth}, {at.x + width - ctx.px(2), tenth}, faded(ctx.colours.text, 0.6f));
}

}  // namespace

float quality_strip_height(const UiContext& ctx) {
  return ctx.quality.state == State::off ? 0 : ctx.px(48);
}

void draw_quality_strip(UiContext& ctx, Box area) {
  const QualitySnapshot& q = ctx.quality;
  const Palette& c = ctx.colours;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 a{area.min.x, area.min.y + ctx.px(6)}, b{area.max.x, area.max.y};
  const float height = b.y - a.y, pad = ctx.px(10);
  list.AddRectFilled(a, b, mixed(c.panel, c.raised, 0.5f), ctx.px(5));
  if (q.state == State::unavailable) {
    const std::string words = "Quality is not measured: " + q.reason;
    draw_text(list, ctx.fonts.caption,
              {a.x + pad, a.y + (height - ctx.fonts.caption->FontSize) / 2}, c.faint, words,
              b.x - a.x - 2 * pad);
    ImGui::SetCursorScreenPos(a);
    ImGui::InvisibleButton("quality", {std::max(b.x - a.x, 1.0f), height});
    note_place(ctx, "quality strip");
    hint(ctx, words);
    return;
  }
  // A narrow strip keeps the distance, the classes and how many images; a wide one says it all.
  const bool wide = b.x - a.x > ctx.px(560);
  float x = a.x + pad;
  const float end = b.x - pad, gap = ctx.px(wide ? 20 : 12);
  const auto cell = [&](const char* name, const std::string& value, std::string_view help,
                        ImU32 colour) {
    if (x + cell_width(ctx, name, value) > end) return;
    x += draw_cell(ctx, {x, a.y}, height, name, value, colour, help) + gap;
  };
  // Numbers that are not final yet stand back.
  const ImU32 ink = q.state == State::ready ? c.text : c.faint;
  const auto number = [](double value, const char* format) {
    return std::isfinite(value) ? fmt::format(fmt::runtime(format), value) : std::string("…");
  };
  cell("Fréchet distance", number(q.distance, "{:.1f}"),
       "How far the images of this network, as it is set just now, are from real ones: Fréchet "
       "classifier distance to the test set. Measured in the background.",
       ink);
  if (wide)
    cell("relative", number(q.relative, "{:.4f}"),
         "The same over what images score that know mean and covariance of the pixels and nothing "
         "else: 1 is no better than these, 0 is real.",
         ink);
  cell("real", number(q.floor, "{:.1f}"), "What as many real training pictures have.", c.faint);
  if (known_labels(ctx) > 0)
    cell("as asked",
         std::isfinite(q.as_asked) ? fmt::format("{:.1f} %", 100 * q.as_asked) : std::string("…"),
         "How many of the images the classifier reads as the class that was asked for, all classes "
         "in turn.",
         ink);
  if (wide)
    cell("confidence",
         std::isfinite(q.confidence) ? fmt::format("{:.1f} %", 100 * q.confidence)
                                     : std::string("…"),
         "How sure the classifier is of what it reads, on average.", ink);
  const bool ready = q.state == State::ready;
  const std::string wanted = ready ? "images" : fmt::format("of {}", grouped(q.wanted));
  const std::string samples = q.state == State::preparing ? "preparing" : grouped(q.samples);
  const float classes =
      std::min(end - x - cell_width(ctx, wanted.c_str(), samples) - gap, ctx.px(300));
  if (classes > ctx.px(90)) {
    draw_classes(ctx, {x, a.y + ctx.px(4)}, classes, height - ctx.px(6));
    x += classes + gap;
  }
  if (q.state != State::waiting)
    cell(wanted.c_str(), samples, "Made and judged so far, of this seed.",
         ready ? c.text : c.faint);
  note_place(ctx, "quality strip");
}

}  // namespace phaseloom
