// SPDX-License-Identifier: MIT
#include "engine/support/row_products.hpp"

#include <cassert>

namespace phaseloom {

void multiply_rows(const RowProducts& job) {
  assert(job.a_rows >= 0 && job.b_rows >= 0 && job.depth > 0 && job.c_stride >= job.a_rows);
#if defined(__x86_64__)
  switch (active_isa()) {
    case Isa::avx512_bf16:
    case Isa::avx512:
      return avx512::multiply_rows(job);
    case Isa::avx2:
      return avx2::multiply_rows(job);
    case Isa::baseline:
      break;
  }
#endif
  baseline::multiply_rows(job);
}

}  // namespace phaseloom
