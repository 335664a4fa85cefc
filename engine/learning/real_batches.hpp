#pragma once
// Random batches of the real pictures, in the layout of the generated ones.

#include <cstdint>

#include "engine/data/image_set.hpp"
#include "engine/support/aligned.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

class RealBatches {
 public:
  /// @param batch pictures at once, a multiple of kLanes. The images must outlive this.
  RealBatches(const ImageSet& images, int batch, std::uint64_t seed);

  /// out [block][pixel][lane] in [-1, 1]; which pictures is a function of (seed, iteration, draw).
  void load(std::int64_t iteration, std::uint32_t draw, AlignedVector<float>& out,
            ThreadPool& pool) const;

  int batch() const { return batch_; }
  std::size_t pixels() const { return pixels_; }

 private:
  const ImageSet& images_;
  int batch_;
  std::uint64_t seed_;
  std::size_t pixels_;
};

}  // namespace phaseloom
