// SPDX-License-Identifier: MIT
#pragma once
// The sum of the gradients of parallel blocks: always in block order, so that neither the number of
// threads nor that of ranks leaves a trace in the last bit.
//
// Between ranks it goes up and down the line: each adds its blocks to what comes from the rank
// below and passes that on; the last one has the sum, which goes back the same way. Both go on at
// once, a segment behind the other, so that it takes the time of one gradient through one link, and
// two segments for each rank: less than a ring, which is free to choose its order, takes by a link
// that sends both ways.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/support/names.hpp"
#include "engine/support/parallel.hpp"
#include "engine/support/ranks.hpp"

namespace phaseloom {

/// total = parts[0] + parts[1] + ..., the elements shared among threads. All of total's size.
void sum_in_order(std::span<const float* const> parts, std::span<float> total, ThreadPool& pool);

/// How gradients travel between ranks. bf16 takes half of the time, and rounds at each rank by
/// 2^-9: then the number of ranks is seen in the result.
enum class GradientFormat { f32, bf16 };

template <>
struct Names<GradientFormat> {
  static constexpr std::string_view kind = "gradient format";
  static std::span<const std::string_view> all();
};

/// Those who train together.
struct TrainingRanks {
  Ranks& ranks = Ranks::alone();
  GradientFormat gradients = GradientFormat::f32;
};

/// The same sum over the parts of all ranks. Keeps its memory from one sum to the next.
class GradientSum {
 public:
  /// The ranks must outlive it.
  explicit GradientSum(TrainingRanks ranks) : ranks_(ranks.ranks), format_(ranks.gradients) {}

  /// @param parts of this rank; it may have none, the first one has some.
  void operator()(std::span<const float* const> parts, std::span<float> total, ThreadPool& pool);

 private:
  template <class Wire>
  class Pass;

  Ranks& ranks_;
  GradientFormat format_;
  std::vector<float> partial_;  ///< of this rank and all below it
  /// As they travel, bf16 only: from below, from above, up, down.
  std::array<std::vector<std::uint16_t>, 4> rounded_;
};

}  // namespace phaseloom
