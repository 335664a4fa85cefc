// SPDX-License-Identifier: MIT
#pragma once
// Dense matrix products in single precision, through Eigen, compiled once per instruction set: what
// lies behind the metrics that compare many pictures.

#include <cstddef>

#include "engine/support/isa.hpp"

namespace phaseloom {

/// c[j][i] = sum over k of a[i][k] b[j][k]: every row of a with every row of b.
struct RowProducts {
  const float* a;  ///< [a_rows][depth]
  const float* b;  ///< [b_rows][depth]
  float* c;        ///< row j begins at c + j * c_stride, c_stride >= a_rows
  std::ptrdiff_t a_rows, b_rows, depth, c_stride;
};

/// On the calling thread alone; callers cut their work into items of a ThreadPool. The result is a
/// function of the job and of the instruction set: the block sizes do not follow the machine's
/// caches.
void multiply_rows(const RowProducts& job);

PHASELOOM_DECLARE_PER_ISA(void multiply_rows(const RowProducts& job))

}  // namespace phaseloom
