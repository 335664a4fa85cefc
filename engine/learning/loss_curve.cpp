// SPDX-License-Identifier: MIT
#include "engine/learning/loss_curve.hpp"

#include <algorithm>
#include <utility>

namespace phaseloom {
namespace {

LossPoint mean(const LossPoint& sum, double n) {
  return {sum.iteration, sum.distance / n, sum.objective / n};
}

LossPoint plus(const LossPoint& a, const LossPoint& b) {
  return {b.iteration, a.distance + b.distance, a.objective + b.objective};
}

}  // namespace

LossCurve::LossCurve(std::vector<LossPoint> points, std::int64_t stretch)
    : points_(std::move(points)), stretch_(std::max<std::int64_t>(stretch, 1)) {
  while (points_.size() >= kMaxPoints) halve();
}

void LossCurve::add(const LossPoint& point) {
  sum_ = plus(sum_, point);
  if (++in_sum_ < stretch_) return;
  points_.push_back(mean(sum_, static_cast<double>(in_sum_)));
  sum_ = {};
  in_sum_ = 0;
  if (points_.size() >= kMaxPoints) halve();
}

void LossCurve::halve() {
  std::vector<LossPoint> half;
  for (std::size_t i = 0; i + 1 < points_.size(); i += 2)
    half.push_back(mean(plus(points_[i], points_[i + 1]), 2));
  if (points_.size() % 2 != 0) half.push_back(points_.back());
  points_ = std::move(half);
  stretch_ *= 2;
}

std::vector<LossPoint> LossCurve::points() const {
  auto points = points_;
  if (in_sum_ > 0) points.push_back(mean(sum_, static_cast<double>(in_sum_)));
  return points;
}

}  // namespace phaseloom
