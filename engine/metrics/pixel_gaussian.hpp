// SPDX-License-Identifier: MIT
#pragma once
// A Gaussian with the mean and the full covariance of the pixels of a set: the best that a linear
// model of pictures can know, and with its Frechet distance the unit of the relative one.

#include <cstdint>
#include <vector>

#include "engine/data/image_set.hpp"
#include "engine/support/parallel.hpp"
#include "engine/support/ranks.hpp"

namespace phaseloom {

class PixelGaussian {
 public:
  /// The fit is exact and the same for any number of threads: sums of products of bytes are
  /// integers. Throws Error for fewer than two pictures.
  PixelGaussian(const ImageSet& pictures, ThreadPool& pool);

  /// [picture][pixel], clipped to [0, 1] like any picture. Picture i is a function of (seed, i).
  std::vector<float> sample(ItemRange pictures, std::uint64_t seed, ThreadPool& pool) const;
  std::vector<float> sample(int count, std::uint64_t seed, ThreadPool& pool) const {
    return sample(ItemRange{0, count}, seed, pool);
  }

 private:
  int pixels_;
  std::vector<float> mean_;
  std::vector<float> factor_;  // [pixel][component]: covariance = factor factor^T
};

}  // namespace phaseloom
