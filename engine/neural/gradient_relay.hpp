// SPDX-License-Identifier: MIT
#pragma once
// The sum of a gradient over ranks that begins before the gradient is complete: while some parts
// are still computed, a thread passes on those that all blocks have finished. It hides as much of
// the time between machines as the computing takes, and changes no bit.

#include <atomic>
#include <exception>
#include <memory>
#include <span>
#include <thread>
#include <vector>

#include "engine/neural/gradient_sum.hpp"

namespace phaseloom {

class GradientRelay {
 public:
  /// From now on the ranks belong to the relay, until finish().
  /// @param blocks of this rank, each of total's size; all must outlive the relay
  /// @param parts of equal size, which are summed from the last one to the first
  GradientRelay(GradientSum& sum, std::vector<const float*> blocks, std::span<float> total,
                int parts);
  /// Without finish(), as after an Error: what was not begun is not summed.
  ~GradientRelay();
  GradientRelay(const GradientRelay&) = delete;
  GradientRelay& operator=(const GradientRelay&) = delete;

  /// One more block has finished this part. From any thread.
  void block_done(int part);
  /// Returns when all is summed; rethrows what the ranks threw.
  void finish();

 private:
  void pass_on(GradientSum& sum);

  const std::vector<const float*> blocks_;
  const std::span<float> total_;
  std::vector<std::atomic<int>> missing_;  ///< blocks, by part
  std::atomic<bool> given_up_ = false;
  std::exception_ptr error_;
  std::thread thread_;
};

}  // namespace phaseloom
