// SPDX-License-Identifier: MIT
#include "engine/dynamics/kernels.hpp"

#include "engine/support/error.hpp"

namespace phaseloom {

template <class Real>
const Kernels<Real>& kernels(Substrate substrate) {
  switch (active_isa()) {
#if defined(__x86_64__)
    case Isa::avx512_bf16:
    case Isa::avx512:
      return avx512::kernels_of<Real>(substrate);
    case Isa::avx2:
      return avx2::kernels_of<Real>(substrate);
#endif
    default:
      return baseline::kernels_of<Real>(substrate);
  }
}

const Kernels<float>& pair_kernels([[maybe_unused]] Substrate substrate) {
#if defined(__x86_64__)
  return avx512_bf16::kernels_of(substrate);
#else
  fail("no kernels for pairs of bfloat16 on this processor");
#endif
}

template const Kernels<float>& kernels(Substrate);
template const Kernels<double>& kernels(Substrate);

}  // namespace phaseloom
