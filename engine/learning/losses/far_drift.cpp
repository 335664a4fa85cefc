// SPDX-License-Identifier: MIT
#include "engine/learning/losses/far_drift.hpp"

#include <algorithm>
#include <utility>

namespace phaseloom {
namespace {

// About 500 batches of 64 count, (1 + a) / (1 - a): enough for a covariance in 128 dimensions; and
// late in a training, when it matters, the network changes little in that time (*).
constexpr float kAverage = 0.996f;
// The map is two eigenvalue problems and hardly differs from one batch to the next (*).
constexpr std::int64_t kMapEvery = 10;

}  // namespace

FarDrift::FarDrift(Moments real)
    : real_(std::move(real)),
      generated_{Eigen::VectorXf::Zero(real_.mean.size()),
                 Eigen::MatrixXf::Zero(real_.square.rows(), real_.square.cols())},
      map_(generated_.square) {}

FeatureMatrix FarDrift::field(const FeatureMatrix& batch) {
  const Moments fresh = moments_of(batch.cast<double>());
  if (batches_ == 0) generated_ = fresh;
  const float keep =
      std::min(kAverage, static_cast<float>(batches_ + 1) / static_cast<float>(batches_ + 10));
  generated_.mean += (1 - keep) * (fresh.mean - generated_.mean);
  generated_.square += (1 - keep) * (fresh.square - generated_.square);
  if (batches_ >= kFirst && batches_ % kMapEvery == 0)
    map_ = transport_map(generated_.covariance(), real_.covariance()).cast<float>();
  if (++batches_ <= kFirst) return FeatureMatrix::Zero(batch.rows(), batch.cols());
  FeatureMatrix there = (batch.rowwise() - generated_.mean.transpose()) * map_;
  there.rowwise() += real_.mean.transpose();
  return there - batch;
}

void FarDrift::visit_state(StateVisitor& state) {
  state.count("far.batches", batches_);
  const auto all = [](auto& m) { return std::span(m.data(), static_cast<std::size_t>(m.size())); };
  state.numbers("far.mean", all(generated_.mean));
  state.numbers("far.square", all(generated_.square));
  state.numbers("far.map", all(map_));
}

}  // namespace phaseloom
