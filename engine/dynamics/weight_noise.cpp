// SPDX-License-Identifier: MIT
#include "engine/dynamics/weight_noise.hpp"

#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

int signed_entry(const std::int8_t (&upper_half)[8], unsigned nibble) {
  return nibble < 8 ? -upper_half[7 - nibble] : upper_half[nibble - 8];
}

}  // namespace

std::int8_t weight_error(std::uint64_t seed, std::uint32_t chunk, std::uint64_t sample,
                         std::uint32_t coupling) {
  const auto words = philox<kErrorRounds>(
      {coupling, static_cast<std::uint32_t>(sample / 16), chunk,
       static_cast<std::uint32_t>(Stream::weight_noise)},
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
  const auto byte = words[sample % 16 / 4] >> (8 * (sample % 4)) & 255;
  return static_cast<std::int8_t>(signed_entry(kUpperErrors, byte >> 4) +
                                  signed_entry(kLowerErrors, byte & 15));
}

void fill_weight_errors(std::uint64_t seed, std::uint32_t chunk, std::uint64_t first_sample,
                        const Tiling& tiling, std::int8_t* out) {
  const WeightErrorJob job{seed, chunk, first_sample, &tiling, out};
  switch (active_isa()) {
#if defined(__x86_64__)
    case Isa::avx512_bf16:
    case Isa::avx512:
      return avx512::fill_weight_errors(job);
    case Isa::avx2:
      return avx2::fill_weight_errors(job);
#endif
    default:
      return baseline::fill_weight_errors(job);
  }
}

}  // namespace phaseloom
