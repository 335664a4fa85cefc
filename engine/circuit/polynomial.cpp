// SPDX-License-Identifier: MIT
#include "engine/circuit/polynomial.hpp"

#include <Eigen/QR>
#include <algorithm>

namespace phaseloom {

std::vector<double> fitted_polynomial(std::span<const double> values, int degree) {
  const auto n = static_cast<Eigen::Index>(values.size());
  const Eigen::Index terms = std::min<Eigen::Index>(degree + 1, n);
  // Chebyshev's polynomials T_k, which are far apart, and what each is in powers of u.
  Eigen::MatrixXd at(n, terms), powers = Eigen::MatrixXd::Zero(terms, terms);
  for (Eigen::Index i = 0; i < n; ++i) {
    const double u = n > 1 ? 2 * double(i) / double(n - 1) - 1 : 0;
    for (Eigen::Index k = 0; k < terms; ++k)
      at(i, k) = k == 0 ? 1 : k == 1 ? u : 2 * u * at(i, k - 1) - at(i, k - 2);
  }
  for (Eigen::Index k = 0; k < terms; ++k) {
    if (k < 2) {
      powers(k, k) = 1;
      continue;
    }
    powers.col(k).tail(terms - 1) = 2 * powers.col(k - 1).head(terms - 1);
    powers.col(k) -= powers.col(k - 2);
  }
  const Eigen::Map<const Eigen::VectorXd> given(values.data(), n);
  const Eigen::VectorXd c = powers * at.householderQr().solve(given).eval();
  return {c.begin(), c.end()};
}

}  // namespace phaseloom
