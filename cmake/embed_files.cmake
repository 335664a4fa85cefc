# SPDX-License-Identifier: MIT
# phaseloom_embed(target function files...): puts text files into the target at configure time, so
# that the program needs no folder beside it. `function` returns them as (name, text) pairs; editing
# a file configures again.
function(phaseloom_embed target function)
  set(entries "")
  set(count 0)
  foreach(path IN LISTS ARGN)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    get_filename_component(name ${path} NAME)
    file(READ ${path} text)
    string(APPEND entries "    {\"${name}\", R\"~~~(${text})~~~\"},\n")
    math(EXPR count "${count} + 1")
  endforeach()
  file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp CONTENT
"#include \"app/render/embedded.hpp\"

namespace phaseloom {
namespace {
constexpr EmbeddedFile kFiles[] = {
${entries}};
}  // namespace
std::span<const EmbeddedFile> ${function}() { return kFiles; }
}  // namespace phaseloom
")
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp)
endfunction()
