// SPDX-License-Identifier: MIT
#pragma once
// The fields of a line of one of the room's tables.

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/csv.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

/// Text as a field of a table holds it: in one line, without commas, cut after so many bytes. What
/// is such a text already stays as it is.
inline std::string as_field(std::string_view text) {
  constexpr std::size_t kLongest = 400, kRead = 4000;
  std::string field = legible(text.substr(0, kRead));
  for (char& c : field)
    if (c == ',') c = ';';
  std::size_t end = 0;
  while (end < field.size() && end + utf8_length(field, end) <= kLongest)
    end += utf8_length(field, end);
  field.resize(end);
  while (!field.empty() && field.back() == ' ') field.pop_back();
  while (!field.empty() && field.front() == ' ') field.erase(0, 1);
  return field;
}

/// Takes field after field; all errors name the file, the line and the column.
class TableLine {
 public:
  TableLine(std::string_view source, int line, std::string_view text, std::string_view columns)
      : source_(source), line_(line), fields_(csv_fields(text)), columns_(csv_fields(columns)) {
    if (fields_.size() != columns_.size())
      fail("{}: line {} has {} columns; {} are needed", source, line, fields_.size(),
           columns_.size());
  }

  template <class Number>
  Number number(double least, double most) {
    const auto value = csv_number<Number>(fields_[at_]);
    if (!value || !(double(*value) >= least && double(*value) <= most)) {
      if (most == std::numeric_limits<double>::max())
        wrong(fmt::format("a number of at least {} is needed", least));
      wrong(fmt::format("a number from {} to {} is needed", least, most));
    }
    ++at_;
    return *value;
  }
  /// May be empty, which is `unknown`.
  double known_number(double unknown) {
    if (!fields_[at_].empty()) return number<double>(0, std::numeric_limits<double>::max());
    ++at_;
    return unknown;
  }
  /// Any number that is no less than 0.
  template <class Number>
  Number count() {
    const auto value = csv_number<Number>(fields_[at_]);
    if (!value || *value < 0) wrong("a whole number of at least 0 is needed");
    ++at_;
    return *value;
  }
  std::string text() { return as_field(fields_[at_++]); }
  [[noreturn]] void wrong(std::string_view what_is_right) const {
    fail("{}: line {}: {} is {}; {}", source_, line_, columns_[at_], printable(fields_[at_]),
         what_is_right);
  }

 private:
  std::string_view source_;
  int line_;
  std::vector<std::string_view> fields_, columns_;
  std::size_t at_ = 0;
};

}  // namespace phaseloom
