// SPDX-License-Identifier: MIT
#pragma once
// Means and covariances of features, and the map that carries those of one set into another's.

#include <Eigen/Dense>

namespace phaseloom {

struct Moments {
  Eigen::VectorXf mean;
  Eigen::MatrixXf square;  ///< mean of x x^T

  Eigen::MatrixXd covariance() const {
    const Eigen::VectorXd m = mean.cast<double>();
    return square.cast<double>() - m * m.transpose();
  }
};

/// Of the rows.
Moments moments_of(const Eigen::Ref<const Eigen::MatrixXd>& rows);

/// The symmetric A with A from A = to: the linear part of the optimal transport between Gaussians
/// of these covariances (Dowson and Landau 1982; Knott and Smith 1984). Directions in which `from`
/// has no width are left as they are.
Eigen::MatrixXd transport_map(const Eigen::MatrixXd& from, const Eigen::MatrixXd& to);

}  // namespace phaseloom
