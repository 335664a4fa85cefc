// SPDX-License-Identifier: MIT
#pragma once
// Numbers of 16 bits in pairs of 32, for files ending in .bf16.cpp. bfloat16 is a float without the
// lower half of its significand: products of rounded numbers are off by 2^-8 at most, in both
// directions alike.

#include <immintrin.h>

#include <cstdint>

#include "engine/support/simd.hpp"

namespace phaseloom::PHASELOOM_ISA {

/// The first number is the lower half.
using Bf16Pair = std::uint32_t;

/// Rounds both to nearest, ties to even.
inline Vec<Bf16Pair> consecutive_pairs(Vec<float> low_half, Vec<float> high_half) {
  return (Vec<Bf16Pair>)_mm512_cvtne2ps_pbh((__m512)high_half, (__m512)low_half);
}

/// (first[i], second[i]) for every i.
inline Vec<Bf16Pair> pairs_of(Vec<float> first, Vec<float> second) {
  const Vec<std::uint16_t> halves = (Vec<std::uint16_t>)consecutive_pairs(first, second);
  return (Vec<Bf16Pair>)__builtin_shufflevector(halves, halves, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20,
                                                5, 21, 6, 22, 7, 23, 8, 24, 9, 25, 10, 26, 11, 27,
                                                12, 28, 13, 29, 14, 30, 15, 31);
}

template <>
struct Element<Bf16Pair> {
  using Real = float;
  static constexpr int kDepth = 2;
  /// sum + a.first * b.first + a.second * b.second; denormal numbers count as zero.
  static Vec<float> add_product(Vec<float> sum, Vec<Bf16Pair> a, Vec<Bf16Pair> b) {
    return (Vec<float>)_mm512_dpbf16_ps((__m512)sum, (__m512bh)a, (__m512bh)b);
  }
  static Vec<Bf16Pair> from(const Vec<float>* numbers) { return pairs_of(numbers[0], numbers[1]); }
  static Vec<float> number(Vec<Bf16Pair> pairs, int index) {
    return (Vec<float>)(index == 0 ? pairs << 16 : pairs & 0xffff0000u);
  }
};

}  // namespace phaseloom::PHASELOOM_ISA
