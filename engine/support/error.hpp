// SPDX-License-Identifier: MIT
#pragma once
// Bad input from outside (file, flag, scene, script). Programming errors are asserts instead.

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace phaseloom {

/// One line that names the thing, what is wrong and what would be right, e.g.
/// "m.safetensors: header length 9999 exceeds the file (120 bytes); is the download complete?".
/// The command line prints it and exits with 2; the window shows it as a message.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws Error with a formatted message.
template <class... Args>
[[noreturn]] void fail(fmt::format_string<Args...> format, Args&&... args) {
  throw Error(fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace phaseloom
