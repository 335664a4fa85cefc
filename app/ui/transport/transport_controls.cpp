// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/document/openable.hpp"
#include "app/document/spoken_names.hpp"
#include "app/ui/toolkit/drop_down.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/stale.hpp"
#include "app/ui/toolkit/unavailable.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/transport/transport.hpp"
#include "engine/network/substrate.hpp"

namespace phaseloom {
namespace {

std::string title_of_pair(const std::string& pair) {
  for (const PairInfo& info : pair_infos())
    if (info.name == pair) return fmt::format("{}  {}", info.name, info.title);
  if (pair == kDrawnPair) return "Your drawing";
  return std::filesystem::path(pair).filename().string();
}

void draw_pair(UiContext& ctx) {
  heading(ctx, "Points");
  const FieldRow row{"transport.pair"};
  const float width = begin_row(ctx, row);
  const std::string& pair = ctx.scene.transport.pair;
  std::vector<std::string> names, titles;
  for (const PairInfo& pair_info : pair_infos()) names.emplace_back(pair_info.name);
  names.emplace_back(kDrawnPair);
  if (is_points_file(pair)) names.push_back(pair);
  for (const std::string& name : names) titles.push_back(title_of_pair(name));
  const auto at = std::ranges::find(names, pair) - names.begin();
  const std::string help =
      field_help(row) +
      "\nA file of points (.csv, .tsv, .txt) can be dropped on the window as well.";
  if (const auto taken = drop_down(ctx, {.name = row.field,
                                         .entries = titles,
                                         .chosen = static_cast<int>(at),
                                         .shown = title_of_pair(pair),
                                         .width = width,
                                         .help = help,
                                         .footer = "or drop a file of points"}))
    ctx.session.set(row.field, names[static_cast<std::size_t>(*taken)]);
  end_row(ctx, row);
  draw_sketch_buttons(ctx);
  slider_row(ctx, {"transport.points"}, {100, 5000, 100, 1.5, "%.0f"});
}

std::span<const char* const> model_labels() {
  static const std::vector<const char*> labels = [] {
    std::vector<const char*> all;
    for (const std::string_view name : transport_models())
      all.push_back(name == kMlp ? "Neural network (MLP)" : spoken_substrate(name).data());
    return all;
  }();
  return labels;
}

void draw_model(UiContext& ctx) {
  heading(ctx, "Model");
  const TransportExperiment& e = ctx.scene.transport;
  const bool mlp = e.model.name() == kMlp;
  choice_row(ctx,
             {"transport.model", nullptr,
              mlp ? "dx/dt = three hidden layers of 64, of (x, t)"
                  : info(substrate_named(e.model.name())).equation.data()},
             model_labels());
  const char* const losses[] = {"OT-CFM", "SWD"};
  choice_row(ctx,
             {"transport.loss", nullptr,
              "OT-CFM: source and target are coupled by optimal transport; dx/dt is to be the "
              "straight line's velocity.\nSWD: the squared Wasserstein distance of end points and "
              "targets, along many directions."},
             losses);
  const std::string_view layers = mlp ? "the neural network has its own layers" : "";
  {
    const Unavailable dimmed(ctx, layers);
    slider_row(ctx, {"transport.chunks", nullptr, "K: W(t), ω(t), ... are constant within a chunk"},
               {1, 8, 1, 1, "K = %.0f"}, mlp ? "time is an input" : nullptr);
    slider_row(ctx, {"transport.hidden", nullptr, "H units beside the two that are seen"},
               {0, 16, 1, 1, "H = %.0f"}, mlp ? "3 × 64" : nullptr);
  }
  const std::string shown =
      e.iterations == 0 ? fmt::format("{} (own)", e.setup().iterations) : std::string();
  slider_row(ctx, {"transport.iterations", nullptr, nullptr, "0"}, {0, 10'000, 100, 2, "%.0f"},
             e.iterations == 0 ? shown.c_str() : nullptr);
  natural_row(ctx, {"transport.seed"});
}

}  // namespace

void draw_transport_controls(UiContext& ctx) {
  draw_pair(ctx);
  draw_model(ctx);
  if (ctx.transport.active() && ctx.scene.transport != ctx.transport.experiment)
    note_for_the_next(ctx);
}

}  // namespace phaseloom
