// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/document/si_text.hpp"
#include "app/document/spoken_names.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/plot.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/transport/transport_results.hpp"

namespace phaseloom {
namespace {

constexpr std::string_view kAxes = "W₂² (log) against hidden units";

/// A mark and its words; returns where the next one begins.
ImVec2 draw_key(UiContext& ctx, ImVec2 at, float end, ImU32 colour, bool hollow,
                std::string_view words) {
  ImFont* font = ctx.fonts.caption;
  const float width = ctx.px(14) + text_width(font, words);
  if (at.x + width > end) return at;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 centre{at.x + ctx.px(5), at.y + font->FontSize / 2};
  if (hollow)
    list.AddCircle(centre, ctx.px(3.5f), colour, 16, std::max(1.0f, ctx.px(1.3f)));
  else
    list.AddCircleFilled(centre, ctx.px(4), colour, 16);
  draw_text(list, font, {at.x + ctx.px(14), at.y}, ctx.colours.faint, words);
  return {at.x + width + ctx.px(14), at.y};
}

std::string explained(const UiContext& ctx, const ResultSummary& r) {
  std::string text = title_of(r.model, r.loss);
  if (r.model != kMlp)
    text += ", " + counted(r.chunks, "chunk") + ", " + counted(r.hidden, "hidden unit");
  text += fmt::format("\n\nW₂² {:.5f}, {:.1f} × the sampling noise", r.w2_squared.median,
                      r.w2_squared.median / r.floor);
  if (r.seeds > 1)
    text += fmt::format("\nmedian of {} seeds, {:.5f} to {:.5f}", r.seeds, r.w2_squared.least,
                        r.w2_squared.most);
  return text + fmt::format("\n\n{}", click_help(ctx, r));
}

struct Scale {
  std::vector<int> chunks, hidden;
  double low = 1e-3, high = 1e-2;  // of W2^2
};

Scale scale_of(const Results& results) {
  Scale scale;
  const auto add = [](std::vector<int>& to, int value) {
    if (std::ranges::find(to, value) == to.end()) to.push_back(value);
  };
  double low = HUGE_VAL, high = 0;
  for (const ResultSummary* r : results) {
    if (r->model != kMlp) {
      add(scale.chunks, r->chunks);
      add(scale.hidden, r->hidden);
    }
    for (const double v : {r->floor, r->w2_squared.least, r->w2_squared.most})
      if (v > 0 && std::isfinite(v)) low = std::min(low, v), high = std::max(high, v);
  }
  std::ranges::sort(scale.chunks);
  std::ranges::sort(scale.hidden);
  if (low < high) scale.low = low / 1.25, scale.high = high * 1.25;
  return scale;
}

/// A dot that can be pointed at.
struct Spot {
  const ResultSummary* result;
  ImVec2 at;
};

/// One model and loss across a panel.
void draw_curve(UiContext& ctx, const Plot& plot, const Results& results, const Scale& scale,
                std::string_view model, TransportLoss loss, int chunks, std::vector<Spot>& spots) {
  const ImU32 colour = colour_of(ctx, model);
  const bool swd = loss == TransportLoss::swd;
  std::vector<double> x, y;
  for (std::size_t place = 0; place < scale.hidden.size(); ++place) {
    const auto found = std::ranges::find_if(results, [&](const auto* r) {
      return r->model == model && r->loss == loss && r->chunks == chunks &&
             r->hidden == scale.hidden[place];
    });
    if (found == results.end()) continue;
    const ResultSummary& r = **found;
    x.push_back(static_cast<double>(place));
    y.push_back(std::min(r.w2_squared.median, scale.high));
    if (r.seeds > 1)
      plot.list().AddLine(plot.at(x.back(), r.w2_squared.least),
                          plot.at(x.back(), std::min(r.w2_squared.most, scale.high)),
                          faded(colour, 0.6f), std::max(1.0f, ctx.px(1)));
    spots.push_back({&r, plot.at(x.back(), y.back())});
  }
  plot.line(x, y, faded(colour, swd ? 1.0f : 0.45f), swd ? 1.6f : 1.0f);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const ImVec2 at = plot.at(x[i], y[i]);
    plot.list().AddCircleFilled(at, ctx.px(3.4f), swd ? colour : ctx.colours.panel, 16);
    plot.list().AddCircle(at, ctx.px(3.4f), colour, 16, std::max(1.0f, ctx.px(1.3f)));
  }
}

void draw_panel(UiContext& ctx, const Results& results, const Scale& scale, int chunks, bool alone,
                float height) {
  std::string title = counted(chunks, "chunk");
  if (alone) title += " (as on the left)";
  if (ImGui::GetContentRegionAvail().x > ctx.px(330)) title += fmt::format(": {}", kAxes);
  std::vector<double> ticks;
  std::vector<std::string> texts;
  std::vector<const char*> names;
  for (const int hidden : scale.hidden) texts.push_back(std::to_string(hidden));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    ticks.push_back(static_cast<double>(i));
    names.push_back(texts[i].c_str());
  }
  const Plot plot(ctx, "panel", height,
                  {-0.5, static_cast<double>(scale.hidden.size()) - 0.5, "", ticks, names},
                  {scale.low, scale.high, title.c_str(), {}, {}, true});
  note_place(ctx, fmt::format("results {}", chunks));
  for (const ResultSummary* r : results)
    if (r->model == kMlp)
      plot.level(r->w2_squared.median,
                 faded(colour_of(ctx, kMlp), r->loss == TransportLoss::swd ? 0.9f : 0.45f), ctx,
                 "");
  plot.level(results.front()->floor, ctx.colours.faint, ctx, "sampling noise");
  std::vector<Spot> spots;
  for (const std::string_view model : transport_models())
    for (const TransportLoss loss : {TransportLoss::ot_cfm, TransportLoss::swd})
      if (model != kMlp) draw_curve(ctx, plot, results, scale, model, loss, chunks, spots);
  const ResultSummary* const set = set_one(ctx, results);
  for (const Spot& spot : spots)
    if (spot.result == set)
      plot.list().AddCircle(spot.at, ctx.px(7), ctx.colours.text, 24, std::max(1.0f, ctx.px(1.5f)));
  if (!plot.hovered()) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto far = [&](const Spot& s) { return std::hypot(s.at.x - mouse.x, s.at.y - mouse.y); };
  const auto nearest = std::ranges::min_element(spots, {}, far);
  if (nearest == spots.end() || far(*nearest) > ctx.px(12)) {
    hint(ctx,
         "W₂² between 2,000 carried and 2,000 held-out points, against the number of hidden units: "
         "dots are medians over seeds, bars reach from the least to the largest. Dashed: the MLP, "
         "fainter with OT-CFM, and what as many other points of the target have.");
    return;
  }
  plot.list().AddCircle(nearest->at, ctx.px(5.5f), ctx.colours.accent, 24,
                        std::max(1.0f, ctx.px(1.5f)));
  hint_at_once(ctx, explained(ctx, *nearest->result));
  if (plot.clicked()) show_result(ctx, *nearest->result);
}

}  // namespace

