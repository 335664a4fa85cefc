// SPDX-License-Identifier: MIT
#include "engine/thermo/path_kernels.hpp"

namespace phaseloom {

template <class Real>
const PathKernels<Real>& path_kernels() {
  static const PathKernels<Real> kernels = PHASELOOM_DISPATCH(path_kernels_of<Real>);
  return kernels;
}

template const PathKernels<float>& path_kernels();
template const PathKernels<double>& path_kernels();

}  // namespace phaseloom
