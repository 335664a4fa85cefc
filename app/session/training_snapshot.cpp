#include "app/session/training_snapshot.hpp"

#include <array>

namespace phaseloom {
namespace {

LossPoint mean(const LossPoint& sum, double n) {
  return {sum.iteration, sum.distance / n, sum.objective / n};
}

LossPoint plus(const LossPoint& a, const LossPoint& b) {
  return {b.iteration, a.distance + b.distance, a.objective + b.objective};
}

}  // namespace

std::string_view state_name(TrainingSnapshot::State state) {
  constexpr std::array<std::string_view, 6> names{"idle",   "loading",  "running",
                                                  "paused", "finished", "failed"};
  return names[static_cast<std::size_t>(state)];
}

void LossCurve::add(const LossPoint& point) {
  sum_ = plus(sum_, point);
  if (++in_sum_ < stretch_) return;
  points_.push_back(mean(sum_, static_cast<double>(in_sum_)));
  sum_ = {};
  in_sum_ = 0;
  if (points_.size() < kMaxPoints) return;
  for (std::size_t i = 0; i < kMaxPoints / 2; ++i)
    points_[i] = mean(plus(points_[2 * i], points_[2 * i + 1]), 2);
  points_.resize(kMaxPoints / 2);
  stretch_ *= 2;
}

std::vector<LossPoint> LossCurve::points() const {
  auto points = points_;
  if (in_sum_ > 0) points.push_back(mean(sum_, static_cast<double>(in_sum_)));
  return points;
}

}  // namespace phaseloom
