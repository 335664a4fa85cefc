# One interface target carries the rules of our own code: warnings are errors, sanitizers when asked.
add_library(phaseloom_rules INTERFACE)
target_include_directories(phaseloom_rules INTERFACE ${PROJECT_SOURCE_DIR})
# -Wno-psabi: passing 64-byte vectors between functions is internal to the kernels, never an ABI.
# -Wno-restrict: GCC 12 sees overlaps in "text" + std::string that are not there (its bug 105651).
target_compile_options(phaseloom_rules INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wno-psabi
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> -Werror
  $<$<CONFIG:Release>:-O3>)
if(PHASELOOM_SANITIZE)
  list(JOIN PHASELOOM_SANITIZE "," sanitizers)
  target_compile_options(phaseloom_rules INTERFACE
    -fsanitize=${sanitizers} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(phaseloom_rules INTERFACE -fsanitize=${sanitizers})
endif()
if(PHASELOOM_FUZZ)
  # The fuzzers steer by the coverage of the engine, so it is instrumented too.
  target_compile_options(phaseloom_rules INTERFACE -fsanitize=fuzzer-no-link)
endif()
