// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/document/spoken_names.hpp"
#include "app/ui/toolkit/bits_row.hpp"
#include "app/ui/toolkit/stale.hpp"
#include "app/ui/toolkit/unavailable.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/train/train.hpp"
#include "engine/data/image_set.hpp"
#include "engine/network/topology.hpp"

namespace phaseloom {
namespace {

void draw_pictures(UiContext& ctx) {
  heading(ctx, "Pictures");
  const char* const sets[] = {"Digits", "Fashion"};
  choice_row(ctx, {"train.dataset"}, sets);
}

/// Sources of all units of a local topology, without building it.
std::int64_t couplings_of(const TrainingSetup& setup) {
  const PictureShape picture = shape_of_image_set(setup.dataset_name());
  const auto along = [&](int side) {  // neighbours within reach on a line, themselves included
    std::int64_t sum = 0;
    for (int i = 0; i < side; ++i)
      sum += std::min(i, setup.radius) + 1 + std::min(side - 1 - i, setup.radius);
    return sum;
  };
  const std::int64_t layers = picture.channels + setup.hidden;
  constexpr int kClasses = 10;
  const std::int64_t labels = setup.asks_for_classes() ? kClasses : 0;
  return along(picture.width) * along(picture.height) * layers * layers +
         picture.plane() * layers * (labels - 1);
}

/// Names as people say them; a substrate without one shows its own.
std::span<const char* const> substrate_labels() {
  static const std::vector<const char*> labels = [] {
    std::vector<const char*> all;
    for (const SubstrateInfo& substrate : all_substrates())
      all.push_back(spoken_substrate(substrate.name).data());
    return all;
  }();
  return labels;
}

void draw_network_settings(UiContext& ctx) {
  const TrainingSetup& setup = ctx.scene.train;
  heading(ctx, "Network");
  choice_row(ctx, {"train.substrate", nullptr, info(setup.substrate).equation.data()},
             substrate_labels());
  slider_row(ctx, {"train.hidden"}, {0, 3, 1, 1, "%.0f"});
  slider_row(ctx, {"train.radius", nullptr, "W_ij ≠ 0 only for |x_i − x_j|, |y_i − y_j| ≤ r"},
             {1, 7, 1, 1, "r = %.0f"});
  slider_row(ctx, {"train.chunks", nullptr, "K: W(t), ω(t), ... are constant within a chunk"},
             {1, 12, 1, 1, "K = %.0f"});
  slider_row(ctx, {"train.duration", "Duration", "the run lasts T = K × this"},
             {0.05, 2, 0.05, 1.5, "%.2f each"});
  const PictureShape picture = shape_of_image_set(setup.dataset_name());
  fact(ctx, "oscillators",
       grouped(std::int64_t{picture.plane()} * (picture.channels + setup.hidden)),
       "Visible and hidden ones.");
  const std::int64_t couplings = couplings_of(setup);
  fact(ctx, "couplings", grouped(couplings), "Directed couplings W_ij of one chunk.");
  fact(ctx, "weights", grouped(couplings * setup.chunks), "Couplings of all chunks: K × W_ij.");
}

void draw_label_setting(UiContext& ctx) {
  const FieldRow row{"train.labels", nullptr,
                     info(ctx.scene.train.substrate).state().held_text.data()};
  const std::string_view reason = ctx.scene.train.no_classes_because();
  const Unavailable dimmed(ctx, reason);
  begin_row(ctx, row);
  bool value = ctx.scene.train.asks_for_classes();
  if (check_box(ctx, row.field, value) && reason.empty()) ctx.session.set(row.field, value);
  hint(ctx, field_help(row));
  if (!reason.empty()) {
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    text(ctx, ctx.fonts.small, ctx.colours.faint, reason);
  }
  end_row(ctx, row);
}

void draw_loss_settings(UiContext& ctx) {
  heading(ctx, "Learning");
  std::vector<const char*> labels;
  std::string help;
  for (const LossInfo& loss : all_losses()) {
    labels.push_back(loss.label.data());
    help += fmt::format("{}{}: {}.", help.empty() ? "" : "\n", loss.label, loss.help);
  }
  choice_row(ctx, {"train.loss", nullptr, help.c_str()}, labels);
  draw_label_setting(ctx);
}

void draw_hardware_settings(UiContext& ctx) {
  const TrainingSetup& setup = ctx.scene.train;
  heading(ctx, "Hardware to live with");
  check_row(ctx, {"train.any"});
  const char* const any = setup.any ? "it learns to live with any" : "";
  {
    const Unavailable dimmed(ctx, any);
    draw_bits_row(ctx, {"train.bits", "Bits", "W on the grid of b bits", "0"}, setup.bits);
  }
  const int bits = setup.any ? 1 : setup.bits;
  draw_grid_row(ctx, {"train.grid"}, bits);
  draw_gain_row(ctx, {"train.gain"}, bits);
  const Unavailable dimmed(ctx, any);
  slider_row(ctx, {"train.density", nullptr, "share of the W_ij that are not 0", "1"},
             {0.05, 1, 0, 1.5, "%.3f"});
  slider_row(ctx, {"train.weight_noise", nullptr, "W (1 + δ ε), ε new in each batch", "0"},
             {0, 0.5, 0, 2, "δ = %.3f"});
  slider_row(ctx, {"train.mismatch", nullptr, "W (1 + δs ε), one ε for all chunks", "0"},
             {0, 0.5, 0, 2, "δs = %.3f"});
}

void draw_time_settings(UiContext& ctx) {
  const TrainingSetup& setup = ctx.scene.train;
  heading(ctx, "Time");
  {
    const Unavailable dimmed(ctx, setup.iterations > 0 ? "iterations are set, and count" : "");
    slider_row(ctx, {"train.minutes"}, {0.5, 240, 0.5, 3, "%.1f min"});
  }
  slider_row(ctx, {"train.iterations", nullptr, nullptr, "0"}, {0, 50'000, 100, 2, "%.0f"},
             setup.iterations == 0 ? "by time" : nullptr);
  const std::string threads = setup.threads == 0 ? "all cores" : fmt::format("{}", setup.threads);
  slider_row(ctx, {"train.threads"}, {0, 16, 1, 1, "%.0f"}, threads.c_str());
  natural_row(ctx, {"train.seed"});
}

}  // namespace

void draw_train_controls(UiContext& ctx) {
  draw_pictures(ctx);
  draw_network_settings(ctx);
  draw_loss_settings(ctx);
  draw_time_settings(ctx);
  draw_hardware_settings(ctx);
  if (ctx.training.active() && ctx.scene.train != ctx.training.setup) note_for_the_next(ctx);
}

}  // namespace phaseloom
