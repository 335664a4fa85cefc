// SPDX-License-Identifier: MIT
#pragma once
// Vectors of the width of the current instruction set, as the compiler's own vector types: + - * /
// and comparisons work element by element, a * b + c contracts to a fused multiply-add. Only for
// files ending in .isa.cpp, which are compiled once per instruction set; everything lives in the
// namespace of that set, so that the linker never mixes two of them. Avoid std:: function
// templates in these files for the same reason.

#include <cstdint>
#include <utility>

#ifndef PHASELOOM_ISA
#error "simd.hpp belongs in .isa.cpp files only"
#endif

namespace phaseloom::PHASELOOM_ISA {

template <class T>
struct VecOf {
  static constexpr int width = PHASELOOM_VECTOR_BYTES / static_cast<int>(sizeof(T));
  typedef T type __attribute__((vector_size(PHASELOOM_VECTOR_BYTES), may_alias));
};

template <class T>
using Vec = typename VecOf<T>::type;

/// Elements of one vector register.
template <class T>
inline constexpr int kWidth = VecOf<T>::width;

template <class T>
inline Vec<T> load(const T* p) {
  return *reinterpret_cast<const Vec<T>*>(p);
}  // aligned
template <class T>
inline void store(T* p, Vec<T> v) {
  *reinterpret_cast<Vec<T>*>(p) = v;
}  // aligned
template <class T>
inline Vec<T> splat(T s) {
  return s - Vec<T>{};
}

/// What a loop over products runs over: elements E of kDepth numbers each, whose products are added
/// to sums of Real at once. Numbers are elements of one; bf16.hpp has pairs.
template <class E>
struct Element {
  using Real = E;
  static constexpr int kDepth = 1;
  static Vec<E> add_product(Vec<E> sum, Vec<E> a, Vec<E> b) { return sum + a * b; }
  /// kDepth vectors of numbers to one of elements, and the index-th of them back.
  static Vec<E> from(const Vec<E>* numbers) { return *numbers; }
  static Vec<E> number(Vec<E> elements, int) { return elements; }
};
template <class E>
using RealOf = typename Element<E>::Real;

/// Stops the compiler from reading a value that is used several times from memory each time: loads
/// are as scarce as multiplications in the inner loops.
template <class V>
inline void keep_in_register(V& v) {
#if defined(__x86_64__)
  asm("" : "+v"(v));
#endif
}

namespace detail {
template <class V, int... I>
inline V add_neighbours(V a, V b, std::integer_sequence<int, I...>) {
  return __builtin_shufflevector(a, b, (2 * I)...) + __builtin_shufflevector(a, b, (2 * I + 1)...);
}
}  // namespace detail

/// (a0 + a1, a2 + a3, ..., b0 + b1, b2 + b3, ...).
template <class V>
inline V add_neighbours(V a, V b) {
  constexpr int width = sizeof(V) / sizeof(a[0]);
  return detail::add_neighbours(a, b, std::make_integer_sequence<int, width>());
}

/// a[0], a[1], ...: of the first Live vectors, the sums of Width neighbours each, side by side. A
/// recursion, as the compiler leaves a loop over so many registers a loop, full of branches.
template <int Width, int Live, class V, int N>
inline __attribute__((always_inline)) void sum_neighbours(V (&a)[N]) {
  if constexpr (Width > 1) {
    constexpr int half = Live > 1 ? Live / 2 : 1;
#pragma GCC unroll 8
    for (int i = 0; i < half; ++i)
      a[i] = Live > 1 ? add_neighbours(a[2 * i], a[2 * i + 1]) : add_neighbours(a[0], a[0]);
    sum_neighbours<Width / 2, half>(a);
  }
}

/// out[i] = sum of the elements of a[i], pairwise in a fixed order; N is a power of two. `out` is
/// aligned and has room for max(N, kWidth<T>) numbers.
template <class T, int N>
inline __attribute__((always_inline)) void sum_each(Vec<T> (&a)[N], T* out) {
  static_assert((N & (N - 1)) == 0);
  sum_neighbours<kWidth<T>, N>(a);
  constexpr int vectors = N > kWidth<T> ? N / kWidth<T> : 1;
#pragma GCC unroll 8
  for (int i = 0; i < vectors; ++i) store(out + i * kWidth<T>, a[i]);
}

template <class T>
inline T sum(Vec<T> v) {
  Vec<T> a[1] = {v};
  alignas(PHASELOOM_VECTOR_BYTES) T out[kWidth<T>];
  sum_each<T, 1>(a, out);
  return out[0];
}

}  // namespace phaseloom::PHASELOOM_ISA
