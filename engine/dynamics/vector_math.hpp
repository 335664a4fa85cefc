// SPDX-License-Identifier: MIT
#pragma once
// Elementary functions over whole vectors, for .isa.cpp files. Math<float> evaluates polynomials
// (fitted for least maximal error on the reduced interval); Math<double> calls the C library
// element by element: double precision is there to check gradients, not to be fast.

#include <math.h>

#include "engine/support/simd.hpp"

namespace phaseloom::PHASELOOM_ISA {

template <class T>
struct Math;

template <>
struct Math<float> {
  using V = Vec<float>;
  using I = Vec<std::int32_t>;

  static I bits(V v) { return reinterpret_cast<I&>(v); }
  static V real(I i) { return reinterpret_cast<V&>(i); }
  /// Nearest integer as a float, for |v| < 2^22; `low` gets its bits in the low half.
  static V round(V v, I& low) {
    const V magic = splat(12582912.0f);  // 1.5 * 2^23: the sum's last bit is worth 1
    const V shifted = v + magic;
    low = bits(shifted);
    return shifted - magic;
  }

  /// Absolute error < 2e-7 for |x| < 1e4 rad.
  static void sin_cos(V x, V& sine, V& cosine) {
    I parity;
    const V n = round(x * 0.318309886183790672f, parity);
    // π in three parts, the first two short enough for n times them to be exact
    const V r = ((x - n * 3.140625f) - n * 0.0009675025939941406f) - n * 1.5099580252808664e-07f;
    const V z = r * r;
    const V s = r + r * z *
                        (splat(-0.16666659712791443f) +
                         z * (splat(0.008333087898790836f) +
                              z * (splat(-0.0001981105306185782f) + z * 2.6087896003446076e-06f)));
    const V c = splat(1.0f) +
                z * (splat(-0.5f) +
                     z * (splat(0.04166664183139801f) +
                          z * (splat(-0.0013888402609154582f) +
                               z * (splat(2.476180816302076e-05f) - z * 2.6075662162838853e-07f))));
    const I sign = parity << 31;  // odd multiples of π turn both signs
    sine = real(bits(s) ^ sign);
    cosine = real(bits(c) ^ sign);
  }

  /// Relative error < 5e-7; saturates at ±1.
  static V tanh(V x) {
    const I sign = bits(x) & static_cast<std::int32_t>(0x80000000u);
    V z = real(bits(x) ^ sign) * -2.0f;
    z = z < -40.0f ? splat(-40.0f) : z;
    // expm1(z) = 2^n (expm1(f) + 1) - 1 with z = n ln 2 + f
    I low;
    const V n = round(z * 1.44269504088896341f, low);
    const V f = (z - n * 0.693359375f) + n * 0.00021219444005471377f;
    const V p =
        f + f * f *
                (splat(0.5f) +
                 f * (splat(0.16666541993618011f) +
                      f * (splat(0.04166628047823906f) +
                           f * (splat(0.008366644382476807f) + f * 0.0013946554390713573f))));
    const V power = real((low << 23) + 0x3f800000);
    const V e = power * p + (power - 1.0f);
    return real(bits(-e / (e + 2.0f)) ^ sign);
  }
};

template <>
struct Math<double> {
  using V = Vec<double>;
  static void sin_cos(V x, V& sine, V& cosine) {
    V s{}, c{};
    for (int i = 0; i < kWidth<double>; ++i) {
      s[i] = ::sin(x[i]);
      c[i] = ::cos(x[i]);
    }
    sine = s;
    cosine = c;
  }
  static V tanh(V x) {
    for (int i = 0; i < kWidth<double>; ++i) x[i] = ::tanh(x[i]);
    return x;
  }
};

}  // namespace phaseloom::PHASELOOM_ISA