void draw_results_keys(UiContext& ctx) {
  ImVec2 at = ImGui::GetCursorScreenPos();
  const float end = at.x + ImGui::GetContentRegionAvail().x, top = at.y;
  at = draw_key(ctx, at, end, ctx.colours.faint, false, spoken_loss(TransportLoss::swd));
  at = draw_key(ctx, at, end, ctx.colours.faint, true, spoken_loss(TransportLoss::ot_cfm));
  for (const std::string_view model : transport_models())
    at = draw_key(ctx, at, end, colour_of(ctx, model), false, spoken_transport_model(model));
  if (const float width = text_width(ctx.fonts.caption, kAxes); at.x + width < end)
    draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.caption, {end - width, at.y},
              ctx.colours.faint, kAxes);
  ImGui::SetCursorScreenPos({ImGui::GetCursorScreenPos().x, top + ctx.fonts.caption->FontSize});
  ImGui::Dummy({1, ctx.px(4)});
}

/// All numbers of chunks side by side; where there is no room, the one that is set alone.
void draw_results_plots(UiContext& ctx, const Results& results, float width, float height) {
  Scale scale = scale_of(results);
  if (scale.chunks.empty()) scale.chunks = {1};
  if (scale.hidden.empty()) scale.hidden.push_back(0);
  const float gap = ctx.px(6);
  const auto room = static_cast<std::size_t>(std::max(1.0f, width / ctx.px(170)));
  std::vector<int> shown = scale.chunks;
  if (shown.size() > room) {
    const int set = ctx.scene.transport.chunks;
    const auto nearest =
        std::ranges::min_element(shown, {}, [&](int chunks) { return std::abs(chunks - set); });
    shown = {*nearest};
  }
  const auto n = static_cast<float>(shown.size());
  const float each = std::floor((width - gap * (n - 1)) / n);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (i > 0) ImGui::SameLine(0, gap);
    ImGui::PushID(shown[i]);
    ImGui::BeginChild("panel", {each, height}, false, ImGuiWindowFlags_NoScrollbar);
    draw_panel(ctx, results, scale, shown[i], shown.size() < scale.chunks.size(), height);
    ImGui::EndChild();
    ImGui::PopID();
  }
}

}  // namespace phaseloom
