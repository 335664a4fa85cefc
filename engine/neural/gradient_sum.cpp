// SPDX-License-Identifier: MIT
#include "engine/neural/gradient_sum.hpp"

#include <algorithm>
#include <cstddef>

namespace phaseloom {

void sum_in_order(std::span<const float* const> parts, std::span<float> total, ThreadPool& pool) {
  constexpr std::size_t kPiece = 1 << 13;
  pool.run(static_cast<int>((total.size() + kPiece - 1) / kPiece), [&](int piece) {
    const std::size_t begin = static_cast<std::size_t>(piece) * kPiece;
    const std::size_t end = std::min(begin + kPiece, total.size());
    std::copy(parts[0] + begin, parts[0] + end, total.data() + begin);
    for (const float* part : parts.subspan(1))
      for (std::size_t i = begin; i < end; ++i) total[i] += part[i];
  });
}

}  // namespace phaseloom
