#pragma once
// The states of the run so far, as the window has seen them go by: for curves over time. Snapshots
// are immutable and shared, so keeping them costs no copy.

#include <cstddef>
#include <map>
#include <memory>

#include "app/session/snapshot.hpp"

namespace phaseloom {

class TraceStore {
 public:
  struct Moment {
    double time = 0;
    double order_parameter = 0;
    Snapshot::Values state;  ///< [unit][lane]; null where memory was short
  };

  /// Takes note of a snapshot; forgets everything when it belongs to another run.
  void record(const Snapshot& snapshot);
  /// By step.
  const std::map<int, Moment>& moments() const { return moments_; }
  int lanes() const { return lanes_; }

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
  Run run_;
  std::map<int, Moment> moments_;
  std::size_t bytes_ = 0;
  int lanes_ = 0;
  std::uint64_t serial_ = 0;
};

}  // namespace phaseloom
