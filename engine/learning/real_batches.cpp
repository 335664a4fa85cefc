#include "engine/learning/real_batches.hpp"

#include "engine/support/lanes.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {

RealBatches::RealBatches(const ImageSet& images, int batch, std::uint64_t seed)
    : images_(images),
      batch_(batch),
      seed_(seed),
      pixels_(static_cast<std::size_t>(images.width) * images.height) {}

void RealBatches::load(std::int64_t iteration, std::uint32_t draw, AlignedVector<float>& out,
                       ThreadPool& pool) const {
  out.resize(pixels_ * batch_);
  pool.run(batch_ / kLanes, [&](int b) {
    float* block = out.data() + b * pixels_ * kLanes;
    for (int l = 0; l < kLanes; ++l) {
      const auto word = random_words(seed_, Stream::batch, static_cast<std::uint32_t>(iteration),
                                     draw, static_cast<std::uint32_t>(b * kLanes + l))[0];
      const int index = static_cast<int>((std::uint64_t{word} * images_.count()) >> 32);
      const auto image = images_.image(index);
      for (std::size_t k = 0; k < pixels_; ++k)
        block[k * kLanes + l] = static_cast<float>(image[k]) * (2 / 255.0f) - 1;
    }
  });
}

}  // namespace phaseloom
