// SPDX-License-Identifier: MIT
#include "engine/metrics/inception/fid.hpp"

#include <algorithm>
#include <cassert>

namespace phaseloom {

std::vector<float> inception_features(const InceptionNetwork& network,
                                      std::span<const float> pictures, int width, int height,
                                      ThreadPool& pool, const std::function<void(int)>& progress,
                                      std::stop_token stop) {
  const auto pixels = static_cast<std::size_t>(width) * height;
  assert(pictures.size() % pixels == 0);
  const int count = static_cast<int>(pictures.size() / pixels);
  std::vector<float> features(std::size_t(count) * kInceptionFeatures);
  const int round = 4 * pool.threads();  // between two looks at the stop: a second or so
  for (int done = 0; done < count; done += round) {
    if (stop.stop_requested()) return {};
    pool.run(std::min(round, count - done), [&](int item) {
      const std::size_t i = static_cast<std::size_t>(done + item);
      std::vector<float> picture(pictures.begin() + i * pixels,
                                 pictures.begin() + (i + 1) * pixels);
      for (float& v : picture) v = std::clamp(v, 0.0f, 1.0f);
      std::ranges::copy(network.features(picture, width, height),
                        features.begin() + i * kInceptionFeatures);
    });
    if (progress) progress(std::min(done + round, count));
  }
  return features;
}

}  // namespace phaseloom
