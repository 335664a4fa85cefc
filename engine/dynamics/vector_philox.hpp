// SPDX-License-Identifier: MIT
#pragma once
// Philox4x32 (engine/support/random.hpp) for one item per 64-bit element of a vector, only for
// files that are compiled per instruction set.

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "engine/support/simd.hpp"

namespace phaseloom::PHASELOOM_ISA {

using Words = Vec<std::uint64_t>;  // a word in the lower half of each; the upper halves are ignored
inline constexpr int kItems = kWidth<std::uint64_t>;

/// Products of the lower halves. Written as x * y, GCC 12 would multiply all 64 bits; it warns of
/// an uninitialised value in its own unmasked _mm512_mul_epu32.
inline Words multiply(Words x, Words y) {
#if PHASELOOM_VECTOR_BYTES == 64
  return reinterpret_cast<Words>(
      _mm512_maskz_mul_epu32(0xFF, reinterpret_cast<__m512i>(x), reinterpret_cast<__m512i>(y)));
#elif PHASELOOM_VECTOR_BYTES == 32
  return reinterpret_cast<Words>(
      _mm256_mul_epu32(reinterpret_cast<__m256i>(x), reinterpret_cast<__m256i>(y)));
#elif defined(__SSE2__)
  return reinterpret_cast<Words>(
      _mm_mul_epu32(reinterpret_cast<__m128i>(x), reinterpret_cast<__m128i>(y)));
#else
  return (x & 0xFFFFFFFFu) * (y & 0xFFFFFFFFu);
#endif
}

#if PHASELOOM_VECTOR_BYTES >= 32
typedef std::int8_t Bytes __attribute__((vector_size(PHASELOOM_VECTOR_BYTES)));

/// Entry (index & 15) of each 16 bytes of the table; 0 where the index's highest bit is set.
inline Bytes shuffle(Bytes table, Bytes index) {
#if PHASELOOM_VECTOR_BYTES == 64
  return reinterpret_cast<Bytes>(
      _mm512_shuffle_epi8(reinterpret_cast<__m512i>(table), reinterpret_cast<__m512i>(index)));
#else
  return reinterpret_cast<Bytes>(
      _mm256_shuffle_epi8(reinterpret_cast<__m256i>(table), reinterpret_cast<__m256i>(index)));
#endif
}
#endif

struct Key {
  std::uint32_t first, second;
};

template <int Rounds>
inline void philox(Words (&c)[4], Key key) {
  const Words m0 = splat<std::uint64_t>(0xD2511F53u), m1 = splat<std::uint64_t>(0xCD9E8D57u);
#pragma GCC unroll 10
  for (int round = 0; round < Rounds; ++round) {
    const Words p0 = multiply(c[0], m0), p1 = multiply(c[2], m1);
    c[0] = (p1 >> 32) ^ c[1] ^ key.first;
    c[2] = (p0 >> 32) ^ c[3] ^ key.second;
    c[1] = p1;
    c[3] = p0;
    key.first += 0x9E3779B9u;
    key.second += 0xBB67AE85u;
  }
}

inline Key key_of(std::uint64_t seed) {
  return {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)};
}

}  // namespace phaseloom::PHASELOOM_ISA
