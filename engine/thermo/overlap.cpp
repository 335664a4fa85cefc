// SPDX-License-Identifier: MIT
#include "engine/thermo/overlap.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

double product(std::span<const float> a, std::span<const float> b) {
  assert(a.size() == b.size());
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += double(a[i]) * double(b[i]);
  return sum;
}

}  // namespace

Overlap::Overlap(std::vector<std::vector<float>> prototypes) : prototypes_(std::move(prototypes)) {
  const auto n = static_cast<Eigen::Index>(prototypes_.size());
  Eigen::MatrixXd products(n, n);
  for (Eigen::Index k = 0; k < n; ++k)
    for (Eigen::Index l = 0; l < n; ++l)
      products(k, l) = product(prototypes_[static_cast<std::size_t>(k)],
                               prototypes_[static_cast<std::size_t>(l)]);
  const Eigen::LDLT<Eigen::MatrixXd> factors(products);
  // Of pictures that are alike to single precision nobody can say which of them it is.
  constexpr double kAlike = 1e-6;
  if (!(factors.vectorD().minCoeff() > kAlike * products.diagonal().maxCoeff()))
    fail("prototypes: one of them is a combination of the others; they cannot be told apart");
  const Eigen::MatrixXd inverse = factors.solve(Eigen::MatrixXd::Identity(n, n));
  inverse_.assign(inverse.data(), inverse.data() + inverse.size());
}

std::vector<double> Overlap::coefficients(std::span<const float> picture) const {
  // Prototypes have no mean, so that the picture's does not matter.
  std::vector<double> products, out;
  for (const auto& p : prototypes_) products.push_back(product(p, picture));
  for (std::size_t k = 0; k < products.size(); ++k) {
    double sum = 0;
    for (std::size_t l = 0; l < products.size(); ++l)
      sum += inverse_[k * products.size() + l] * products[l];
    out.push_back(sum);
  }
  return out;
}

void OverlapCounts::count(std::span<const double> coefficients) {
  strongest.resize(coefficients.size());
  double first = 0, second = 0;
  std::size_t which = 0;
  for (std::size_t k = 0; k < coefficients.size(); ++k) {
    const double size = std::abs(coefficients[k]);
    if (size > first) {
      second = std::exchange(first, size);
      which = k;
    } else {
      second = std::max(second, size);
    }
  }
  ++strongest[which];
  ++pictures;
  if (coefficients[which] < 0) ++negatives;
  if (second > kMixedPart * first) ++mixtures;
}

void OverlapCounts::count(const Overlap& overlap, std::span<const float> values) {
  assert(values.size() % overlap.size() == 0);
  for (std::size_t first = 0; first < values.size(); first += overlap.size())
    count(overlap.coefficients(values.subspan(first, overlap.size())));
}

}  // namespace phaseloom
