// SPDX-License-Identifier: MIT
#include "engine/neural/gradient_relay.hpp"

#include <cassert>
#include <cstddef>
#include <utility>

namespace phaseloom {

GradientRelay::GradientRelay(GradientSum& sum, std::vector<const float*> blocks,
                             std::span<float> total, int parts)
    : blocks_(std::move(blocks)), total_(total), missing_(static_cast<std::size_t>(parts)) {
  assert(parts > 0 && total.size() % static_cast<std::size_t>(parts) == 0);
  for (auto& missing : missing_) missing = static_cast<int>(blocks_.size());
  thread_ = std::thread([this, &sum] { pass_on(sum); });
}

GradientRelay::~GradientRelay() {
  if (!thread_.joinable()) return;
  given_up_ = true;
  for (auto& missing : missing_) {
    missing = 0;
    missing.notify_all();
  }
  thread_.join();
}

void GradientRelay::block_done(int part) {
  auto& missing = missing_[static_cast<std::size_t>(part)];
  if (--missing == 0) missing.notify_all();
}

void GradientRelay::finish() {
  thread_.join();
  if (error_) std::rethrow_exception(error_);
}

void GradientRelay::pass_on(GradientSum& sum) {
  ThreadPool alone(1);  // the others compute
  const std::size_t size = total_.size() / missing_.size();
  try {
    for (std::size_t part = missing_.size(); part-- > 0;) {
      for (int missing = missing_[part]; missing > 0; missing = missing_[part])
        missing_[part].wait(missing);
      if (given_up_) return;
      std::vector<const float*> slices;
      for (const float* block : blocks_) slices.push_back(block + part * size);
      sum(slices, total_.subspan(part * size, size), alone);
    }
  } catch (...) {
    error_ = std::current_exception();
  }
}

}  // namespace phaseloom
