// SPDX-License-Identifier: MIT
#pragma once
// Whatever is thrown becomes one line of text: for work on a thread of its own, and for all that a
// window's frame calls, where an exception would end the program and take along what was not saved.

#include <exception>
#include <new>
#include <optional>
#include <string>
#include <string_view>

namespace phaseloom {

/// Does the work. What it throws is told in one line, `out_of_memory` if that is what it was; none
/// if all went well.
template <class Work>
std::optional<std::string> problem_of(Work&& work,
                                      std::string_view out_of_memory = "not enough memory") {
  try {
    work();
  } catch (const std::bad_alloc&) {
    return std::string(out_of_memory);
  } catch (const std::exception& error) {
    return std::string(error.what());
  } catch (...) {
    return std::string("something was thrown that is no error");
  }
  return std::nullopt;
}

}  // namespace phaseloom
