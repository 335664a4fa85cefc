// SPDX-License-Identifier: MIT
#pragma once
// The Frechet distance between two clouds of feature vectors, each taken as a Gaussian: the squared
// Wasserstein-2 distance |m1 - m2|^2 + tr(S1 + S2 - 2 (S1^1/2 S2 S1^1/2)^1/2)
// (Dowson and Landau 1982; as an image metric Heusel et al. 2017).

#include <cstddef>
#include <span>
#include <vector>

namespace phaseloom {

struct GaussianFit {
  int dimensions = 0;
  std::vector<double> mean;
  std::vector<double> covariance;  ///< dimensions x dimensions, unbiased
};

/// features [count][dimensions]; count >= 2.
GaussianFit fit_gaussian(std::span<const float> features, int dimensions);

double frechet_distance(const GaussianFit& a, const GaussianFit& b);

}  // namespace phaseloom
