// SPDX-License-Identifier: MIT
// What is swept, which results are shown, and which slice of them.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "app/commands/hardware_verbs.hpp"
#include "app/document/assets.hpp"
#include "app/jobs/sweep_folder.hpp"
#include "app/ui/hardware/hardware.hpp"
#include "app/ui/hardware/sweep.hpp"
#include "app/ui/toolkit/cost_rows.hpp"
#include "app/ui/toolkit/drop_down.hpp"
#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/unavailable.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

/// Folders with sweeps among what is shipped and the user's files: looked for now and then.
struct KnownSweeps {
  std::vector<fs::path> folders;
  double looked_at = -1;
};

const std::vector<fs::path>& known_sweeps(UiContext& ctx) {
  KnownSweeps& known = ctx.kept<KnownSweeps>();
  constexpr double kOften = 3;  // seconds
  if (known.looked_at >= 0 && ctx.transient.seconds - known.looked_at < kOften)
    return known.folders;
  known.looked_at = ctx.transient.seconds;
  known.folders.clear();
  std::vector<fs::path> places;
  (void)problem_of([&] { places.push_back(asset_path("sweeps")); });
  if (const fs::path own = user_files_folder(); !own.empty()) places.push_back(own);
  for (const fs::path& place : places) {
    std::vector<fs::path> here = files_in(place);
    std::erase_if(here, [](const fs::path& path) { return !SweepFolder::is_sweep(path); });
    std::ranges::sort(here);
    known.folders.insert(known.folders.end(), here.begin(), here.end());
  }
  return known.folders;
}

void draw_results_row(UiContext& ctx) {
  heading(ctx, "Results");
  const fs::path open = unescaped(ctx.state.hardware.folder);
  const std::vector<fs::path>& folders = known_sweeps(ctx);
  std::vector<std::string> entries;
  for (const fs::path& folder : folders) entries.push_back(legible(folder.filename().string()));
  const auto at = std::ranges::find(folders, open);
  const std::string shown = open.empty() ? std::string("none") : legible(open.filename().string());
  if (const auto taken = drop_down(
          ctx, {.name = "sweep results",
                .entries = entries,
                .chosen = at == folders.end() ? -1 : static_cast<int>(at - folders.begin()),
                .shown = shown,
                .width = ImGui::GetContentRegionAvail().x,
                .help = "Which sweep is shown: those that came with the program, and "
                        "those among your files. A folder that is dropped on the window "
                        "is opened, too.",
                .footer = entries.empty() ? "no sweep has been made yet" : ""}))
    ctx.session.post(verbs::sweep_open,
                     escaped(folders[static_cast<std::size_t>(*taken)].string()));
}

constexpr std::array<const char*, kCountOf<DesignView::Slice>> kSliceNames{
    "slice model", "slice weight noise", "slice mismatch", "slice trained"};

/// One of the values that the open sweep can be cut by; nothing where there is no choice.
void draw_slice_row(UiContext& ctx, DesignView::Slice slice, const char* label,
                    std::span<const std::string> values) {
  if (values.size() < 2) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, names = std::floor(width * 0.4f);
  draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.text,
            {at.x, at.y + (ImGui::GetFrameHeight() - ctx.fonts.text->FontSize) / 2},
            ctx.colours.faint, label, names - ctx.px(4));
  ImGui::SetCursorScreenPos({at.x + names, at.y});
  const auto which = static_cast<std::size_t>(slice);
  const int chosen =
      std::clamp(ctx.state.hardware.slice[which], 0, static_cast<int>(values.size()) - 1);
  if (const auto taken = drop_down(ctx, {.name = kSliceNames[which],
                                         .entries = values,
                                         .chosen = chosen,
                                         .width = width - names,
                                         .help = "What the maps are of, beside bits and density."}))
    ctx.session.post(verbs::sweep_slice, name_of(slice), *taken);
}

void draw_slices(UiContext& ctx) {
  const SweepView& view = sweep_view(ctx);
  const auto numbers = [](const std::vector<double>& values, const char* symbol) {
    std::vector<std::string> words;
    for (const double value : values) words.push_back(fmt::format("{} = {:.3g}", symbol, value));
    return words;
  };
  using Slice = DesignView::Slice;
  draw_slice_row(ctx, Slice::model, "Network", view.slices.models);
  draw_slice_row(ctx, Slice::weight_noise, "Weight noise", numbers(view.slices.weight_noises, "δ"));
  draw_slice_row(ctx, Slice::mismatch, "Mismatch", numbers(view.slices.mismatches, "δs"));
  std::vector<std::string> kinds;
  for (const SweepKind kind : view.slices.kinds)
    kinds.push_back(kind == SweepKind::as_is ? "as they are" : "trained on");
  draw_slice_row(ctx, Slice::trained, "Networks", kinds);
}

}  // namespace

void draw_sweep_controls(UiContext& ctx) {
  draw_results_row(ctx);
  draw_slices(ctx);
  heading(ctx, "Price");
  draw_hold_row(ctx);
  draw_cost_choice(ctx);
  heading(ctx, "A new sweep");
  draw_list_row(ctx, {"sweep.models", nullptr, nullptr, "wall"});
  draw_list_row(ctx, {"sweep.bits"});
  draw_list_row(ctx, {"sweep.densities"});
  draw_list_row(ctx, {"sweep.weight_noises", nullptr, "W (1 + δ ε), ε per sample", "0"});
  draw_list_row(ctx, {"sweep.mismatches", nullptr, "W (1 + δs ε), ε per device", "0"});
  slider_row(ctx, {"sweep.samples"}, {100, 10'000, 100, 2, "%.0f"});
  const char* const ways[] = {"as they are", "trained on", "both"};
  choice_row(ctx, {"sweep.way"}, ways);
  const Unavailable dimmed(ctx,
                           ctx.scene.sweep.way == SweepWay::as_is ? "nothing is trained on" : "");
  slider_row(ctx, {"sweep.minutes"}, {0.1, 60, 0, 3, "%.3g min each"});
}

}  // namespace phaseloom
