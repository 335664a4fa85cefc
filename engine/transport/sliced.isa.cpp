// SPDX-License-Identifier: MIT
#include "engine/transport/sliced.hpp"

#include "engine/support/simd.hpp"

namespace phaseloom::PHASELOOM_ISA {

void sort_columns(const SortJob& job) {
  using V = Vec<std::int32_t>;
  for (std::size_t k = 0; k < job.comparators; ++k) {
    std::int32_t* low = job.keys + static_cast<long>(job.network[k].first) * job.lanes;
    std::int32_t* high = job.keys + static_cast<long>(job.network[k].second) * job.lanes;
    for (int l = 0; l < job.lanes; l += kWidth<std::int32_t>) {
      const V a = load(low + l), b = load(high + l);
      const V less = a < b;
      store(low + l, (a & less) | (b & ~less));
      store(high + l, (b & less) | (a & ~less));
    }
  }
}

}  // namespace phaseloom::PHASELOOM_ISA
