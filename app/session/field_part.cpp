// SPDX-License-Identifier: MIT
#include "app/session/field_part.hpp"

#include <fmt/format.h>

#include "app/commands/field_verbs.hpp"
#include "app/commands/handlers.hpp"
#include "app/session/session.hpp"
#include "engine/data/npy.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

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
       [](P& p, const Command& c) { p.step(static_cast<int>(c.integer(0, 1))); }},
      {verbs::field_restart, [](P& p, const Command&) { p.job_.restart(); }},
      {verbs::field_disturb,
       [](P& p, const Command& c) {
         p.job_.disturb(c.real(1), c.real(2), c.real(3), static_cast<Disturbance>(c.choice(0)));
       }},
      {verbs::field_export, [](P& p, const Command& c) { p.export_phases(c); }},
  };
  return handle<P>(kHandlers, *this, command);
}

double FieldPart::steps_per_second() const { return session_.scene().field.speed; }

void FieldPart::update() {
  job_.show(session_.scene().field, watched());
  take_news();
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
