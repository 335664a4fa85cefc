// SPDX-License-Identifier: MIT
#include "engine/learning/losses/moments.hpp"

namespace phaseloom {
namespace {

// Standardised features have widths of order 1; one that never fires has none, and rounding makes
// its variance slightly negative.
constexpr double kNoWidth = 1e-4;

}  // namespace

Moments moments_of(const Eigen::Ref<const Eigen::MatrixXd>& rows) {
  return {rows.colwise().mean().transpose().cast<float>(),
          (rows.transpose() * rows / static_cast<double>(rows.rows())).cast<float>()};
}

Eigen::MatrixXd transport_map(const Eigen::MatrixXd& from, const Eigen::MatrixXd& to) {
  const auto floor = kNoWidth * Eigen::MatrixXd::Identity(from.rows(), from.cols());
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> here(from + floor);
  const Eigen::MatrixXd root = here.operatorSqrt(), inverse = here.operatorInverseSqrt();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> both(root * (to + floor) * root);
  return inverse * both.operatorSqrt() * inverse;
}

}  // namespace phaseloom
