// SPDX-License-Identifier: MIT
#include "app/session/transport_part.hpp"

#include <fmt/format.h>

#include <utility>

#include "app/commands/handlers.hpp"
#include "app/commands/transport_verbs.hpp"
#include "app/session/session.hpp"

namespace phaseloom {

TransportPart::TransportPart(Session& session, ExportPart& exports, const ResultsOptions& options,
                             bool gated)
    : Part(session),
      exports_(exports),
      job_(gated),
      grid_(options, gated),
      latest_(job_.latest()),
      results_(grid_.latest()) {}

void TransportPart::restore(const SavedTransport& saved) {
  job_.restore(saved);
  latest_ = job_.latest();
}

bool TransportPart::act(const Command& command) {
  using P = TransportPart;
  static constexpr Handler<P> kHandlers[] = {
      {verbs::transport_start, [](P& p, const Command&) { p.start(false); }},
      {verbs::transport_row, [](P& p, const Command&) { p.start(true); }},
      {verbs::transport_pause, [](P& p, const Command&) { p.job_.pause(); }},
      {verbs::transport_resume, [](P& p, const Command&) { p.job_.resume(); }},
      {verbs::transport_stop, [](P& p, const Command&) { p.job_.stop(); }},
      {verbs::transport_advance, [](P& p, const Command& c) { p.job_.advance(c.integer(0)); }},
      {verbs::transport_show, [](P& p, const Command&) { p.show_kept(); }},
      {verbs::transport_export, [](P& p, const Command& c) { p.job_.export_to(c.file(0)); }},
      {verbs::transport_picture,
       [](P& p, const Command& c) { p.exports_.want_picture(c, Workspace::transport); }},
      {verbs::transport_film, [](P& p, const Command& c) { p.start_film(c); }},
      {verbs::transport_grid,
       [](P& p, const Command& c) {
         const TransportExperiment& experiment = p.session_.scene().transport;
         p.grid_.start(pairs_of_grid(c.text(0), experiment), experiment.seed);
       }},
      {verbs::transport_grid_advance,
       [](P& p, const Command& c) { p.grid_.advance(c.integer(0)); }},
      {verbs::transport_grid_stop, [](P& p, const Command&) { p.grid_.stop(); }},
      {verbs::transport_grid_export, [](P& p, const Command& c) { p.grid_.export_to(c.file(0)); }},
  };
  return handle<P>(kHandlers, *this, command);
}

void TransportPart::update() {
  FlowView& flow = session_.ui().flow;
  if (session_.ui().workspace == Workspace::transport) {
    job_.show(session_.scene().transport);
    if (flow.results) grid_.show();
  }
  tell(job_.take_notes());
  tell(grid_.take_notes());
  results_ = grid_.latest();
  const auto before = std::exchange(latest_, job_.latest());
  using State = TransportSnapshot::State;
  if (latest_->state == State::failed && before->state != State::failed)
    session_.tell(Message::Level::error, "transport: " + latest_->reason);
}

std::string TransportPart::lost_by_quitting() const {
  if (!latest_->active()) return {};
  return fmt::format("A model is being trained in Transport, iteration {} of {}. ",
                     latest_->iteration, latest_->iterations);
}

void TransportPart::start(bool row) {
  const TransportExperiment& experiment = session_.scene().transport;
  row ? job_.start_row(experiment) : job_.start(experiment);
  session_.ui().flow.results = false;  // what is trained is seen
  if (row) session_.ui().flow.row = true;
}

void TransportPart::show_kept() {
  grid_.show();  // a script may not have looked at them yet
  results_ = grid_.latest();
  job_.restore(kept_result(*results_, session_.scene().transport));
}

void TransportPart::start_film(const Command& command) {
  const bool there = latest_->picture || !latest_->row.empty();
  exports_.start_film(
      command, kFlowFilm,
      there ? "" : "no points are on their way yet; transport.start trains a model");
}

}  // namespace phaseloom
