// SPDX-License-Identifier: MIT
#include "engine/theory/memory.hpp"

namespace phaseloom {

double hebb_weight(std::span<const Pattern> patterns, int i, int j) {
  if (patterns.empty()) return 0;
  int sum = 0;
  for (const Pattern& pattern : patterns)
    sum += pattern[static_cast<std::size_t>(i)] * pattern[static_cast<std::size_t>(j)];
  return static_cast<double>(sum) / static_cast<double>(patterns.front().size());
}

double pattern_overlap(const Pattern& pattern, std::span<const float> signals) {
  double sum = 0;
  for (std::size_t i = 0; i < pattern.size() && i < signals.size(); ++i)
    sum += pattern[i] * static_cast<double>(signals[i]);
  return pattern.empty() ? 0 : sum / static_cast<double>(pattern.size());
}

}  // namespace phaseloom
