#include "engine/dynamics/kernels.hpp"

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

template const Kernels<float>& kernels(Substrate);
template const Kernels<double>& kernels(Substrate);

}  // namespace phaseloom
