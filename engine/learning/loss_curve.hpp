// SPDX-License-Identifier: MIT
#pragma once
// The losses of a run of any length in a bounded number of points.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace phaseloom {

/// What the iterations of one stretch saw on average.
struct LossPoint {
  std::int64_t iteration = 0;  ///< the last of the stretch
  double distance = 0;         ///< between generated and real, as the loss measures it
  double objective = 0;        ///< what the network descends
};

/// When it is full, neighbours become one.
class LossCurve {
 public:
  static constexpr std::size_t kMaxPoints = 512;
  LossCurve() = default;
  /// Goes on from another's points() and stretch().
  LossCurve(std::vector<LossPoint> points, std::int64_t stretch);

  void add(const LossPoint& point);
  void clear() { *this = {}; }
  /// The stretch that is not full yet included.
  std::vector<LossPoint> points() const;
  /// Iterations that a point stands for.
  std::int64_t stretch() const { return stretch_; }

 private:
  void halve();

  std::vector<LossPoint> points_;
  LossPoint sum_;  // of the present stretch
  std::int64_t in_sum_ = 0;
  std::int64_t stretch_ = 1;
};

}  // namespace phaseloom
