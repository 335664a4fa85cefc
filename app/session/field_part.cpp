// SPDX-License-Identifier: MIT
#include "app/session/field_part.hpp"

#include <fmt/format.h>

#include "app/commands/field_verbs.hpp"
#include "app/commands/handlers.hpp"
#include "app/session/session.hpp"
#include "engine/data/npy.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

FieldPart::FieldPart(Session& session, bool gated)
    : Part(session), gated_(gated), job_(gated), latest_(job_.latest()) {}

bool FieldPart::watched() const {
  return session_.ui().workspace == Workspace::learn &&
         session_.scene().playground.preset == Preset::field;
}

bool FieldPart::act(const Command& command) {
  using P = FieldPart;
  if (watched()) job_.show(session_.scene().field, true);  // a script may not have looked yet
  static constexpr Handler<P> kHandlers[] = {
      {verbs::field_play, [](P& p, const Command&) { p.play(true); }},
      {verbs::field_pause, [](P& p, const Command&) { p.play(false); }},
      {verbs::field_step,
       [](P& p, const Command& c) {
         p.job_.step(static_cast<int>(c.integer(0, 1)));
         p.plays_ = false;
       }},
      {verbs::field_restart, [](P& p, const Command&) { p.job_.restart(); }},
      {verbs::field_disturb,
       [](P& p, const Command& c) {
         p.job_.disturb(c.real(1), c.real(2), c.real(3), static_cast<Disturbance>(c.choice(0)));
       }},
      {verbs::field_export, [](P& p, const Command& c) { p.export_phases(c); }},
  };
  return handle<P>(kHandlers, *this, command);
}

void FieldPart::play(bool on) {
  if (!gated_) return on ? job_.play() : job_.halt();
  job_.need(on ? "play" : "pause");
  plays_ = on;
  owed_ = 0;
}

void FieldPart::pass(double seconds) {
  if (!plays_ || !watched()) return;
  owed_ += seconds * session_.scene().field.speed;
  const int steps = static_cast<int>(owed_);
  owed_ -= steps;
  if (steps > 0) job_.step(steps);
}

void FieldPart::update() {
  job_.show(session_.scene().field, watched());
  tell(job_.take_notes());
  latest_ = job_.latest();
}

void FieldPart::export_phases(const Command& command) const {
  if (!latest_->phases)
    fail(
        "field.export: no field has run yet; workspace learn with playground.preset field runs "
        "one");
  write_npy(command.file(0), {latest_->height, latest_->width}, *latest_->phases);
  session_.tell(Message::Level::info, fmt::format("{}: written", command.text(0)));
}

}  // namespace phaseloom
