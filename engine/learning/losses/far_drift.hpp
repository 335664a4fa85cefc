// SPDX-License-Identifier: MIT
#pragma once
// The drift as seen from far (*): batches of features are taken as samples of one Gaussian, the
// real ones as another, and every feature vector is to move along the optimal transport between
// them,
//
//   V(x) = m_real + A (x - m) - x,   A S A = S_real.
//
// This is the descent of the Frechet distance between the two, which no batch alone can see:
// 64 vectors say nothing of a covariance in 128 dimensions, so the moments are running averages.

#include <cstdint>

#include "engine/learning/losses/feature_batches.hpp"
#include "engine/learning/losses/moments.hpp"

namespace phaseloom {

class FarDrift {
 public:
  /// Batches that are seen before there is a field: until then the average would say more of how
  /// the network was than of how it is (*).
  static constexpr std::int64_t kFirst = 300;

  explicit FarDrift(Moments real);

  /// V at each row of the batch, which first joins the average; 0 while less than kFirst were seen.
  FeatureMatrix field(const FeatureMatrix& batch);
  void visit_state(StateVisitor& state);

 private:
  Moments real_, generated_;
  std::int64_t batches_ = 0;
  Eigen::MatrixXf map_;  ///< A
};

}  // namespace phaseloom
