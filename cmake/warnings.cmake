# SPDX-License-Identifier: MIT
# Interface targets carry the rules of our own code. phaseloom_warnings: what is warned of, as errors
# if PHASELOOM_WERROR is on. It is not for everybody: a newer compiler warns of more.
# phaseloom_rules: these, and sanitizers when asked; everything but the kernels links it.
add_library(phaseloom_warnings INTERFACE)
target_include_directories(phaseloom_warnings INTERFACE ${PROJECT_SOURCE_DIR})
# -Wno-psabi: passing 64-byte vectors between functions is internal to the kernels, never an ABI.
# -Wno-restrict: GCC 12 sees overlaps in "text" + std::string that are not there (its bug 105651).
target_compile_options(phaseloom_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wno-psabi
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<BOOL:${PHASELOOM_WERROR}>:-Werror>)

add_library(phaseloom_rules INTERFACE)
target_link_libraries(phaseloom_rules INTERFACE phaseloom_warnings)
if(PHASELOOM_SANITIZE)
  list(JOIN PHASELOOM_SANITIZE "," sanitizers)
  # -O1 -g1 halves the time to compile (optimising the checks is what costs) and still names lines in
  # a report; asserts are on, another check that is too slow for everyday. -Wno-maybe-uninitialized:
  # between the checks, GCC 12 loses sight of what was set (in LEMON, through std::vector).
  target_compile_options(phaseloom_rules INTERFACE
    -O1 -g1 -UNDEBUG -fsanitize=${sanitizers} -fno-omit-frame-pointer -fno-sanitize-recover=all
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(phaseloom_rules INTERFACE -fsanitize=${sanitizers})
endif()
if(PHASELOOM_FUZZ)
  # The fuzzers steer by the coverage of the engine, so it is instrumented too.
  target_compile_options(phaseloom_rules INTERFACE -fsanitize=fuzzer-no-link)
endif()
