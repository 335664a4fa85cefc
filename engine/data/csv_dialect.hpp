// SPDX-License-Identifier: MIT
#pragma once
// Tables as other programs write them: between the fields commas, semicolons, tabs or blanks, maybe
// quotes around them, maybe a comma within the numbers.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace phaseloom {

class CsvDialect {
 public:
  /// As this line shows it, which is the first one of the table.
  explicit CsvDialect(std::string_view line);

  /// The fields of a line, without quotes and the blanks around them. One at least; an empty one at
  /// the end of the line, after a separator too many, is passed over.
  std::vector<std::string> fields(std::string_view line) const;

  /// What separates the fields, in words: "commas".
  std::string_view separators() const;

 private:
  char separator_ = ',';  // ' ' is any number of blanks
};

/// The finite number that is all of the field; a single comma may be its decimal point.
std::optional<double> table_number(std::string_view field);

/// A field that names its column: neither empty nor a number, nor one of the words for no number.
bool is_column_name(std::string_view field);

}  // namespace phaseloom
