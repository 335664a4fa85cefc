// SPDX-License-Identifier: MIT
#include "engine/metrics/pixel_gaussian.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <span>

#include "engine/support/error.hpp"
#include "engine/support/random.hpp"
#include "engine/support/row_products.hpp"

namespace phaseloom {
namespace {

/// Sums of that many products of bytes are below 2^24: exact in single precision.
constexpr int kExact = 256;
static_assert(255 * 255 * kExact < 1 << 24);

struct PixelSums {
  Eigen::VectorXd first;   // sum of p_i
  Eigen::MatrixXd second;  // sum of p_i p_j
};

PixelSums sum_pixels(const ImageSet& set, int pixels, ThreadPool& pool) {
  PixelSums sums{Eigen::VectorXd::Zero(pixels), Eigen::MatrixXd::Zero(pixels, pixels)};
  std::vector<float> block(std::size_t(pixels) * kExact);  // [pixel][picture]
  std::vector<float> products(std::size_t(pixels) * pixels);
  for (int first = 0; first < set.count(); first += kExact) {
    const int count = std::min(kExact, set.count() - first);
    for (int i = 0; i < count; ++i) {
      const auto image = set.image(first + i);
      for (int p = 0; p < pixels; ++p) {
        block[std::size_t(p) * count + i] = static_cast<float>(image[p]);
        sums.first[p] += image[p];
      }
    }
    constexpr int kRows = 64;
    pool.run((pixels + kRows - 1) / kRows, [&](int item) {
      const int row = item * kRows, rows = std::min(kRows, pixels - row);
      float* out = products.data() + std::ptrdiff_t{row} * pixels;
      multiply_rows({block.data(), block.data() + std::ptrdiff_t{row} * count, out, pixels, rows,
                     count, pixels});
      for (int r = 0; r < rows; ++r)
        for (int p = 0; p < pixels; ++p)
          sums.second(p, row + r) += double{out[std::ptrdiff_t{r} * pixels + p]};
    });
  }
  return sums;
}

}  // namespace

PixelGaussian::PixelGaussian(const ImageSet& pictures, ThreadPool& pool)
    : pixels_(pictures.shape().size()) {
  const int n = pictures.count();
  if (n < 2) fail("{}: {} pictures; a Gaussian takes at least two", pictures.name, n);
  const PixelSums sums = sum_pixels(pictures, pixels_, pool);
  const Eigen::VectorXd mean = sums.first / (255.0 * n);
  const Eigen::MatrixXd covariance =
      (sums.second / (255.0 * 255.0) - double(n) * mean * mean.transpose()) / (n - 1.0);
  // Pixels that never change make it singular, which LDL^T with pivoting does not mind.
  const Eigen::LDLT<Eigen::MatrixXd> ldlt(covariance);
  const Eigen::VectorXd roots = ldlt.vectorD().cwiseMax(0).cwiseSqrt();
  const Eigen::MatrixXd lower = Eigen::MatrixXd(ldlt.matrixL()) * roots.asDiagonal();
  const Eigen::MatrixXf factor = (ldlt.transpositionsP().transpose() * lower).cast<float>();
  mean_.resize(std::size_t(pixels_));
  factor_.resize(std::size_t(pixels_) * pixels_);
  for (int p = 0; p < pixels_; ++p) {
    mean_[p] = static_cast<float>(mean[p]);
    for (int k = 0; k < pixels_; ++k) factor_[std::size_t(p) * pixels_ + k] = factor(p, k);
  }
}

std::vector<float> PixelGaussian::sample(ItemRange pictures, std::uint64_t seed,
                                         ThreadPool& pool) const {
  std::vector<float> result(std::size_t(pictures.size()) * pixels_);
  // Always whole blocks: the last bits of a product depend on the block's shape.
  constexpr int kPictures = 64;
  const int begin = pictures.begin / kPictures;
  const int end = (pictures.end + kPictures - 1) / kPictures;
  pool.run(end - begin, [&](int item) {
    const int first = (begin + item) * kPictures;
    std::vector<float> noise(std::size_t(kPictures) * pixels_), block(noise.size());
    for (int i = 0; i < kPictures; ++i) {
      const auto own = std::span(noise).subspan(std::size_t(i) * pixels_, pixels_);
      for (std::size_t k = 0; k < own.size(); k += 4) {
        const auto w =
            random_words(seed, Stream::pixel_gaussian, static_cast<std::uint32_t>(first + i),
                         static_cast<std::uint32_t>(k));
        const auto a = normal(w[0], w[1]), b = normal(w[2], w[3]);
        const double four[] = {a[0], a[1], b[0], b[1]};
        for (std::size_t j = 0; j < 4 && k + j < own.size(); ++j)
          own[k + j] = static_cast<float>(four[j]);
      }
    }
    multiply_rows(
        {factor_.data(), noise.data(), block.data(), pixels_, kPictures, pixels_, pixels_});
    for (int i = std::max(first, pictures.begin); i < std::min(first + kPictures, pictures.end);
         ++i) {
      const float* from = block.data() + std::size_t(i - first) * pixels_;
      float* to = result.data() + std::size_t(i - pictures.begin) * pixels_;
      for (int k = 0; k < pixels_; ++k) to[k] = std::clamp(from[k] + mean_[k], 0.0f, 1.0f);
    }
  });
  return result;
}

}  // namespace phaseloom
