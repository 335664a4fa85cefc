// SPDX-License-Identifier: MIT
#pragma once
// Mean and covariance of vectors that come in pieces and are not kept, so that a million samples
// take no more memory than a few. Two sets are merged by their own means and scatters (Chan, Golub
// and LeVeque 1979), always along one binary tree over the pieces' numbers: so the last bit does
// not tell which rank had which of them.

#include <Eigen/Dense>
#include <span>
#include <vector>

#include "engine/metrics/frechet.hpp"
#include "engine/support/ranks.hpp"

namespace phaseloom {

class MomentTree {
 public:
  /// @param dimensions of a vector
  /// @param piece the first one's number; the others follow
  MomentTree(int dimensions, int piece);

  /// The next piece: vectors [vector][dimension], at least one.
  void add(std::span<const float> vectors);
  /// All ranks' pieces in each of them.
  /// @param pieces of all ranks together; each has added its share() of them, in order
  void gather(int pieces, Ranks& ranks);
  /// Of all vectors; at least two.
  GaussianFit fit() const;

 private:
  struct Node {
    int level = 0, index = 0;  ///< of the pieces [index << level, (index + 1) << level)
    double count = 0;
    Eigen::VectorXd mean;
    Eigen::MatrixXd scatter;  ///< sum of (x - mean)(x - mean)^T
  };
  void push(Node node);
  static Node merged(const Node& left, const Node& right);

  int dimensions_;
  int next_;
  std::vector<Node> nodes_;  ///< by their pieces; no two of them have the same parent
};

}  // namespace phaseloom
