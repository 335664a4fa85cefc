// SPDX-License-Identifier: MIT
#pragma once
// Tables of numbers and names as text: lines of fields between commas, without quotes, as we write
// them. (csv_dialect.hpp: as others do.)

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace phaseloom {

/// Calls `visit(number, line)` for each line, numbered from 1, without its end (`\n`, `\r\n` or
/// `\r`) and without blanks around it; empty lines and those that begin with # are passed over.
void for_each_csv_line(std::string_view text,
                       const std::function<void(int, std::string_view)>& visit);

/// The fields of a line, blanks around each cut off. One at least.
std::vector<std::string_view> csv_fields(std::string_view line);

/// The number that is all of the field (number.hpp). For floating-point numbers also "inf".
template <class Number>
std::optional<Number> csv_number(std::string_view field);

}  // namespace phaseloom
