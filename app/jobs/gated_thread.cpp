// SPDX-License-Identifier: MIT
#include "app/jobs/gated_thread.hpp"

#include <chrono>

namespace phaseloom {

bool GatedThread::settle(double seconds) {
  std::unique_lock lock(mutex_);
  return rest_.wait_for(lock, std::chrono::duration<double>(seconds), [&] { return resting_; });
}

void GatedThread::wake() {
  if (!thread_.joinable()) thread_ = std::thread([this] { loop(); });
  wake_.notify_all();
  if (!gated_) return;
  std::unique_lock lock(mutex_);
  rest_.wait(lock, [&] { return resting_; });
}

void GatedThread::finish() {
  {
    const std::lock_guard lock(mutex_);
    quit_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::unique_lock<std::mutex> GatedThread::glance() {
  if (gated_) return std::unique_lock(mutex_);
  return {mutex_, std::try_to_lock};
}

void GatedThread::rest(std::unique_lock<std::mutex>& lock) {
  resting_ = true;
  rest_.notify_all();
  wake_.wait(lock, [&] { return quit_ || !resting_; });
}

}  // namespace phaseloom
