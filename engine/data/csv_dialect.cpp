// SPDX-License-Identifier: MIT
#include "engine/data/csv_dialect.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "engine/support/number.hpp"

namespace phaseloom {
namespace {

struct Separator {
  char sign;
  std::string_view words;
};
// Who writes ; or tabs may well write 0,5 for a half, so that commas come last.
constexpr std::array kSeparators{Separator{';', "semicolons"}, Separator{'\t', "tabs"},
                                 Separator{',', "commas"}, Separator{' ', "blanks"}};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/// Whether the sign is in the line outside of quotes.
bool separates(char sign, std::string_view line) {
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (c == sign && !quoted) return true;
  }
  return false;
}

/// Takes a field in quotes from the front of the text, where a quote stands; "" is a quote in it.
std::string take_quoted(std::string_view& text) {
  std::string field;
  text.remove_prefix(1);
  while (!text.empty()) {
    const char c = text[0];
    const bool doubled = c == '"' && text.size() > 1 && text[1] == '"';
    text.remove_prefix(doubled ? 2 : 1);
    if (c == '"' && !doubled) return field;
    field += c;
  }
  return '"' + field;  // never closed: the quote is part of it, and no number then
}

}  // namespace

CsvDialect::CsvDialect(std::string_view line) {
  // Any of them separates, but for the last one, which there is nothing else to see of.
  for (const Separator& s : kSeparators) {
    separator_ = s.sign;
    if (separates(s.sign, line)) break;
  }
}

std::vector<std::string> CsvDialect::fields(std::string_view line) const {
  std::vector<std::string> fields;
  const auto skip_blanks = [&] {
    while (!line.empty() && is_blank(line[0]) && (separator_ != line[0] || separator_ == ' '))
      line.remove_prefix(1);
  };
  for (;;) {
    skip_blanks();
    std::string field;
    if (line.starts_with('"')) field = take_quoted(line);
    std::size_t end = line.find(separator_);
    if (separator_ == ' ') end = std::min(end, line.find('\t'));
    field += line.substr(0, end);
    while (!field.empty() && is_blank(field.back())) field.pop_back();
    const bool last = end == std::string_view::npos;
    if (!last || !field.empty() || fields.empty()) fields.push_back(std::move(field));
    if (last) return fields;
    line.remove_prefix(end + 1);
  }
}

std::string_view CsvDialect::separators() const {
  return std::ranges::find(kSeparators, separator_, &Separator::sign)->words;
}

std::optional<double> table_number(std::string_view field) {
  if (const auto value = parse_number<double>(field)) return value;
  if (std::ranges::count(field, ',') != 1 || field.find('.') != field.npos) return std::nullopt;
  std::string with_point(field);
  with_point[field.find(',')] = '.';
  return parse_number<double>(with_point);
}

bool is_column_name(std::string_view field) {
  constexpr std::array<std::string_view, 9> kNoNames{"",   "nan", "-nan", "inf",     "-inf",
                                                     "na", "n/a", "null", "infinity"};
  std::string small(field);
  std::ranges::transform(small, small.begin(), [](unsigned char c) { return std::tolower(c); });
  return !table_number(field) && std::ranges::find(kNoNames, small) == kNoNames.end();
}

}  // namespace phaseloom
