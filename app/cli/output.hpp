// SPDX-License-Identifier: MIT
#pragma once
// What the commands print. Standard output is their result, and main() tells if any of it was lost;
// standard error says how far they are, which is never worth a result. Neither ever throws.

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

namespace phaseloom {

/// Before anything is opened or printed: a reader that goes away is an error of writing rather than
/// the program's end, and files that are opened never become standard output by chance.
void prepare_output();

/// From now on nothing is printed but complaints: another process of the same work prints.
void leave_printing_to_others();

void print_text(std::string_view text);
/// To standard output.
template <class... Args>
void print_out(fmt::format_string<Args...> format, Args&&... args) {
  print_text(fmt::format(format, std::forward<Args>(args)...));
}
/// What was printed so far can be seen.
void flush_output();

void report_text(std::string_view text);
/// To standard error, at once; dropped if that cannot be.
template <class... Args>
void report(fmt::format_string<Args...> format, Args&&... args) {
  report_text(fmt::format(format, std::forward<Args>(args)...));
}

/// To standard error, whoever prints.
void complain_text(std::string_view text);

/// At the end: false, with the reason, if not all that was printed has arrived.
bool finish_output(std::string& reason);

}  // namespace phaseloom
