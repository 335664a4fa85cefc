// SPDX-License-Identifier: MIT
#include "engine/support/isa.hpp"

#include <cstdlib>
#include <string_view>

#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

Isa best_isa() {
  Isa best = Isa::baseline;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) best = Isa::avx2;
  if (best == Isa::avx2 && __builtin_cpu_supports("avx512f") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl"))
    best = Isa::avx512;
  if (best == Isa::avx512 && __builtin_cpu_supports("avx512bf16")) best = Isa::avx512_bf16;
#endif
  return best;
}

Isa chosen_isa() {
  const Isa best = best_isa();
  const char* wish = std::getenv("PHASELOOM_ISA");
  if (wish == nullptr || *wish == '\0') return best;
  for (const Isa isa : {Isa::baseline, Isa::avx2, Isa::avx512, Isa::avx512_bf16}) {
    if (std::string_view(wish) != isa_name(isa)) continue;
    // Another one would give other bits than those that were asked for.
    if (isa > best)
      fail("PHASELOOM_ISA: {} is more than this machine has, which is {}", wish, isa_name(best));
    return isa;
  }
  fail("PHASELOOM_ISA: {} is no instruction set; choose baseline, avx2, avx512 or avx512_bf16",
       printable(wish));
}

}  // namespace

Isa active_isa() {
  static const Isa isa = chosen_isa();
  return isa;
}

const char* isa_name(Isa isa) {
  switch (isa) {
    case Isa::avx512_bf16:
      return "avx512_bf16";
    case Isa::avx512:
      return "avx512";
    case Isa::avx2:
      return "avx2";
    case Isa::baseline:
      break;
  }
  return "baseline";
}

}  // namespace phaseloom
