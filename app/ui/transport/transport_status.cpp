// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/status_line.hpp"
#include "app/ui/transport/transport.hpp"

namespace phaseloom {

void draw_transport_status(UiContext& ctx) {
  using State = TransportSnapshot::State;
  const TransportSnapshot& t = ctx.transport;
  const Palette& c = ctx.colours;
  StatusLine line(ctx);
  switch (t.state) {
    case State::idle:
      line.condition(c.faint, "Nothing trained yet");
      break;
    case State::running:
      line.condition(c.accent, t.comparing ? "Training a row" : "Training");
      break;
    case State::paused:
      line.condition(c.warning, "Training paused");
      break;
    case State::measuring:
      line.condition(c.accent, "Measuring");
      break;
    case State::finished:
      line.condition(c.faint, t.stopped ? "Training stopped" : "Trained");
      break;
    case State::failed:
      line.condition(c.error, "Failed");
      break;
  }
  line.number("iterations/s", StatusLine::measured(t.iterations_per_second, "{:5.0f}"),
              "Iterations of the training per second.");
  line.number("points", StatusLine::measured(t.source ? double(t.source->size()) : 0, "{:.0f}"),
              "Points that are seen on their way.");
  line.times();
  line.seed(ctx.scene.transport.seed);
  line.warning();
}

}  // namespace phaseloom
