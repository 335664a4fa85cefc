// SPDX-License-Identifier: MIT
#pragma once
// The parts of the grid of experiments (transport_results.cpp): plots and table of the same
// results.

#include <memory>
#include <string_view>
#include <vector>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// Of the pair that is chosen, best first.
using Results = std::vector<const ResultSummary*>;

/// Told apart by colour-blind eyes too, in the order of transport_models().
ImU32 colour_of(const UiContext& ctx, std::string_view model);
/// The one that the controls are set to, or null.
const ResultSummary* set_one(const UiContext& ctx, const Results& results);
/// The network that a click on it shows, of the seed that is set if that one is kept; or null.
std::shared_ptr<const KeptNetwork> network_to_show(const UiContext& ctx,
                                                   const ResultSummary& result);
/// What a click does, in words.
std::string_view click_help(const UiContext& ctx, const ResultSummary& result);
/// Sets the controls to it, and shows its network, if that is kept.
void show_result(UiContext& ctx, const ResultSummary& result);
/// Gives the model that is set the whole stage; if its network is not kept, it is trained.
void show_large(UiContext& ctx);

/// transport_results_plots.cpp; after [AIS] Fig. 4.
void draw_results_plots(UiContext& ctx, const Results& results, float width, float height);
/// The words for its colours and marks, one line.
void draw_results_keys(UiContext& ctx);
/// transport_results_table.cpp
void draw_results_table(UiContext& ctx, const Results& results, float height);

}  // namespace phaseloom
