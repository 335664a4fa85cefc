#include "engine/data/csv.hpp"

#include <charconv>
#include <cstdint>
#include <system_error>

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
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // some programs mark UTF-8
  for (int number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    const auto line = without_blanks(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
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
  Number value{};
  const char* end = field.data() + field.size();
  const auto [stop, problem] = std::from_chars(field.data(), end, value);
  if (problem != std::errc{} || stop != end || value != value) return std::nullopt;
  return value;
}

template std::optional<int> csv_number(std::string_view);
template std::optional<std::uint64_t> csv_number(std::string_view);
template std::optional<float> csv_number(std::string_view);
template std::optional<double> csv_number(std::string_view);

}  // namespace phaseloom
