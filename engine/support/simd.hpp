#pragma once
// Vectors of the width of the current instruction set, as the compiler's own vector types: + - * /
// and comparisons work element by element, a * b + c contracts to a fused multiply-add. Only for
// files ending in .isa.cpp, which are compiled once per instruction set; everything lives in the
// namespace of that set, so that the linker never mixes two of them. Avoid std:: function
// templates in these files for the same reason.

#include <cstdint>

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

template <class T>
inline T sum(Vec<T> v) {  // fixed order: pairwise over halves
  T a[kWidth<T>];
  for (int i = 0; i < kWidth<T>; ++i) a[i] = v[i];
  for (int half = kWidth<T> / 2; half > 0; half /= 2)
    for (int i = 0; i < half; ++i) a[i] += a[i + half];
  return a[0];
}

}  // namespace phaseloom::PHASELOOM_ISA
