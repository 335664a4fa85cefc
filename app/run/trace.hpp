// SPDX-License-Identifier: MIT
#pragma once
// The states of the run so far, as the window has seen them go by: for curves over time. Snapshots
// are immutable and shared, so keeping them costs no copy.

#include <cstddef>
#include <map>
#include <memory>

#include "app/run/snapshot.hpp"

namespace phaseloom {

class TraceStore {
 public:
  struct Moment {
    double time = 0;
    double order_parameter = 0;
    Snapshot::Values state;  ///< [unit][lane]; null where memory was short
  };

  /// Takes note of a snapshot. Steps beyond it that were seen before stay, as what is to come
  /// again, while the same network goes through the same noise; else they are forgotten.
  void record(const Snapshot& snapshot);
  /// By step.
  const std::map<int, Moment>& moments() const { return moments_; }
  int lanes() const { return lanes_; }
  /// The order parameter by step as the run went, or would have gone, before the last change of its
  /// rules; empty from the next noise on.
  const std::map<int, double>& left() const { return left_; }
  /// The step at which the rules changed under way; -1 if they did not.
  int branched_at() const { return branched_at_; }

  static constexpr std::size_t kMaxBytes = std::size_t{128} << 20;

 private:
  struct Run {
    const void* model = nullptr;
    std::uint64_t seed = 0;
    std::uint64_t first_sample = 0;
    int total_steps = 0;
    int lanes = 0;
    double noise_width = 0;
    bool operator==(const Run&) const = default;
  };
  /// What may change within a run.
  struct Rules {
    Hardware hardware;
    Integrator integrator{};
    double temperature = 0;
    bool operator==(const Rules&) const = default;
  };
  void forget_after(int step);
  void leave(int step);
  int touched_from(const std::shared_ptr<const Touches>& touches);
  int last_step() const { return moments_.empty() ? -1 : moments_.rbegin()->first; }

  Run run_;
  Rules rules_;
  std::shared_ptr<const Touches> touches_;
  bool mixed_ = false;       ///< the rules changed within the present run
  std::uint64_t start_ = 0;  ///< which start of the run the latest snapshot was of
  int step_ = 0;             ///< of the latest snapshot
  std::map<int, Moment> moments_;
  std::map<int, double> left_;
  int branched_at_ = -1;
  std::size_t bytes_ = 0;
  int lanes_ = 0;
  std::uint64_t serial_ = 0;
};

}  // namespace phaseloom
