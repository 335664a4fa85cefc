// SPDX-License-Identifier: MIT
#include "engine/transport/points_file.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <vector>

#include "engine/data/csv.hpp"
#include "engine/data/csv_dialect.hpp"
#include "engine/data/file_kind.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"
#include "engine/transport/pair.hpp"

namespace phaseloom {
namespace {

// What programs that know maps call the two directions.
constexpr std::array<std::string_view, 6> kAcross{"x",   "longitude", "lon",
                                                  "lng", "easting",   "east"};
constexpr std::array<std::string_view, 5> kUp{"y", "latitude", "lat", "northing", "north"};

/// The column of one of these names, in capitals or not; nothing when none or several have one.
std::optional<std::size_t> column_named(std::span<const std::string_view> names,
                                        const std::vector<std::string>& header) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < header.size(); ++i) {
    std::string name = header[i];
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (std::ranges::find(names, name) == names.end()) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

class PointsReader {
 public:
  explicit PointsReader(std::string_view source) : source_(source) {}

  void line(int number, std::string_view text) {
    if (!dialect_) {
      // Spreadsheets put this before what they mean to read again.
      if (text.starts_with("sep=") && text.size() == 5) return;
      dialect_.emplace(text);
      if (header(dialect_->fields(text))) return;
    }
    add(number, dialect_->fields(text));
  }

  PrecisePoints take() {
    if (points_.size() < kMinOwnPoints)
      fail("{}: {} point{}; {} at least are needed, one per line as x,y", source_, points_.size(),
           points_.size() == 1 ? "" : "s", kMinOwnPoints);
    return std::move(points_);
  }

 private:
  /// Whether this is one; then it may say which columns are meant.
  bool header(const std::vector<std::string>& fields) {
    if (fields.size() < 2 ||
        std::ranges::any_of(fields, [](const auto& f) { return table_number(f).has_value(); }))
      return false;
    const auto x = column_named(kAcross, fields), y = column_named(kUp, fields);
    if (x && y) {
      columns_ = {*x, *y};
      width_ = fields.size();
      return true;
    }
    return fields.size() == 2 && is_column_name(fields[0]) && is_column_name(fields[1]);
  }

  void add(int number, const std::vector<std::string>& fields) {
    if (fields.size() != width_)
      fail("{}: line {} has {} column{} between {}; {}", source_, number, fields.size(),
           fields.size() == 1 ? "" : "s", dialect_->separators(),
           width_ == 2 ? "two are needed, x and y with a comma between, or a first line that names "
                         "the columns x and y among others"
                       : fmt::format("the first line names {}", width_));
    double place[2];
    for (std::size_t k = 0; k < 2; ++k) {
      const std::string& field = fields[columns_[k]];
      const auto value = table_number(field);
      if (!value) fail("{}: line {}: {} is no finite number", source_, number, printable(field));
      place[k] = *value;
    }
    if (points_.size() == kMaxOwnPoints)
      fail("{}: line {}: there are more than {} points; fewer are enough", source_, number,
           kMaxOwnPoints);
    points_.push_back({place[0], place[1]});
  }

  std::string_view source_;
  std::optional<CsvDialect> dialect_;
  std::array<std::size_t, 2> columns_{0, 1};
  std::size_t width_ = 2;
  PrecisePoints points_;
};

}  // namespace

PrecisePoints parse_points(std::string_view text, std::string_view source) {
  PointsReader reader(source);
  for_each_csv_line(text, [&](int number, std::string_view line) { reader.line(number, line); });
  return reader.take();
}

PrecisePoints read_points(const std::filesystem::path& path) {
  const auto bytes = read_file(path, std::size_t{64} << 20);
  return parse_points(text_in(bytes, "table of points", path.string()), path.string());
}

}  // namespace phaseloom
