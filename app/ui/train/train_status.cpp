// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "app/ui/toolkit/status_line.hpp"
#include "app/ui/train/train.hpp"

namespace phaseloom {

void draw_train_status(UiContext& ctx) {
  using State = TrainingSnapshot::State;
  const TrainingSnapshot& t = ctx.training;
  const Palette& c = ctx.colours;
  StatusLine line(ctx);
  switch (t.state) {
    case State::idle:
      line.condition(c.faint, "Nothing to do");
      break;
    case State::loading:
      line.condition(c.accent, "Preparing");
      break;
    case State::running:
      line.condition(c.accent, t.stopping ? "A last look" : "Training");
      break;
    case State::paused:
      line.condition(c.warning, "Training paused");
      break;
    case State::finished:
      line.condition(c.faint, t.stopped          ? "Training stopped"
                              : t.reason.empty() ? "Training finished"
                                                 : "Training ended early");
      break;
    case State::failed:
      line.condition(c.error, "Training failed");
      break;
  }
  line.number("iterations/s", StatusLine::measured(t.iterations_per_second, "{:5.1f}"),
              "Iterations of the training per second; each trains critic and network.");
  line.number(
      "samples/s",
      StatusLine::measured(t.iterations_per_second * static_cast<double>(t.batch), "{:6.0f}"),
      "Generated samples per second: iterations × batch.");
  line.times();
  line.seed(ctx.scene.train.seed);
  line.warning();
}

}  // namespace phaseloom
