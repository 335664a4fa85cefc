// SPDX-License-Identifier: MIT
#include "engine/learning/losses/real_batches.hpp"

#include "engine/support/error.hpp"
#include "engine/support/lanes.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {

RealChoice::RealChoice(const ImageSet& images, std::uint64_t seed, int classes)
    : seed_(seed), count_(images.count()), of_class_(static_cast<std::size_t>(classes)) {
  for (int i = 0; i < images.count(); ++i)
    if (images.labels[i] < classes) of_class_[images.labels[i]].push_back(i);
  for (int k = 0; k < classes; ++k)
    if (of_class_[k].empty())
      fail("training: {} has no picture of class {}, and the network has {} labels", images.name, k,
           classes);
}

int RealChoice::index(std::int64_t iteration, std::uint32_t draw, int place,
                      std::span<const std::uint8_t> classes) const {
  const auto word = random_words(seed_, Stream::batch, static_cast<std::uint32_t>(iteration), draw,
                                 static_cast<std::uint32_t>(place))[0];
  const auto below = [&](std::size_t n) {
    return static_cast<int>((std::uint64_t{word} * n) >> 32);
  };
  if (classes.empty()) return below(static_cast<std::size_t>(count_));
  const auto& choice = of_class_[classes[static_cast<std::size_t>(place) % classes.size()]];
  return choice[below(choice.size())];
}

RealBatches::RealBatches(const ImageSet& images, int batch, std::uint64_t seed, int classes)
    : images_(images),
      batch_(batch),
      pixels_(static_cast<std::size_t>(images.shape().size())),
      choice_(images, seed, classes) {}

void RealBatches::load(std::int64_t iteration, std::uint32_t draw, AlignedVector<float>& out,
                       ThreadPool& pool, std::span<const std::uint8_t> classes) const {
  out.resize(pixels_ * batch_);
  pool.run(batch_ / kLanes, [&](int b) {
    float* block = out.data() + b * pixels_ * kLanes;
    for (int l = 0; l < kLanes; ++l) {
      const auto image = images_.image(choice_.index(iteration, draw, b * kLanes + l, classes));
      for (std::size_t k = 0; k < pixels_; ++k)
        block[k * kLanes + l] = static_cast<float>(image[k]) * (2 / 255.0f) - 1;
    }
  });
}

}  // namespace phaseloom
