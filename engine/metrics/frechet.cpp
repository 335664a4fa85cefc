// SPDX-License-Identifier: MIT
#include "engine/metrics/frechet.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cassert>

namespace phaseloom {
namespace {

using Matrix = Eigen::MatrixXd;

Eigen::Map<const Matrix> covariance_of(const GaussianFit& fit) {
  return {fit.covariance.data(), fit.dimensions, fit.dimensions};
}

}  // namespace

GaussianFit fit_gaussian(std::span<const float> features, int dimensions) {
  assert(dimensions > 0 && features.size() % static_cast<std::size_t>(dimensions) == 0);
  const auto count =
      static_cast<Eigen::Index>(features.size() / static_cast<std::size_t>(dimensions));
  assert(count >= 2);
  // One column per vector, as they lie in memory.
  Matrix x = Eigen::Map<const Eigen::MatrixXf>(features.data(), dimensions, count).cast<double>();
  const Eigen::VectorXd mean = x.rowwise().mean();
  x.colwise() -= mean;
  const Matrix covariance = x * x.transpose() / static_cast<double>(count - 1);
  return {dimensions,
          {mean.data(), mean.data() + mean.size()},
          {covariance.data(), covariance.data() + covariance.size()}};
}

double frechet_distance(const GaussianFit& a, const GaussianFit& b) {
  assert(a.dimensions == b.dimensions);
  const Eigen::Map<const Eigen::VectorXd> mean_a(a.mean.data(), a.dimensions);
  const Eigen::Map<const Eigen::VectorXd> mean_b(b.mean.data(), b.dimensions);
  const auto s_a = covariance_of(a), s_b = covariance_of(b);
  // Rounding makes the eigenvalues of dead features slightly negative.
  const Eigen::SelfAdjointEigenSolver<Matrix> solver(s_a);
  const Eigen::VectorXd roots = solver.eigenvalues().cwiseMax(0).cwiseSqrt();
  const Matrix root =
      solver.eigenvectors() * roots.asDiagonal() * solver.eigenvectors().transpose();
  const Matrix product = root * s_b * root;
  const Eigen::SelfAdjointEigenSolver<Matrix> cross((product + product.transpose()) / 2,
                                                    Eigen::EigenvaluesOnly);
  const double overlap = cross.eigenvalues().cwiseMax(0).cwiseSqrt().sum();
  return std::max(0.0, (mean_a - mean_b).squaredNorm() + s_a.trace() + s_b.trace() - 2 * overlap);
}

}  // namespace phaseloom
