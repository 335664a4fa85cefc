// SPDX-License-Identifier: MIT
#pragma once
// Cells of a table that is written (RFC 4180).

#include <string>
#include <string_view>

namespace phaseloom {

/// Quoted if it has to be.
inline std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

}  // namespace phaseloom
