// SPDX-License-Identifier: MIT
#pragma once
// Which of the compiled instruction sets this process uses.

namespace phaseloom {

/// Each contains the ones before. avx512_bf16 has products of bfloat16, for training; all else runs
/// the kernels of avx512.
enum class Isa { baseline, avx2, avx512, avx512_bf16 };

/// The best instruction set of this machine, or a lesser one named by the environment variable
/// PHASELOOM_ISA (baseline, avx2, avx512, avx512_bf16). Chosen once per process; throws Error when
/// the variable names none, or one that the machine has not.
Isa active_isa();

const char* isa_name(Isa isa);

}  // namespace phaseloom

#if defined(__x86_64__)
#define PHASELOOM_DISPATCH(function)                                                       \
  (::phaseloom::active_isa() >= ::phaseloom::Isa::avx512 ? ::phaseloom::avx512::function() \
   : ::phaseloom::active_isa() == ::phaseloom::Isa::avx2 ? ::phaseloom::avx2::function()   \
                                                         : ::phaseloom::baseline::function())
#define PHASELOOM_DECLARE_PER_ISA(declaration) \
  namespace baseline {                         \
  declaration;                                 \
  }                                            \
  namespace avx2 {                             \
  declaration;                                 \
  }                                            \
  namespace avx512 {                           \
  declaration;                                 \
  }
#else
#define PHASELOOM_DISPATCH(function) (::phaseloom::baseline::function())
#define PHASELOOM_DECLARE_PER_ISA(declaration) \
  namespace baseline {                         \
  declaration;                                 \
  }
#endif
