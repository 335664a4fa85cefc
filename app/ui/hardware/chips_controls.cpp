// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <string>
#include <vector>

#include "app/commands/hardware_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/ui/hardware/chips.hpp"
#include "app/ui/hardware/hardware.hpp"
#include "app/ui/toolkit/drop_down.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

const ChipsSnapshot& chips_of(UiContext& ctx) {
  return ctx.held(ctx.session.part<ChipsPart>().latest());
}

const ChipPopulation* shown_population(const UiContext& ctx, const ChipsSnapshot& chips) {
  const int place = shown_mismatch(chips, ctx.state.hardware.mismatch);
  const auto& all = *chips.populations;
  return place >= 0 && static_cast<std::size_t>(place) < all.size()
             ? &all[static_cast<std::size_t>(place)]
             : nullptr;
}

void show_chip(UiContext& ctx, std::uint64_t device) {
  ctx.session.post(verbs::chips_show, device);
  ctx.session.post(verbs::workspace, name_of(Workspace::generate));
}

std::string spoken_chip(const ChipQuality& chip) {
  return chip.failed() ? fmt::format("device {}: {}", chip.device, chip.problem)
                       : fmt::format("device {}: relative distance {:.4g}, Fréchet {:.1f}",
                                     chip.device, chip.relative, chip.distance);
}

void draw_chips_controls(UiContext& ctx) {
  draw_design(ctx);
  slider_row(ctx, {"hardware.weight_noise", nullptr, "W (1 + δ ε), ε per sample", "0"},
             {0, 1, 0, 2, "δ = %.3f"});
  heading(ctx, "Production");
  slider_row(ctx, {"chips.devices"}, {1, kMaxDevices, 1, 2, "%.0f"});
  slider_row(ctx, {"chips.mismatch", nullptr, "W (1 + δs ε), ε per device"},
             {0.001, 1, 0, 2, "δs = %.3f"});
  draw_list_row(ctx, {"chips.mismatches"});
  slider_row(ctx, {"chips.samples"}, {100, 10'000, 100, 2, "%.0f each"});
  slider_row(ctx, {"chips.limit"}, {0, 1, 0, 3, "at most %.4g"});
  const ChipsSnapshot& chips = chips_of(ctx);
  if (!chips.request.model || chips.request.mismatches.size() < 2) return;
  heading(ctx, "Shown");
  std::vector<std::string> entries;
  for (const double mismatch : chips.request.mismatches)
    entries.push_back(fmt::format("δs = {:.3g}", mismatch));
  if (const auto taken =
          drop_down(ctx, {.name = "chips mismatch",
                          .entries = entries,
                          .chosen = shown_mismatch(chips, ctx.state.hardware.mismatch),
                          .width = ImGui::GetContentRegionAvail().x,
                          .help = "Whose devices are shown: all mismatches are built of the same "
                                  "device numbers."}))
    ctx.session.post(verbs::chips_mismatch, *taken);
}

}  // namespace phaseloom
