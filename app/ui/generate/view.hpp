// SPDX-License-Identifier: MIT
#pragma once
// What a view of the network means to the eye: which table, which colours, what its legend says.

#include <functional>
#include <span>
#include <string>

#include "app/run/colour_scale.hpp"
#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

struct ViewLook {
  WallStyle style;
  int layer = 0;
  int first_unit = 0;
  Extent image;             ///< of one sample
  bool empty = true;        ///< nothing to show (no model, or rates not there yet)
  const char* title = "";   ///< "Phase"
  const char* symbol = "";  ///< "θ (rad)"
  std::string low, high;    ///< at the ends of the legend
  bool compared = false;    ///< the ideal run is there too
};

/// Whose samples are drawn.
enum class Side { hardware, ideal, difference };
struct Pane {
  Side side;
  const char* name;  ///< "" when there is nothing to compare with
};
/// Which runs an enlarged sample shows side by side.
std::span<const Pane> panes(const UiContext& ctx, const ViewLook& look);
/// How the difference of the two runs is drawn in this view.
ViewLook difference_look(const UiContext& ctx, const ViewLook& look);

/// The view of the UI state, clamped to what the model has.
View clamped_view(const UiContext& ctx);
/// How the current view is drawn; gives the wall its table.
ViewLook prepare_view(UiContext& ctx);

/// Name of a layer: "Visible", "Hidden 1", ...; of pictures in colour "Visible", "Green", "Blue",
/// ...
std::string layer_name(PictureShape picture, int layer);
/// Unit -> its place, and back.
struct UnitPlace {
  int layer = 0, x = 0, y = 0;
};
UnitPlace place_of(const Grid& grid, int unit);
int unit_at(const Grid& grid, UnitPlace place);

/// State of one unit in one lane; 0 if there is none.
float state_of(const Snapshot& now, int unit, int lane);
/// Classes that the network on the wall can be asked for, of those that a scene can name.
int known_labels(const UiContext& ctx);
/// Position of a phase in the cyclic map, in whole turns.
double phase_turn(const Snapshot& now, double angle);
ImU32 phase_colour(const Snapshot& now, double angle);

/// Draws samples of the Generate wall in its present view; `look` is difference_look()'s for that
/// side.
void draw_samples(UiContext& ctx, ImDrawList& list, const WallLayout& layout, const ViewLook& look,
                  int first_lane = 0, Side side = Side::hardware);
/// The colour bar, or ring, of the view, ending at `right_centre`; shorter where room is scarce.
void draw_legend(UiContext& ctx, ImDrawList& list, ImVec2 right_centre, float room,
                 const ViewLook& look);

}  // namespace phaseloom
