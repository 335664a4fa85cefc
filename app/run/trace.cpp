// SPDX-License-Identifier: MIT
#include "app/run/trace.hpp"

#include <climits>
#include <utility>

namespace phaseloom {

void TraceStore::forget_after(int step) {
  while (!moments_.empty() && moments_.rbegin()->first > step) {
    if (const auto& state = moments_.rbegin()->second.state)
      bytes_ -= state->size() * sizeof(float);
    moments_.erase(std::prev(moments_.end()));
  }
}

/// The course so far becomes the one that was left, from `step` on.
void TraceStore::leave(int step) {
  left_.clear();
  for (const auto& [at, moment] : moments_)
    if (at >= step) left_[at] = moment.order_parameter;
  branched_at_ = step;
}

/// The first step from which the run has been touched otherwise than before; INT_MAX: as before.
int TraceStore::touched_from(const std::shared_ptr<const Touches>& touches) {
  const auto before = std::exchange(touches_, touches);
  if (before == touches || !before || !touches) return INT_MAX;
  return first_difference(*before, *touches);
}

void TraceStore::record(const Snapshot& now) {
  if (now.serial == serial_ && !moments_.empty()) return;
  serial_ = now.serial;
  const Run run{now.model.get(), now.settings.seed, now.settings.first_sample,
                now.total_steps, now.lanes,         now.settings.noise_width};
  const Rules rules{now.scene.hardware, now.settings.integrator, now.settings.temperature};
  const int touched = touched_from(now.touches);
  const bool restarted = now.start != start_;
  if (run != run_ || (restarted && (mixed_ || rules != rules_))) {
    if (run == run_ && rules != rules_)
      leave(0);
    else
      left_.clear();
    branched_at_ = -1;
    forget_after(-1);
    run_ = run;
    lanes_ = now.lanes;
  } else if (rules != rules_) {
    leave(step_);
    forget_after(step_);
  }
  if (run == run_ && touched <= last_step()) {
    // Of a stroke, the first touch leaves a course that is worth showing.
    if (touched < last_step()) leave(touched);
    branched_at_ = touched;
    forget_after(touched - 1);
  }
  mixed_ = !restarted && (mixed_ || rules != rules_);
  rules_ = rules;
  start_ = now.start;
  step_ = now.step;
  if (!now.model || !now.state) return;
  const auto known = moments_.find(now.step);
  if (known != moments_.end()) {
    if (!known->second.state || *known->second.state == *now.state) return;
    forget_after(now.step - 1);  // it came otherwise after all
  }
  Moment moment{now.time, now.order_parameter, nullptr};
  const std::size_t size = now.state->size() * sizeof(float);
  if (bytes_ + size <= kMaxBytes) {
    moment.state = now.state;
    bytes_ += size;
  }
  moments_[now.step] = std::move(moment);
}

}  // namespace phaseloom
