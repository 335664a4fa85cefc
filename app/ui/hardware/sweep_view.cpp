// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "app/commands/hardware_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/session/sweep_part.hpp"
#include "app/ui/hardware/sweep.hpp"

namespace phaseloom {

const SweepView& sweep_view(UiContext& ctx) {
  SweepView& view = ctx.kept<SweepView>();
  const auto& latest = ctx.session.part<SweepPart>().latest();
  const bool same =
      view.sweep == latest && view.cost == ctx.scene.cost && view.slice == ctx.state.hardware.slice;
  if (same) return view;
  view.sweep = latest;
  view.cost = ctx.scene.cost;
  view.slice = ctx.state.hardware.slice;
  view.slices = slices_of(latest->table->plan);
  view.map = map_of(*latest, view.slice, view.cost);
  view.spots = spots_of(*latest, view.cost);
  return view;
}

void show_cell(UiContext& ctx, const SweepTable::Place& place) {
  ctx.session.post(verbs::sweep_show, place.cell.name());
  if (place.row) ctx.session.post(verbs::workspace, name_of(Workspace::generate));
}

bool on_wall(const UiContext& ctx, const SweepTable::Place& place) {
  if (!place.row || ctx.scene.hardware != place.cell.hardware) return false;
  const std::string& network = place.row->network;
  const bool trained = place.cell.kind == SweepKind::trained;
  return ctx.scene.model.ends_with(network) || (!trained && ctx.scene.model == place.cell.model);
}

std::string cell_help(const UiContext& ctx, const SweepView& view,
                      std::span<const std::size_t> places) {
  if (places.empty()) return "No such cell is part of this sweep.";
  const SweepTable& table = *view.sweep->table;
  const SweepTable::Place& first = table.places[places.front()];
  std::string text = fmt::format("{}\n{}\n", spoken_cell(first.cell), first.cell.model);
  for (const std::size_t i : places) {
    const SweepTable::Place& place = table.places[i];
    const std::string seed =
        places.size() > 1 ? fmt::format("seed {}: ", place.cell.seed) : std::string();
    if (!place.row)
      text += fmt::format("\n{}not worked on yet", seed);
    else if (place.row->failed())
      text += fmt::format("\n{}failed: {}", seed, place.row->problem);
    else
      text += fmt::format("\n{}relative distance {:.4g}, Fréchet {:.1f} of {}", seed,
                          place.row->relative, place.row->distance,
                          counted(place.row->samples, "image"));
    if (place.row && place.row->train_minutes > 0)
      text += fmt::format(", trained on for {}", duration_text(60 * place.row->train_minutes));
  }
  text +=
      fmt::format("\n{} per image, chunks {}",
                  si_text(energy_of(*view.sweep, first, view.cost), "J"), name_of(view.cost.hold));
  if (first.row)
    text += on_wall(ctx, first) ? "\n\nThis is on the wall."
                                : "\n\nClick to put it on the wall of Generate.";
  return text;
}

}  // namespace phaseloom
