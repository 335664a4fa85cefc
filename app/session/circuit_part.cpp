// SPDX-License-Identifier: MIT
#include "app/session/circuit_part.hpp"

#include <fmt/format.h>

#include "app/commands/handlers.hpp"
#include "app/commands/hardware_verbs.hpp"
#include "app/document/spoken_names.hpp"
#include "app/session/session.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

CircuitPart::CircuitPart(Session& session, const CircuitJobOptions& options, bool gated)
    : Part(session), job_(options, gated), latest_(job_.latest()) {}

bool CircuitPart::act(const Command& command) {
  using P = CircuitPart;
  static constexpr Handler<P> kHandlers[] = {
      {verbs::circuit_start, [](P& p, const Command&) { p.start(); }},
      {verbs::circuit_stop, [](P& p, const Command&) { p.job_.stop(); }},
      {verbs::circuit_advance, [](P& p, const Command& c) { p.job_.advance(c.integer(0)); }},
      {verbs::circuit_export, [](P& p, const Command& c) { p.job_.export_to(c.file(0)); }},
      {verbs::circuit_save, [](P& p, const Command& c) { p.job_.save_to(c.file(0)); }},
  };
  return handle<P>(kHandlers, *this, command);
}

void CircuitPart::start() {
  const Snapshot& now = *session_.snapshot();
  const Scene& scene = session_.scene();
  if (!now.model) fail("circuit.start: no model is running; choose one first");
  CircuitRequest request;
  request.model = now.model;
  request.settings = now.settings;
  request.settings.first_sample = static_cast<std::uint64_t>(scene.circuit.sample);
  request.hardware = scene.hardware;
  request.tile = scene.circuit.tile;
  request.reltol = scene.circuit.reltol;
  job_.start(request);
  begun_with_ = scene;
}

void CircuitPart::update() {
  tell(job_.take_notes());
  latest_ = job_.latest();
}

std::string CircuitPart::lost_by_quitting() const {
  if (!latest_->running) return {};
  return fmt::format("A circuit is being compared, {} of {} chunks. ", latest_->done(),
                     latest_->chunks);
}

std::string compared_otherwise(const Scene& now, const Scene& begun_with) {
  // How the run on the wall is stepped is no matter: the reference has steps of its own.
  if (now.model == begun_with.model && now.hardware == begun_with.hardware &&
      now.seed == begun_with.seed && now.label == begun_with.label &&
      now.noise_width == begun_with.noise_width && now.temperature == begun_with.temperature &&
      now.circuit == begun_with.circuit)
    return {};
  const CircuitSetup& setup = begun_with.circuit;
  return fmt::format(
      "Made with {}, sample {} of seed {}, {}, tolerance {:g}",
      spoken_design(begun_with.model, begun_with.hardware), setup.sample, begun_with.seed,
      setup.tile > 0 ? fmt::format("a window of {}", setup.tile) : std::string("the whole network"),
      setup.reltol);
}

}  // namespace phaseloom
