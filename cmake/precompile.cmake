# SPDX-License-Identifier: MIT
# phaseloom_precompile(target headers...): reads what nearly every file includes once for the whole
# target: the standard headers below and those named, which may be our own where nearly every file
# has to be compiled again anyway when they change. Each file includes what it needs all the same, so
# that it compiles without (PHASELOOM_PRECOMPILE=OFF). Parsing is most of the time of most files.
option(PHASELOOM_PRECOMPILE "Precompile the headers that nearly every file includes" ON)

set(PHASELOOM_COMMON_HEADERS
  <algorithm> <array> <chrono> <cmath> <cstdint> <cstdlib> <filesystem> <functional> <limits> <map>
  <memory> <optional> <span> <stop_token> <string> <string_view> <utility> <vector>
  <fmt/format.h>)

function(phaseloom_precompile target)
  if(PHASELOOM_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${PHASELOOM_COMMON_HEADERS} ${ARGN})
    # -fpch-preprocess: compiler caches need it. The rest: GCC 12 sees overflows in the standard
    # library's strings that are not there, and says so once it has these headers precompiled.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
      target_compile_options(${target} PRIVATE -Wno-stringop-overflow -Wno-array-bounds)
    endif()
  endif()
endfunction()

# phaseloom_compile_quickly(target [EXCEPT files...]): what has no loops of its own that take time.
# Optimising it is a third of the time that it takes to compile.
function(phaseloom_compile_quickly target)
  cmake_parse_arguments(PARSE_ARGV 1 quickly "" "" EXCEPT)
  # With fewer passes GCC 12 loses sight of what was set; elsewhere the warning stays.
  target_compile_options(${target} PRIVATE
    $<$<CONFIG:Release>:-O1> $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  # GCC 12 crashes on headers that were precompiled for another level.
  set_source_files_properties(${quickly_EXCEPT} PROPERTIES SKIP_PRECOMPILE_HEADERS ON
                              COMPILE_OPTIONS $<$<CONFIG:Release>:-O3>)
endfunction()
