// SPDX-License-Identifier: MIT
// What the run on the Generate wall does just now.

#include <fmt/format.h>

#include "app/document/si_text.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/toolkit/cost_rows.hpp"
#include "app/ui/toolkit/status_line.hpp"

namespace phaseloom {
namespace {

struct Condition {
  ImU32 colour;
  std::string words;
};

Condition condition(const UiContext& ctx) {
  const Snapshot& now = ctx.now;
  const Palette& c = ctx.colours;
  if (!now.loading.empty()) return {c.accent, fmt::format("Reading {}", now.loading)};
  if (!now.model) return {c.warning, "No model"};
  if (now.diverged) return {c.error, "Diverged"};
  if (now.busy) return {c.accent, "Computing"};
  if (now.holding) return {c.accent, "Finished, holding"};
  if (now.playing) return {c.accent, "Running"};
  if (now.finished()) return {c.faint, "Finished"};
  return {c.faint, "Paused"};
}

}  // namespace

void draw_status(UiContext& ctx) {
  const Snapshot& now = ctx.now;
  StatusLine line(ctx);
  const Condition is = condition(ctx);
  line.condition(is.colour, is.words);
  line.number("steps/s", StatusLine::measured(now.steps_per_second, "{:5.0f}"),
              "Integrator steps per second, of the whole wall.");
  line.number("images/s", StatusLine::measured(now.images_per_second, "{:5.1f}"),
              "Finished images per second at this pace.");
  line.number("ms step", StatusLine::measured(now.step_milliseconds, "{:5.2f}"),
              "Computing time of one step of the whole wall.");
  line.times();
  line.number(fmt::format("noise {}", ctx.scene.round), fmt::format("seed {},", ctx.scene.seed),
              "All noise is made from these two: with them come the same images again.");
  if (now.model)
    line.number("per image", si_text(present_cost(ctx).energy.total(), "J"),
                "Energy of an analog core for one image; the line under the wall says more.");
  const FilmSnapshot& film = *ctx.session.film();
  if (film.state == FilmSnapshot::State::writing)
    line.number("of the film", fmt::format("{} %", 100 * film.pictures / std::max(1, film.wanted)),
                "Pictures of images forming that are written so far; Ctrl+E can cancel them.");
  line.warning();
}

}  // namespace phaseloom
