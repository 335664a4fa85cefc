#pragma once
// The parts of the grid of experiments (transport_results.cpp): plots and table of the same
// results.

#include <string_view>
#include <vector>

#include "app/ui/context.hpp"

namespace phaseloom {

/// Of the pair that is chosen, best first.
using Results = std::vector<const ResultSummary*>;

/// Told apart by colour-blind eyes too, in the order of transport_models().
ImU32 colour_of(const UiContext& ctx, std::string_view model);
/// The one that the controls are set to, or null.
const ResultSummary* set_one(const UiContext& ctx, const Results& results);
/// Sets the controls to it.
void set_to(UiContext& ctx, const ResultSummary& result);

/// transport_results_plots.cpp; after [AIS] Fig. 4.
void draw_results_plots(UiContext& ctx, const Results& results, float height);
/// The words for its colours and marks, one line.
void draw_results_keys(UiContext& ctx);
/// transport_results_table.cpp
void draw_results_table(UiContext& ctx, const Results& results, float height);

}  // namespace phaseloom
