#include "engine/dynamics/noise.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "engine/support/lanes.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

/// Quantile of the standard normal distribution, by bisection of its distribution function.
double normal_quantile(double p) {
  double low = -6, high = 6;
  while (high - low > 1e-9) {
    const double middle = (low + high) / 2;
    (std::erfc(-middle / std::numbers::sqrt2) / 2 < p ? low : high) = middle;
  }
  return low;
}

std::array<std::int8_t, 256> make_quantiles() {
  std::array<double, 256> z{};
  double square = 0;
  for (int i = 0; i < 256; ++i) {
    z[i] = normal_quantile((i + 0.5) / 256);
    square += z[i] * z[i];
  }
  const double scale = 1 / (static_cast<double>(kNormalUnit) * std::sqrt(square / 256));
  std::array<std::int8_t, 256> table{};
  for (int i = 0; i < 256; ++i) table[i] = static_cast<std::int8_t>(std::lround(scale * z[i]));
  return table;
}

}  // namespace

void fill_normals(std::uint64_t seed, Stream stream, std::uint32_t salt, std::uint64_t first_sample,
                  std::int64_t items, std::int8_t* out) {
  static const auto quantiles = make_quantiles();
  static_assert(kLanes % 16 == 0);
  // Samples come in groups of 16; a block that begins within a group needs a part of one more.
  const auto skip = static_cast<int>(first_sample % 16);
  const int groups = kLanes / 16 + (skip > 0);
  for (std::int64_t i = 0; i < items; ++i) {
    std::array<std::int8_t, kLanes + 16> drawn;
    for (int group = 0; group < groups; ++group) {
      const auto sample_group = static_cast<std::uint32_t>(first_sample / 16 + group);
      const auto bytes = std::bit_cast<std::array<std::uint8_t, 16>>(
          random_words(seed, stream, static_cast<std::uint32_t>(i), sample_group, salt));
      for (int l = 0; l < 16; ++l) drawn[group * 16 + l] = quantiles[bytes[l]];
    }
    std::memcpy(out + i * kLanes, drawn.data() + skip, kLanes);
  }
}

void fill_initial(const InitialNoise& noise, double width_factor, std::uint64_t seed,
                  std::uint64_t first_sample, int units, float* out) {
  const double width = noise.width * width_factor;
  for (int group = 0; group < units; group += 4)  // one Philox block serves four units
    for (int l = 0; l < kLanes; ++l) {
      const auto sample = first_sample + l;
      const auto words = random_words(
          seed, Stream::initial_state, static_cast<std::uint32_t>(group),
          static_cast<std::uint32_t>(sample), static_cast<std::uint32_t>(sample >> 32));
      std::array<double, 4> value;
      if (noise.shape == InitialNoise::Shape::uniform) {
        for (int k = 0; k < 4; ++k) value[k] = 2 * uniform(words[k]) - 1;
      } else {
        const auto a = normal(words[0], words[1]), b = normal(words[2], words[3]);
        value = {a[0], a[1], b[0], b[1]};
      }
      for (int k = 0; k < 4 && group + k < units; ++k)
        out[(group + k) * kLanes + l] = static_cast<float>(width * value[k]);
    }
}

}  // namespace phaseloom
