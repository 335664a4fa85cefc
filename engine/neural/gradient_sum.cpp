// SPDX-License-Identifier: MIT
#include "engine/neural/gradient_sum.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace phaseloom {
namespace {

constexpr std::array<std::string_view, 2> kFormats{"f32", "bf16"};

/// Of a gradient between ranks: some time on a network of 1 Gb/s, little next to what starting a
/// transfer costs on a fast one (*).
constexpr std::size_t kSegment = 1 << 16;

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

template <class Wire>
void GradientSum::pass(std::span<const float* const> parts, std::span<float> total,
                       ThreadPool& pool) {
  const int rank = ranks_.rank(), last = ranks_.size() - 1;
  const std::size_t size = total.size();
  partial_.resize(size);
  std::span<Wire> below, sent_up, above, sent_down;
  if constexpr (std::is_same_v<Wire, float>) {
    below = sent_up = partial_;
    above = sent_down = total;
  } else {
    for (auto* buffer : {&below_, &above_, &sent_up_, &sent_down_}) buffer->resize(size);
    below = below_, sent_up = sent_up_, above = above_, sent_down = sent_down_;
  }

  enum class Kind { from_below, from_above, sent };
  struct Transfer {
    Kind kind;
    std::size_t begin;
  };
  std::vector<Transfer> transfers;  // by the numbers that the ranks give them
  const auto part_of = [&](auto whole, std::size_t begin) {
    return whole.subspan(begin, std::min(kSegment, size - begin));
  };
  // Segments overtake each other; their numbers tell them apart.
  const auto tag_of = [](std::size_t begin) {
    return static_cast<int>(begin / kSegment) % (Ranks::kMostTag + 1);
  };
  const auto receive = [&](Kind kind, std::span<Wire> into, int from) {
    for (std::size_t begin = 0; begin < size; begin += kSegment) {
      transfers.push_back({kind, begin});
      ranks_.start_receive(std::as_writable_bytes(part_of(into, begin)), from, tag_of(begin));
    }
  };
  const auto send = [&](std::span<Wire> whole, std::size_t begin, int to) {
    transfers.push_back({Kind::sent, begin});
    ranks_.start_send(std::as_bytes(part_of(whole, begin)), to, tag_of(begin));
  };
  std::vector<const float*> terms;
  const auto add_own = [&](std::size_t begin) {
    const auto into = part_of(rank == last ? total : std::span(partial_), begin);
    terms.clear();
    if (rank > 0) terms.push_back(partial_.data() + begin);
    for (const float* part : parts) terms.push_back(part + begin);
    sum_in_order(terms, into, pool);
    if (rank < last) {
      convert(into, part_of(sent_up, begin));
      send(sent_up, begin, rank + 1);
    } else {
      // As the others will read it.
      convert(into, part_of(sent_down, begin));
      convert(part_of(std::span<const Wire>(sent_down), begin), into);
      send(sent_down, begin, rank - 1);
    }
  };

  if (rank > 0) receive(Kind::from_below, below, rank - 1);
  if (rank < last) receive(Kind::from_above, above, rank + 1);
  if (rank == 0)
    for (std::size_t begin = 0; begin < size; begin += kSegment) add_own(begin);
  for (int done = ranks_.finish_any(); done >= 0; done = ranks_.finish_any()) {
    const auto [kind, begin] = transfers[static_cast<std::size_t>(done)];
    if (kind == Kind::from_below) {
      convert(part_of(std::span<const Wire>(below), begin), part_of(std::span(partial_), begin));
      add_own(begin);
    } else if (kind == Kind::from_above) {
      convert(part_of(std::span<const Wire>(above), begin), part_of(total, begin));
      if (rank > 0) send(above, begin, rank - 1);
    }
  }
}

void GradientSum::operator()(std::span<const float* const> parts, std::span<float> total,
                             ThreadPool& pool) {
  assert(!parts.empty() || ranks_.rank() > 0);
  if (ranks_.size() == 1)
    sum_in_order(parts, total, pool);
  else if (format_ == GradientFormat::f32)
    pass<float>(parts, total, pool);
  else
    pass<std::uint16_t>(parts, total, pool);
}

}  // namespace phaseloom
