// SPDX-License-Identifier: MIT
#include "app/session/quality_part.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/commands/handlers.hpp"
#include "app/commands/quality_verbs.hpp"
#include "app/session/session.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

bool QualityPart::act(const Command& command) {
  using P = QualityPart;
  static constexpr Handler<P> kHandlers[] = {
      {verbs::measure,
       [](P& p, const Command& c) {
         p.need_model(c);
         p.look(true);
       }},
      {verbs::trail_go,
       [](P& p, const Command& c) {
         p.session_.make_changes(way_to(p.trail_.dot(c.integer(0)), p.session_.scene()));
       }},
      {verbs::trail_export,
       [](P& p, const Command& c) {
         const Scene& scene = p.session_.scene();
         export_trail(p.trail_, scene.cost, scene.limit, c.file(0));
         p.session_.tell(Message::Level::info, fmt::format("{}: written", c.text(0)));
       }},
      {verbs::trail_clear, [](P& p, const Command&) { p.trail_.clear(); }},
      {verbs::trail_repeat,
       [](P& p, const Command& c) {
         p.need_model(c);
         p.look(true);
         const int known = std::max(1, static_cast<int>(p.latest_->repeats.size()));
         p.job_.repeat(known + static_cast<int>(c.integer(0)));
         p.look(false);
       }},
  };
  return handle<P>(kHandlers, *this, command);
}

void QualityPart::need_model(const Command& command) const {
  if (!session_.snapshot()->model)
    fail("{}: no model is running; choose one first", command.verb->name);
}

void QualityPart::look(bool measure) {
  using State = QualitySnapshot::State;
  constexpr auto kRest = std::chrono::milliseconds(700);  // nobody drags a slider any more
  tell(job_.take_notes());
  const Snapshot& now = *session_.snapshot();
  std::optional<QualityRequest> request;
  if (now.model && !now.diverged)
    request = QualityRequest{now.model, now.scene.hardware, now.settings};
  const auto clock = Clock::now();
  if (request != candidate_) {
    candidate_ = request;
    candidate_since_ = clock;
    job_.cancel(request && by_itself_ ? State::waiting : State::off);
  }
  const bool looked_at = session_.ui().workspace == Workspace::generate;
  const bool rested = clock - candidate_since_ > kRest;
  if (request && (measure || (by_itself_ && looked_at && rested))) job_.measure(*request);
  latest_ = job_.latest();
  // Whoever looks at the trail closely wants to know how sure its dots are.
  constexpr int kOnStage = 3;
  if (request && by_itself_ && looked_at && session_.ui().stage == OnStage::trail &&
      latest_->state == State::ready)
    job_.repeat(kOnStage);
  // The job has no other quality than that of the candidate, which is the snapshot's.
  if (request) trail_.note(now.scene, now.network, *latest_);
}

}  // namespace phaseloom
