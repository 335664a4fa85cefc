// SPDX-License-Identifier: MIT
#include "app/session/training_part.hpp"

#include <fmt/format.h>

#include <utility>

#include "app/commands/handlers.hpp"
#include "app/commands/training_verbs.hpp"
#include "app/session/session.hpp"

namespace phaseloom {

bool TrainingPart::act(const Command& command) {
  using P = TrainingPart;
  static constexpr Handler<P> kHandlers[] = {
      {verbs::train_start, [](P& p, const Command&) { p.job_.start(p.session_.scene().train); }},
      {verbs::train_pause, [](P& p, const Command&) { p.job_.pause(); }},
      {verbs::train_resume, [](P& p, const Command&) { p.job_.resume(); }},
      {verbs::train_stop, [](P& p, const Command&) { p.job_.stop(); }},
      {verbs::train_advance, [](P& p, const Command& c) { p.job_.advance(c.integer(0)); }},
      {verbs::train_go_on, [](P& p, const Command&) { p.job_.go_on(); }},
      {verbs::train_keep, [](P& p, const Command& c) { p.job_.keep(c.file(0)); }},
  };
  return handle<P>(kHandlers, *this, command);
}

void TrainingPart::update() {
  tell(job_.take_notes());
  const auto before = std::exchange(latest_, job_.latest());
  using State = TrainingSnapshot::State;
  if (latest_->state == State::failed && before->state != State::failed)
    session_.tell(Message::Level::error, "training: " + latest_->reason);
}

std::string TrainingPart::lost_by_quitting() const {
  if (!latest_->active() || latest_->trouble.empty()) return {};
  return fmt::format("The training cannot be gone on with later: {}. ", latest_->trouble);
}

}  // namespace phaseloom
