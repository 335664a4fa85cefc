// SPDX-License-Identifier: MIT
// The buttons of the playground's clock, and what some units did lately.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "app/commands/playground_verbs.hpp"
#include "app/ui/learn/field_view.hpp"
#include "app/ui/learn/learn.hpp"
#include "app/ui/toolkit/plot.hpp"
#include "app/ui/toolkit/plot_export.hpp"
#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// Curves that are told apart.
constexpr std::size_t kMostCurves = 8;

void draw_buttons(UiContext& ctx) {
  const bool playing = ctx.session.part<PlaygroundPart>().playing();
  const float size = ImGui::GetFrameHeight(), gap = ctx.px(4);
  if (icon_button(ctx, "playground restart", Icon::restart, size, "Begins again from the start.",
                  "R"))
    ctx.session.post(verbs::playground_restart);
  ImGui::SameLine(0, gap);
  if (icon_button(ctx, "playground back", Icon::back, size, "One step back.", "Left"))
    ctx.session.post(verbs::playground_back);
  ImGui::SameLine(0, gap);
  if (icon_button(ctx, "playground play", playing ? Icon::pause : Icon::play, size,
                  playing ? "Stops time." : "Lets time go on.", "Space", {.chosen = true}))
    ctx.session.post(playing ? verbs::playground_pause : verbs::playground_play);
  ImGui::SameLine(0, gap);
  if (icon_button(ctx, "playground step", Icon::step, size, "One step forward.", "Right"))
    ctx.session.post(verbs::playground_step);
  ImGui::SameLine(0, ctx.px(18));
  const std::string_view why = why_no_seed(ctx);
  const std::string other = "Another seed: other chance in graph, frequencies and start.";
  if (icon_button(ctx, "playground seed", Icon::noise, size,
                  why.empty() ? other : fmt::format("{}\nNot now: {}.", other, why), "N",
                  {.enabled = why.empty()}))
    another_seed(ctx);
  ImGui::SameLine(0, gap);
  if (text_button(ctx, "disturb", "Disturb",
                  "Puts a quarter of the units into states of chance. Do they find back?"))
    ctx.session.post(verbs::playground_disturb, 0.25);
}

/// The selected ones, else the first few.
std::vector<int> followed(const UiContext& ctx, const PlaygroundSnapshot& now) {
  std::vector<int> units = ctx.state.playground.picked;
  std::erase_if(units, [&](int unit) { return unit >= now.network->count(); });
  for (int i = 0;
       units.empty() || (ctx.state.playground.picked.empty() && units.size() < kMostCurves); ++i) {
    if (i >= now.network->count()) break;
    units.push_back(i);
  }
  if (units.size() > kMostCurves) units.resize(kMostCurves);
  return units;
}

void draw_states(UiContext& ctx, const PlaygroundSnapshot& now, float height) {
  constexpr double kPi = std::numbers::pi;
  std::vector<double> time;
  for (const SharedMoment& moment : now.moments) time.push_back(moment->time);
  double reach = 1;
  if (now.is_phase) reach = kPi;
  const std::vector<int> units = followed(ctx, now);
  std::vector<std::vector<double>> curves;
  for (const int unit : units) {
    std::vector<double>& curve = curves.emplace_back();
    double last = 0;
    for (const SharedMoment& moment : now.moments) {
      const double x = moment->state[static_cast<std::size_t>(unit)];
      const double y = now.is_phase ? std::remainder(x, 2 * kPi) : x;
      // A phase that leaves at the top comes in at the bottom: no line joins the two.
      const bool jumps = now.is_phase && !curve.empty() && std::abs(y - last) > kPi;
      curve.push_back(jumps ? std::numeric_limits<double>::quiet_NaN() : y);
      last = y;
      if (!now.is_phase) reach = std::max(reach, std::abs(y));
    }
  }
  const StateInfo& about = state_info(now.is_phase);
  const double end = std::max(time.back(), time.front() + 1);
  Axis y{-reach, reach, about.axis.data(), {}, {}};
  if (now.is_phase) {
    y.ticks = {-kPi, 0, kPi};
    y.names = {"−π", "0", "π"};
  }
  const Plot plot(ctx, "states", height, {time.front(), end, "t", {}, {}}, y);
  std::vector<PlotColumn> columns{{"t", time}};
  std::vector<std::string> names;
  for (const int unit : units) names.push_back(fmt::format("{}_{}", about.variable, unit));
  for (std::size_t k = 0; k < curves.size(); ++k) {
    // From pale to dark along the magnitude map, its dark end left out.
    const double place =
        curves.size() < 2 ? 0.9 : 0.5 + 0.45 * double(k) / double(curves.size() - 1);
    plot.line(time, curves[k], map_colour(ColourMap::magnitude, place));
    columns.push_back({names[k], curves[k]});
  }
  offer_plot(ctx, "playground_states", "States over time", columns);
  hint(ctx, "States of the selected units over time; of the first few if none is selected.");
}

}  // namespace

void draw_learn_time(UiContext& ctx) {
  if (shows_field(ctx)) return draw_field_time(ctx);
  const PlaygroundSnapshot& now = playground_of(ctx);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = ImGui::GetFrameHeight();
  draw_buttons(ctx);
  ImGui::SameLine();
  if (!now.there()) return ImGui::NewLine();
  const std::vector<NamedNumber> parts{
      {"t", fmt::format("{:.2f}", now.now().time)},
      {"r", fmt::format("{:.3f}", now.now().order)},
      {"E",
       std::isnan(now.now().energy) ? std::string("–") : fmt::format("{:.4f}", now.now().energy)}};
  draw_numbers_line(ctx, parts, corner, width, height, ImGui::GetCursorScreenPos().x - corner.x);
  ImGui::NewLine();
  const float left = ImGui::GetContentRegionAvail().y - ctx.px(2);
  if (left > ctx.px(44)) draw_states(ctx, now, left);
}

}  // namespace phaseloom
