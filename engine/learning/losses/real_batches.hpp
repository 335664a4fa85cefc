// SPDX-License-Identifier: MIT
#pragma once
// Random batches of the real pictures, in the layout of the generated ones.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/image_set.hpp"
#include "engine/support/aligned.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

/// Which of the real pictures come next.
class RealChoice {
 public:
  /// @param classes how many classes may be asked for: 0 to 256. Throws Error naming the first of
  ///   them that has no picture.
  RealChoice(const ImageSet& images, std::uint64_t seed, int classes);

  /// A picture's index: a function of (seed, iteration, draw, place), and of the class
  /// classes[place % size]. Empty: any picture.
  int index(std::int64_t iteration, std::uint32_t draw, int place,
            std::span<const std::uint8_t> classes) const;
  /// Indices of each class's pictures.
  const std::vector<std::vector<int>>& of_class() const { return of_class_; }

 private:
  std::uint64_t seed_;
  int count_;
  std::vector<std::vector<int>> of_class_;
};

class RealBatches {
 public:
  /// @param batch pictures at once, a multiple of kLanes. The images must outlive this.
  /// @param classes as of RealChoice.
  RealBatches(const ImageSet& images, int batch, std::uint64_t seed, int classes = 0);

  /// out [block][pixel][lane] in [-1, 1]; which pictures is a function of (seed, iteration, draw)
  /// and of `classes`, [block][lane]: a picture of that class in each lane. Empty: any pictures.
  void load(std::int64_t iteration, std::uint32_t draw, AlignedVector<float>& out, ThreadPool& pool,
            std::span<const std::uint8_t> classes = {}) const;

  int batch() const { return batch_; }
  std::size_t pixels() const { return pixels_; }

 private:
  const ImageSet& images_;
  int batch_;
  std::size_t pixels_;
  RealChoice choice_;
};

}  // namespace phaseloom
