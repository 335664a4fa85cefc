# SPDX-License-Identifier: MIT
# phaseloom_isa_sources(target files...): compiles each file once per instruction set, so that one
# binary serves every machine. Inside, PHASELOOM_ISA names the namespace (baseline, avx2, avx512)
# and PHASELOOM_VECTOR_BYTES the register width; engine/support/isa.hpp chooses at run time.
#
# Kernels are optimised in every build type (an -O0 kernel would make the other tests endless), and
# the sanitizers leave them alone: fully instrumented at -O3 they take minutes to compile. What calls
# them stays instrumented, and allocates all that they touch; an access of theirs beyond it, or a race
# within them, goes unseen. PHASELOOM_SANITIZE_KERNELS=ON shows these too: at -O1, with calls instead of
# inline checks of addresses, the largest file compiles in twice the time of the plain one.
set(PHASELOOM_ISAS baseline)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  list(APPEND PHASELOOM_ISAS avx2 avx512)
endif()
set(PHASELOOM_ISA_FLAGS_baseline "")
set(PHASELOOM_ISA_FLAGS_avx2 -mavx2 -mfma)
set(PHASELOOM_ISA_FLAGS_avx512 -mavx512f -mavx512dq -mavx512bw -mavx512vl -mfma
    -mprefer-vector-width=512)
set(PHASELOOM_ISA_BYTES_baseline 16)
set(PHASELOOM_ISA_BYTES_avx2 32)
set(PHASELOOM_ISA_BYTES_avx512 64)
set(PHASELOOM_ISA_FLAGS_avx512_bf16 ${PHASELOOM_ISA_FLAGS_avx512} -mavx512bf16)
set(PHASELOOM_ISA_BYTES_avx512_bf16 64)

set(PHASELOOM_KERNEL_OPTIONS -O3)
if(PHASELOOM_SANITIZE_KERNELS AND PHASELOOM_SANITIZE)
  set(PHASELOOM_KERNEL_OPTIONS -O1 -fno-omit-frame-pointer)
  if("address" IN_LIST PHASELOOM_SANITIZE)
    list(APPEND PHASELOOM_KERNEL_OPTIONS -fsanitize=address)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      list(APPEND PHASELOOM_KERNEL_OPTIONS "SHELL:--param asan-instrumentation-with-call-threshold=0")
    endif()
  endif()
  if("thread" IN_LIST PHASELOOM_SANITIZE)
    list(APPEND PHASELOOM_KERNEL_OPTIONS -fsanitize=thread)
  endif()
endif()

function(phaseloom_isa_objects target isa)
  add_library(${target}_${isa} OBJECT ${ARGN})
  target_link_libraries(${target}_${isa} PRIVATE phaseloom_warnings)
  set_target_properties(${target}_${isa} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_compile_options(${target}_${isa} PRIVATE ${PHASELOOM_ISA_FLAGS_${isa}}
                         ${PHASELOOM_KERNEL_OPTIONS}
                         -fno-math-errno -fno-trapping-math -ffp-contract=fast)
  target_compile_definitions(${target}_${isa} PRIVATE
    PHASELOOM_ISA=${isa} PHASELOOM_VECTOR_BYTES=${PHASELOOM_ISA_BYTES_${isa}})
  target_sources(${target} PRIVATE $<TARGET_OBJECTS:${target}_${isa}>)
endfunction()

function(phaseloom_isa_sources target)
  if(NOT ARGN)
    return()
  endif()
  foreach(isa IN LISTS PHASELOOM_ISAS)
    phaseloom_isa_objects(${target} ${isa} ${ARGN})
  endforeach()
endfunction()

# phaseloom_bf16_sources(target files...): kernels with products of bfloat16, where there is an
# instruction for them.
function(phaseloom_bf16_sources target)
  if("avx512" IN_LIST PHASELOOM_ISAS)
    phaseloom_isa_objects(${target} avx512_bf16 ${ARGN})
  endif()
endfunction()
