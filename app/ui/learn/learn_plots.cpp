// SPDX-License-Identifier: MIT
// What is measured of the run beside what theory says, and how much in step all are.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/ui/learn/field_view.hpp"
#include "app/ui/learn/learn.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/plot.hpp"
#include "app/ui/toolkit/plot_export.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/playground/presets.hpp"

namespace phaseloom {
namespace {

std::string number_text(double value) {
  if (std::isnan(value)) return "–";
  const double size = std::abs(value);
  if (value == std::round(value) && size < 1e6) return fmt::format("{:.0f}", value);
  return size >= 0.01 && size < 1e4 ? fmt::format("{:.3f}", value) : fmt::format("{:.2e}", value);
}

/// The tallest that a remark was in a column of that width.
struct RemarkRoom {
  float width = 0;
  float height = 0;
};

/// What is said of the run, in a room of two lines or more: what stands below does not move when
/// the words change.
void draw_remark(UiContext& ctx, std::string_view words) {
  RemarkRoom& room = ctx.kept<RemarkRoom>();
  const float width = ImGui::GetContentRegionAvail().x;
  if (room.width != width) room = {width, 2 * ctx.fonts.text->FontSize};
  const ImVec2 at = ImGui::GetCursorScreenPos();
  float y = at.y;
  for (const std::string_view line : wrapped(ctx.fonts.text, words, width)) {
    draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.text, {at.x, y}, ctx.colours.text, line);
    y += ctx.fonts.text->FontSize;
  }
  room.height = std::max(room.height, y - at.y);
  ImGui::Dummy({width, room.height});
}

/// Three columns: name, measured, theory.
void draw_lines(UiContext& ctx, const MeterReading& reading) {
  const float width = ImGui::GetContentRegionAvail().x, line = ctx.fonts.mono->FontSize + ctx.px(5);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto right = [&](ImFont* font, float end, float y, ImU32 colour, std::string_view words) {
    draw_text(list, font, {end - text_width(font, words), y}, colour, words);
  };
  const auto ends = [&](ImVec2 at) { return std::pair(at.x + 0.72F * width, at.x + width); };
  ImVec2 at = ImGui::GetCursorScreenPos();
  const auto [first, second] = ends(at);
  right(ctx.fonts.caption, first, at.y, ctx.colours.faint, "measured");
  right(ctx.fonts.caption, second, at.y, ctx.colours.faint, "theory");
  ImGui::Dummy({width, ctx.fonts.caption->FontSize + ctx.px(3)});
  for (const MeterLine& row : reading.lines) {
    at = ImGui::GetCursorScreenPos();
    draw_text(list, ctx.fonts.text, at, ctx.colours.text, row.name, 0.4F * width);
    right(ctx.fonts.mono, first, at.y, ctx.colours.text, number_text(row.measured));
    right(ctx.fonts.mono, second, at.y, ctx.colours.accent, number_text(row.theory));
    ImGui::Dummy({width, line});
    hint(ctx, row.help);
  }
}

void draw_meter_plot(UiContext& ctx, const MeterPlot& meter, float height) {
  const std::string x_label(meter.x_label), y_label(meter.y_label);
  const Plot plot(ctx, "meter", height, {meter.x_low, meter.x_high, x_label.c_str(), {}, {}},
                  {meter.y_low, meter.y_high, y_label.c_str(), {}, {}});
  if (!meter.heights.empty()) plot.bars(meter.edges, meter.heights, ctx.colours.accent_dim);
  plot.line(meter.trace_x, meter.trace_y, ctx.colours.text);
  plot.line(meter.x, meter.y, ctx.colours.accent, 2);
  plot.list().PushClipRect(plot.min(), plot.max(), true);
  for (const auto& dot : meter.dots)
    plot.dot(dot.x, dot.y, dot.present ? ctx.colours.warning : ctx.colours.text,
             dot.present ? 5 : 3);
  plot.list().PopClipRect();
  std::vector<double> x, y;
  for (const auto& dot : meter.dots) {
    x.push_back(dot.x);
    y.push_back(dot.y);
  }
  if (x.empty()) x = meter.trace_x, y = meter.trace_y;
  if (x.empty()) {
    y = meter.heights;
    for (std::size_t i = 0; i < y.size(); ++i)
      x.push_back((meter.edges[i] + meter.edges[i + 1]) / 2);
  }
  const PlotColumn columns[] = {{"x", x}, {"measured", y}};
  offer_plot(ctx, "playground_meter", meter.title.data(), columns);
  hint(ctx,
       "What was measured, and in the accent's colour what theory says. A dot is a setting "
       "that was tried; the large one is the present one.");
}

void draw_order(UiContext& ctx, const PlaygroundSnapshot& now, float height) {
  std::vector<double> time, order;
  for (const SharedMoment& moment : now.moments) {
    time.push_back(moment->time);
    order.push_back(moment->order);
  }
  const double end = std::max(time.back(), time.front() + 1);
  const Plot plot(ctx, "order", height, {time.front(), end, "t", {}, {}}, {0, 1, "r", {}, {}});
  plot.line(time, order, ctx.colours.accent);
  const PlotColumn columns[] = {{"t", time}, {"r", order}};
  offer_plot(ctx, "playground_order", "How much in step", columns);
  hint(ctx, now.is_phase ? "Order parameter r = |mean of e^{iθ}|: 1 if all are in step, 0 if none."
                         : "By how much one sign of the voltages outweighs the other.");
}

}  // namespace

void draw_learn_plots(UiContext& ctx) {
  if (shows_field(ctx)) return draw_field_plots(ctx);
  const PlaygroundSnapshot& now = playground_of(ctx);
  const PresetInfo& preset = preset_info(ctx.scene.playground.preset);
  heading(ctx, preset.title);
  if (!now.there()) return;
  draw_remark(ctx, now.reading.remark);
  if (!now.reading.lines.empty()) draw_lines(ctx, now.reading);
  const float height = std::max(ctx.px(110), ImGui::GetContentRegionAvail().y * 0.5F - ctx.px(24));
  if (now.reading.plot) {
    const std::string title(now.reading.plot->title);
    heading(ctx, title);
    draw_meter_plot(ctx, *now.reading.plot, height);
  }
  heading(ctx, "In step");
  draw_order(ctx, now,
             std::max(ctx.px(90), std::min(height, ImGui::GetContentRegionAvail().y - ctx.px(4))));
}

std::string learn_caption(const UiContext& ctx) {
  if (shows_field(ctx)) return field_caption(ctx);
  const PlaygroundSnapshot& now = playground_of(ctx);
  std::string words(preset_info(ctx.scene.playground.preset).title);
  if (!now.there()) return words;
  // The first thing that is measured and foretold, else the first that is measured.
  const auto& lines = now.reading.lines;
  const auto measured = [](const MeterLine& line) { return !std::isnan(line.measured); };
  auto known = std::ranges::find_if(
      lines, [&](const MeterLine& line) { return measured(line) && !std::isnan(line.theory); });
  if (known == lines.end()) known = std::ranges::find_if(lines, measured);
  if (known != lines.end()) {
    words += fmt::format(": {} {}", known->name, number_text(known->measured));
    if (!std::isnan(known->theory))
      words += fmt::format(" (theory {})", number_text(known->theory));
  }
  return words + fmt::format("; r = {:.2f}", now.now().order);
}

}  // namespace phaseloom
