// SPDX-License-Identifier: MIT
#include "engine/metrics/moment_tree.hpp"

#include <cassert>
#include <cstddef>
#include <utility>

namespace phaseloom {
namespace {

/// The nodes that the pieces [begin, end) come to, as (level, index).
std::vector<std::pair<int, int>> nodes_of(ItemRange pieces) {
  std::vector<std::pair<int, int>> nodes;
  for (int piece = pieces.begin; piece < pieces.end; ++piece) {
    nodes.emplace_back(0, piece);
    while (nodes.size() > 1) {
      const auto [left_level, left] = nodes[nodes.size() - 2];
      const auto [level, index] = nodes.back();
      if (left_level != level || left % 2 != 0 || index != left + 1) break;
      nodes.pop_back();
      nodes.back() = {level + 1, left / 2};
    }
  }
  return nodes;
}

}  // namespace

MomentTree::MomentTree(int dimensions, int piece) : dimensions_(dimensions), next_(piece) {
  assert(dimensions > 0 && piece >= 0);
}

MomentTree::Node MomentTree::merged(const Node& left, const Node& right) {
  Node both{left.level + 1, left.index / 2, left.count + right.count, {}, {}};
  const Eigen::VectorXd apart = right.mean - left.mean;
  both.mean = left.mean + apart * (right.count / both.count);
  both.scatter = left.scatter + right.scatter +
                 apart * apart.transpose() * (left.count * right.count / both.count);
  return both;
}

void MomentTree::push(Node node) {
  while (!nodes_.empty() && nodes_.back().level == node.level && nodes_.back().index % 2 == 0 &&
         nodes_.back().index + 1 == node.index) {
    node = merged(nodes_.back(), node);
    nodes_.pop_back();
  }
  nodes_.push_back(std::move(node));
}

void MomentTree::add(std::span<const float> vectors) {
  const auto count =
      static_cast<Eigen::Index>(vectors.size() / static_cast<std::size_t>(dimensions_));
  assert(count > 0);
  // One column per vector, as they lie in memory.
  Eigen::MatrixXd x =
      Eigen::Map<const Eigen::MatrixXf>(vectors.data(), dimensions_, count).cast<double>();
  Node node{0, next_++, static_cast<double>(count), x.rowwise().mean(), {}};
  x.colwise() -= node.mean;
  node.scatter = x * x.transpose();
  push(std::move(node));
}

void MomentTree::gather(int pieces, Ranks& ranks) {
  if (ranks.size() == 1) return;
  const std::size_t d = static_cast<std::size_t>(dimensions_), values = 1 + d + d * d;
  std::vector<std::pair<int, int>> places;
  std::vector<std::size_t> ends;
  std::size_t own = 0;  // the first of this rank's nodes
  for (int r = 0; r < ranks.size(); ++r) {
    if (r == ranks.rank()) own = places.size();
    for (const auto& place : nodes_of(ranks.share(pieces, r))) places.push_back(place);
    ends.push_back(places.size() * values * sizeof(double));
  }
  std::vector<double> all(places.size() * values);
  double* out = all.data() + own * values;
  for (const Node& node : nodes_) {
    *out++ = node.count;
    out = std::copy_n(node.mean.data(), d, out);
    out = std::copy_n(node.scatter.data(), d * d, out);
  }
  ranks.gather_bytes(std::as_writable_bytes(std::span(all)), ends);
  nodes_.clear();
  const double* in = all.data();
  for (const auto& [level, index] : places) {
    const auto n = static_cast<Eigen::Index>(d);
    push({level, index, in[0], Eigen::Map<const Eigen::VectorXd>(in + 1, n),
          Eigen::Map<const Eigen::MatrixXd>(in + 1 + d, n, n)});
    in += values;
  }
}

GaussianFit MomentTree::fit() const {
  assert(!nodes_.empty());
  Node all = nodes_.back();
  for (std::size_t i = nodes_.size() - 1; i-- > 0;) all = merged(nodes_[i], all);
  const Eigen::MatrixXd covariance = all.scatter / (all.count - 1);
  return {dimensions_,
          {all.mean.data(), all.mean.data() + all.mean.size()},
          {covariance.data(), covariance.data() + covariance.size()}};
}

}  // namespace phaseloom
