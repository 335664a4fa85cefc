// SPDX-License-Identifier: MIT
#include "engine/neural/gradient_sum.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <type_traits>
#include <utility>

namespace phaseloom {
namespace {

constexpr std::array<std::string_view, 2> kFormats{"f32", "bf16"};

/// Of a gradient between ranks: some time on a network of 1 Gb/s, little next to what starting a
/// transfer costs on a fast one (*).
constexpr std::size_t kSegment = 1 << 14;
/// Segments that go to a neighbour at once: one travels while the next is made ready (*).
constexpr int kTravelling = 2;

void convert(std::span<const float> from, std::span<std::uint16_t> to) {
  for (std::size_t i = 0; i < from.size(); ++i) {
    const auto bits = std::bit_cast<std::uint32_t>(from[i]);
    // To nearest, ties to even. What is not finite is for others to notice, so it stays so.
    const std::uint32_t up = 0x7fffu + ((bits >> 16) & 1);
    const bool finite = (bits & 0x7f800000u) != 0x7f800000u;
    to[i] = static_cast<std::uint16_t>(
        (finite ? bits + up : bits | (bits & 0x7fffffu ? 0x400000u : 0u)) >> 16);
  }
}

void convert(std::span<const std::uint16_t> from, std::span<float> to) {
  for (std::size_t i = 0; i < from.size(); ++i)
    to[i] = std::bit_cast<float>(std::uint32_t{from[i]} << 16);
}

/// Floats travel as they are, from and to where they are summed.
void convert(std::span<const float> from, std::span<float> to) {
  assert(from.data() == to.data());
  (void)from, (void)to;
}

}  // namespace

std::span<const std::string_view> Names<GradientFormat>::all() { return kFormats; }

void sum_in_order(std::span<const float* const> parts, std::span<float> total, ThreadPool& pool) {
  constexpr std::size_t kPiece = 1 << 13;
  pool.run(static_cast<int>((total.size() + kPiece - 1) / kPiece), [&](int piece) {
    const std::size_t begin = static_cast<std::size_t>(piece) * kPiece;
    const std::size_t end = std::min(begin + kPiece, total.size());
    if (parts[0] != total.data()) std::copy(parts[0] + begin, parts[0] + end, total.data() + begin);
    for (const float* part : parts.subspan(1))
      for (std::size_t i = begin; i < end; ++i) total[i] += part[i];
  });
}

/// One sum on its way up the line of ranks and down again.
template <class Wire>
class GradientSum::Pass {
 public:
  Pass(GradientSum& sum, std::span<const float* const> parts, std::span<float> total,
       ThreadPool& pool)
      : ranks_(sum.ranks_), parts_(parts), total_(total), pool_(pool) {
    sum.partial_.resize(total.size());
    partial_ = sum.partial_;
    if constexpr (std::is_same_v<Wire, float>) {
      below_ = up_.wire = partial_;
      above_ = down_.wire = total_;
    } else {
      for (auto& buffer : sum.rounded_) buffer.resize(total.size());
      auto& [below, above, up, down] = sum.rounded_;
      below_ = below, above_ = above, up_.wire = up, down_.wire = down;
    }
  }

  void run() {
    const int rank = ranks_.rank();
    if (rank > 0) receive(Kind::from_below, below_, rank - 1);
    if (!is_last()) receive(Kind::from_above, above_, rank + 1);
    if (rank == 0)
      for (std::size_t begin = 0; begin < total_.size(); begin += kSegment) add_own(begin);
    for (int done = ranks_.finish_any(); done >= 0; done = ranks_.finish_any()) {
      const auto [kind, begin] = transfers_[static_cast<std::size_t>(done)];
      if (kind == Kind::from_below) {
        convert(segment(std::span<const Wire>(below_), begin), segment(partial_, begin));
        add_own(begin);
      } else if (kind == Kind::from_above) {
        convert(segment(std::span<const Wire>(above_), begin), segment(total_, begin));
        if (rank > 0) send(down_, segment(above_, begin), begin);
      } else {
        Way& way = kind == Kind::going_up ? up_ : down_;
        --way.travelling;
        send_waiting(way);
      }
    }
  }

 private:
  enum class Kind { from_below, from_above, going_up, going_down };
  struct Transfer {
    Kind kind;
    std::size_t begin;  ///< of the segment
  };
  struct Waiting {
    std::span<Wire> numbers;
    std::size_t begin;
  };
  /// To a neighbour. All segments at once would share the link, and the first would arrive when
  /// the last does.
  struct Way {
    Kind kind;
    int step;
    std::span<Wire> wire{};
    std::deque<Waiting> waiting{};
    int travelling = 0;
  };

  bool is_last() const { return ranks_.rank() + 1 == ranks_.size(); }
  template <class T>
  static std::span<T> segment(std::span<T> whole, std::size_t begin) {
    return whole.subspan(begin, std::min(kSegment, whole.size() - begin));
  }
  /// Segments overtake each other; their numbers tell them apart.
  static int tag_of(std::size_t begin) {
    return static_cast<int>(begin / kSegment) % (Ranks::kMostTag + 1);
  }

  void receive(Kind kind, std::span<Wire> into, int from) {
    for (std::size_t begin = 0; begin < into.size(); begin += kSegment) {
      transfers_.push_back({kind, begin});
      ranks_.start_receive(std::as_writable_bytes(segment(into, begin)), from, tag_of(begin));
    }
  }

  void send(Way& way, std::span<Wire> numbers, std::size_t begin) {
    way.waiting.push_back({numbers, begin});
    send_waiting(way);
  }

  void send_waiting(Way& way) {
    for (; way.travelling < kTravelling && !way.waiting.empty(); way.waiting.pop_front()) {
      const auto& [numbers, begin] = way.waiting.front();
      ++way.travelling;
      transfers_.push_back({way.kind, begin});
      ranks_.start_send(std::as_bytes(numbers), ranks_.rank() + way.step, tag_of(begin));
    }
  }

  /// To what came from below; then it goes on, at the end of the line as the total.
  void add_own(std::size_t begin) {
    const auto into = segment(is_last() ? total_ : partial_, begin);
    std::vector<const float*> terms;
    if (ranks_.rank() > 0) terms.push_back(partial_.data() + begin);
    for (const float* part : parts_) terms.push_back(part + begin);
    sum_in_order(terms, into, pool_);
    Way& way = is_last() ? down_ : up_;
    const auto wire = segment(way.wire, begin);
    convert(into, wire);
    if (is_last()) convert(std::span<const Wire>(wire), into);  // as the others will read it
    send(way, wire, begin);
  }

  Ranks& ranks_;
  std::span<const float* const> parts_;
  std::span<float> total_, partial_;
  ThreadPool& pool_;
  std::span<Wire> below_, above_;
  Way up_{Kind::going_up, 1}, down_{Kind::going_down, -1};
  std::vector<Transfer> transfers_;  // by the numbers that the ranks give them
};

void GradientSum::operator()(std::span<const float* const> parts, std::span<float> total,
                             ThreadPool& pool) {
  assert(!parts.empty() || ranks_.rank() > 0);
  if (ranks_.size() == 1)
    sum_in_order(parts, total, pool);
  else if (format_ == GradientFormat::f32)
    Pass<float>(*this, parts, total, pool).run();
  else
    Pass<std::uint16_t>(*this, parts, total, pool).run();
}

}  // namespace phaseloom
