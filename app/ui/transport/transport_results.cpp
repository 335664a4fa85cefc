// SPDX-License-Identifier: MIT
// The grid of experiments in place of the plane: after [AIS] Fig. 4, and as a table. All of it is
// about the pair that is chosen.

#include "app/ui/transport/transport_results.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/toolkit/stale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/commands/transport_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/transport/exports.hpp"
#include "app/ui/transport/transport.hpp"

namespace phaseloom {
namespace {

Results of_pair(const UiContext& ctx) {
  Results found;
  for (const ResultSummary& r : *ctx.results.results)
    if (r.pair == ctx.scene.transport.pair) found.push_back(&r);
  std::ranges::stable_sort(found, {}, [](const auto* r) { return r->w2_squared.median; });
  return found;
}

/// Whether the planes show the model that is set.
bool is_there(const UiContext& ctx) {
  const TransportSnapshot& t = ctx.transport;
  return t.picture && !t.active() && stale_flow(ctx).empty();
}

/// Whether results can be kept under the pair's name.
bool has_name(const UiContext& ctx) {
  return std::ranges::any_of(
      pair_infos(), [&](const auto& info) { return info.name == ctx.scene.transport.pair; });
}

void draw_job(UiContext& ctx) {
  const ResultsSnapshot& r = ctx.results;
  const bool named = has_name(ctx);
  // What stands in a place depends on the state; where it stands does not.
  const float first = ctx.px(150);
  const auto next_to = [&](const char* label) {
    const float width =
        label ? text_width(ctx.fonts.text, label) + ctx.px(20) : ImGui::GetFrameHeight();
    ImGui::SameLine(0, ctx.px(6));
    if (ImGui::GetContentRegionAvail().x < width) ImGui::NewLine();
  };
  if (r.running) {
    if (text_button(ctx, "grid stop", "Stop", "Ends the grid; what is finished is kept.",
                    {.chosen = true}, first))
      ctx.session.post(verbs::transport_grid_stop);
  } else if (text_button(ctx, "grid pair", "Train all on this pair",
                         named
                             ? "Trains what is missing below: all models with both losses, 1 to 8 "
                               "chunks and 0 to 16 hidden units, with the seed on the left."
                             : "Drawings and files have no name that results could be kept under.",
                         {.enabled = named}, first)) {
    ctx.session.post(verbs::transport_grid, "pair");
  }
  const char* const all = "On D1 to D4";
  next_to(all);
  if (text_button(ctx, "grid all", all,
                  "The same on the four pairs of the paper: some hundreds of trainings.",
                  {.enabled = !r.running}))
    ctx.session.post(verbs::transport_grid, "all");
  const char* const show = "Show it";
  next_to(show);
  const char* const help =
      ctx.transport.active() ? "A training is running; it is shown on the whole stage."
      : is_there(ctx) || kept_network_of(r, ctx.scene.transport)
          ? "Shows on the whole stage how the model that is chosen carries the points.   Enter"
          : "Trains the model that is chosen below, whose network is not kept, and shows it on the "
            "whole stage.   Enter";
  if (text_button(ctx, "show result", show, help)) show_large(ctx);
  next_to(nullptr);
  if (icon_button(ctx, "export results", Icon::save, ImGui::GetFrameHeight(),
                  "Writes all results, of all pairs, as a table (.csv) to ~/Phaseloom.", {},
                  {.enabled = !r.results->empty() && !r.running, .frame = false}))
    export_results_table(ctx);
  ImGui::SameLine(0, ctx.px(10));
  std::string words;
  if (r.running) {
    words = fmt::format("{} of {}", r.done, r.total);
    if (r.seconds_left > 0) words += fmt::format(", {} left", duration_text(r.seconds_left));
    if (!r.latest.empty()) words += "   " + r.latest;
  } else if (!r.problem.empty()) {
    words = r.problem;
  } else if (!named) {
    words = "Drawings and files have no name to keep results under.";
  }
  ImGui::AlignTextToFramePadding();
  const float room = ImGui::GetContentRegionAvail().x;
  text(ctx, ctx.fonts.text, r.problem.empty() ? ctx.colours.faint : ctx.colours.warning,
       shortened(ctx.fonts.text, words, std::max(room, 1.0f)));
}

/// The model that is set, at work; or why it cannot be seen.
void draw_result_plane(UiContext& ctx, const Results& results, Box area) {
  const ResultSummary* const set = set_one(ctx, results);
  std::string words;
  if (!is_there(ctx) && !ctx.transport.active() && set)
    words = kept_network_of(ctx.results, ctx.scene.transport)
                ? "“Show it” shows the network that was kept of it."
            : set->networks.empty() ? "Its network was not kept. “Show it” trains it."
                                    : "A click on its row shows the network that was kept of it.";
  draw_flow_beside(ctx, area, words);
}

}  // namespace

ImU32 colour_of(const UiContext& ctx, std::string_view model) {
  const bool dark = ctx.state.theme == Theme::dark;
  const std::array<ImU32, 5> colours{
      ctx.colours.text, dark ? IM_COL32(120, 200, 255, 255) : IM_COL32(60, 150, 210, 255),
      dark ? IM_COL32(60, 130, 255, 255) : IM_COL32(0, 70, 170, 255),
      dark ? IM_COL32(240, 190, 60, 255) : IM_COL32(205, 135, 0, 255),
      dark ? IM_COL32(235, 100, 40, 255) : IM_COL32(190, 70, 0, 255)};
  const auto at = static_cast<std::size_t>(transport_model_choice(model).index);
  return colours[std::min(at, colours.size() - 1)];
}

const ResultSummary* set_one(const UiContext& ctx, const Results& results) {
  const TransportSetup now = ctx.scene.transport.setup();
  const auto found = std::ranges::find_if(results, [&](const auto* r) {
    return r->model == now.model && r->loss == now.loss && r->chunks == now.chunks &&
           r->hidden == now.hidden;
  });
  return found == results.end() ? nullptr : *found;
}

std::shared_ptr<const KeptNetwork> network_to_show(const UiContext& ctx, const ResultSummary& r) {
  if (r.networks.empty()) return nullptr;
  const auto own = std::ranges::find_if(r.networks, [&](const auto& network) {
    return network->row.seed == ctx.scene.transport.seed;
  });
  return own == r.networks.end() ? r.networks.front() : *own;
}

std::string_view click_help(const UiContext& ctx, const ResultSummary& r) {
  if (r.networks.empty())
    return "Click: the controls are set to it. Its network was not kept: “Show it” trains it.";
  return ctx.transport.active() ? "Click: the controls are set to it. A training is running."
                                : "Click: it is shown, and the controls are set to it.";
}

void show_result(UiContext& ctx, const ResultSummary& r) {
  const auto network = network_to_show(ctx, r);
  ctx.session.begin_gesture();
  ctx.session.set("transport.model", r.model);
  ctx.session.set("transport.loss", name_of(r.loss));
  if (r.model != kMlp) {
    ctx.session.set("transport.chunks", r.chunks);
    ctx.session.set("transport.hidden", r.hidden);
  }
  if (network) {
    TransportSetup own = network->setup();
    own.iterations = 0;
    const bool usual = network->iterations == default_iterations(own);
    ctx.session.set("transport.seed", network->row.seed);
    ctx.session.set("transport.iterations", usual ? 0 : network->iterations);
  }
  ctx.session.end_gesture();
  if (network && !ctx.transport.active()) ctx.session.post(verbs::transport_show);
}

void show_large(UiContext& ctx) {
  const bool kept = kept_network_of(ctx.results, ctx.scene.transport) != nullptr;
  if (!ctx.transport.active() && !is_there(ctx))
    ctx.session.post(kept ? verbs::transport_show : verbs::transport_start);
  ctx.session.post(verbs::flow_show, "results", "off");
}

void draw_transport_results(UiContext& ctx, Box area) {
  ImGui::SetCursorScreenPos({area.min.x, area.min.y});
  draw_job(ctx);
  const Results results = of_pair(ctx);
  if (results.empty()) {
    const float below = ImGui::GetCursorScreenPos().y + ctx.px(8);  // the buttons
    float y = std::max(below, (area.min.y + area.max.y) / 2 - ctx.px(30));
    centred(ctx, ctx.fonts.strong, ctx.colours.text, "No results of this pair yet", area, y);
    y += ctx.px(4);
    centred(ctx, ctx.fonts.text, ctx.colours.faint,
            has_name(ctx)
                ? "The button above makes them in the background; what is trained is kept."
                : "Drawings and files have no name that they could be kept under.",
            area, y);
    return;
  }
  ImGui::Dummy({1, ctx.px(2)});
  draw_results_keys(ctx);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float room = area.max.y - corner.y, gap = ctx.px(8);
  const float plots = std::floor(std::clamp(0.5f * room, ctx.px(90), ctx.px(420)));
  // Beside the plots, what was clicked.
  const float plane = std::floor(std::min(plots, 0.45f * area.width()));
  draw_result_plane(ctx, results, {{area.max.x - plane, corner.y}, {area.max.x, corner.y + plots}});
  ImGui::SetCursorScreenPos(corner);
  draw_results_plots(ctx, results, area.width() - plane - gap, plots);
  ImGui::SetCursorScreenPos({area.min.x, corner.y + plots + gap});
  draw_results_table(ctx, results, std::max(room - plots - ctx.px(8), ctx.px(40)));
}

}  // namespace phaseloom
