// SPDX-License-Identifier: MIT
#include "engine/data/csv.hpp"

#include <cstdint>
#include <limits>

#include "engine/data/file_kind.hpp"
#include "engine/support/number.hpp"

namespace phaseloom {
namespace {

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

}  // namespace

void for_each_csv_line(std::string_view text,
                       const std::function<void(int, std::string_view)>& visit) {
  text = without_mark(text);
  for (int number = 1; !text.empty(); ++number) {
    const auto end = text.find_first_of("\r\n");
    const auto line = without_blanks(text.substr(0, end));
    const bool two_signs = end != std::string_view::npos && text.substr(end).starts_with("\r\n");
    text =
        end == std::string_view::npos ? std::string_view() : text.substr(end + (two_signs ? 2 : 1));
    if (!line.empty() && line.front() != '#') visit(number, line);
  }
}

std::vector<std::string_view> csv_fields(std::string_view line) {
  std::vector<std::string_view> fields;
  for (;;) {
    const auto comma = line.find(',');
    fields.push_back(without_blanks(line.substr(0, comma)));
    if (comma == std::string_view::npos) return fields;
    line = line.substr(comma + 1);
  }
}

template <class Number>
std::optional<Number> csv_number(std::string_view field) {
  if constexpr (std::floating_point<Number>)
    if (field == "inf") return std::numeric_limits<Number>::infinity();
  return parse_number<Number>(field);
}

template std::optional<int> csv_number(std::string_view);
template std::optional<std::int64_t> csv_number(std::string_view);
template std::optional<std::uint64_t> csv_number(std::string_view);
template std::optional<double> csv_number(std::string_view);

}  // namespace phaseloom
