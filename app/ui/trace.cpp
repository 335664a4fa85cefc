#include "app/ui/trace.hpp"

namespace phaseloom {

void TraceStore::record(const Snapshot& now) {
  if (now.serial == serial_ && !moments_.empty()) return;
  serial_ = now.serial;
  const Run run{now.model.get(), now.settings.seed, now.settings.first_sample,
                now.total_steps, now.lanes,         now.settings.noise_width};
  if (run != run_) {
    moments_.clear();
    bytes_ = 0;
    run_ = run;
    lanes_ = now.lanes;
  }
  if (!now.model || !now.state) return;
  // A step that comes again differently (other hardware, say) makes what came after it untrue.
  const auto known = moments_.find(now.step);
  if (known != moments_.end()) {
    if (!known->second.state || *known->second.state == *now.state) return;
    while (!moments_.empty() && moments_.rbegin()->first >= now.step) {
      if (const auto& state = moments_.rbegin()->second.state)
        bytes_ -= state->size() * sizeof(float);
      moments_.erase(std::prev(moments_.end()));
    }
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
