// SPDX-License-Identifier: MIT
#include "engine/transport/results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <tuple>

#include "engine/data/csv.hpp"
#include "engine/data/file_kind.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr std::string_view kHeader = "pair,model,loss,chunks,hidden,seed,w2_squared,floor,seconds";
constexpr std::size_t kColumns = 9;

class LineReader {
 public:
  LineReader(std::string_view source, int line) : source_(source), line_(line) {}

  template <class Number>
  Number number(std::string_view column, std::string_view field, Number least) const {
    const auto value = csv_number<Number>(field);
    if (!value || *value < least)
      fail("{}: line {}: {} is {}; a number of at least {} is needed", source_, line_, column,
           printable(field), least);
    return *value;
  }
  /// Names are of letters, digits and underscores: nothing in them can spoil a picture or a line.
  std::string name(std::string_view column, std::string_view field) const {
    const bool clean =
        std::ranges::all_of(field, [](unsigned char c) { return std::isalnum(c) || c == '_'; });
    if (field.empty() || field.size() > 60 || !clean)
      fail("{}: line {}: {} is {}; letters, digits and underscores are needed", source_, line_,
           column, printable(field));
    return std::string(field);
  }

 private:
  std::string_view source_;
  int line_;
};

}  // namespace

std::string results_csv(const std::vector<TransportRow>& rows) {
  std::string text(kHeader);
  text += '\n';
  for (const TransportRow& r : rows)
    text +=
        fmt::format("{},{},{},{},{},{},{:.6g},{:.6g},{:.3g}\n", r.pair, r.model, name_of(r.loss),
                    r.chunks, r.hidden, r.seed, r.w2_squared, r.floor, r.seconds);
  return text;
}

std::vector<TransportRow> parse_results(std::string_view text, std::string_view source) {
  std::vector<TransportRow> rows;
  std::set<std::tuple<std::string, std::string, TransportLoss, int, int, std::uint64_t>> known;
  bool header = false;
  for_each_csv_line(text, [&](int number, std::string_view line) {
    if (!header) {
      if (line != kHeader)
        fail("{}: line {}: these are no results; the first line must be {}", source, number,
             kHeader);
      header = true;
      return;
    }
    const auto f = csv_fields(line);
    if (f.size() != kColumns)
      fail("{}: line {} has {} columns; {} are needed", source, number, f.size(), kColumns);
    const LineReader read(source, number);
    TransportRow row;
    row.pair = read.name("pair", f[0]);
    row.model = read.name("model", f[1]);
    row.chunks = read.number("chunks", f[3], 1);
    row.hidden = read.number("hidden", f[4], 0);
    row.seed = read.number("seed", f[5], std::uint64_t{0});
    try {
      row.loss = named<TransportLoss>(f[2]);
      const TransportSetup setup =
          checked({row.model, row.loss, row.chunks, row.hidden, row.seed, 0});
      row.chunks = setup.chunks;
      row.hidden = setup.hidden;
    } catch (const Error& error) {
      fail("{}: line {}: {}", source, number, error.what());
    }
    row.w2_squared = read.number("w2_squared", f[6], 0.0);
    row.floor = read.number("floor", f[7], 0.0);
    if (row.floor == 0) fail("{}: line {}: floor is 0; sampling noise is more", source, number);
    row.seconds = read.number("seconds", f[8], 0.0);
    if (!known.emplace(row.pair, row.model, row.loss, row.chunks, row.hidden, row.seed).second)
      fail("{}: line {}: the same experiment stands in an earlier line", source, number);
    rows.push_back(std::move(row));
  });
  if (!header) fail("{}: empty; the first line must be {}", source, kHeader);
  return rows;
}

std::vector<TransportRow> read_results(const std::filesystem::path& path) {
  const auto bytes = read_file(path, std::size_t{64} << 20);
  return parse_results(text_in(bytes, "table of results", path.string()), path.string());
}

}  // namespace phaseloom
