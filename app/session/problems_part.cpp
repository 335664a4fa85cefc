// SPDX-License-Identifier: MIT
#include "app/session/problems_part.hpp"

#include <algorithm>

#include "app/commands/experiment_verbs.hpp"
#include "app/session/session.hpp"

namespace phaseloom {

void ProblemsPart::heard(const Command& command) {
  const Scope scope = command.verb->scope;
  if (scope != Scope::background) ++posted_;
  // To look elsewhere mends nothing, and a gesture is only the frame of what is done in it.
  if (scope == Scope::ui || command.verb == verbs::gesture) return;
  const auto& messages = *session_.snapshot()->messages;
  if (!messages.empty()) attempt_ = {posted_, messages.back().id};
}

void ProblemsPart::update() {
  const Snapshot& now = *session_.snapshot();
  std::uint64_t problem = 0;  // the latest
  for (const Message& message : *now.messages)
    if (message.level == Message::Level::info)
      past_ = std::max(past_, message.id);
    else
      problem = message.id;
  if (!attempt_ || now.applied < attempt_->posted) return;
  if (problem <= attempt_->message) past_ = std::max(past_, attempt_->message);
  attempt_.reset();
}

}  // namespace phaseloom
