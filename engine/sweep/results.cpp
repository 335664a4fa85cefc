// SPDX-License-Identifier: MIT
#include "engine/sweep/results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/data/file_kind.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/sweep/line_reader.hpp"
#include "engine/sweep/pareto.hpp"

namespace phaseloom {
namespace {

constexpr std::string_view kHeader =
    "model,bits,density,weight_noise,mismatch,seed,kind,samples,relative_fcd,fcd,class_entropy,"
    "energy_save_and_reprogram_J,energy_state_stationary_J,energy_weight_stationary_J,area_mm2,"
    "couplings,wires,iterations,network,instruction_set,problem,train_minutes,seconds";
constexpr std::string_view kClockColumns = ",train_minutes,seconds";
constexpr double kMost = std::numeric_limits<double>::max();

/// In the fewest digits that say exactly this number; empty if it is not known.
std::string number(double value) {
  return std::isnan(value) ? std::string() : fmt::format("{}", value);
}

std::string line_of(const SweepRow& r) {
  return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}", r.model,
                     r.bits, r.density, r.weight_noise, r.mismatch, r.seed, name_of(r.kind),
                     r.samples, number(r.relative), number(r.distance), number(r.class_entropy),
                     r.energy[0], r.energy[1], r.energy[2], r.area, r.couplings, r.wires,
                     r.iterations, as_field(r.network), as_field(r.instruction_set),
                     as_field(r.problem));
}

/// A file below the folder, by a plain path: it is opened, so that it must not lead anywhere else.
bool is_below(std::string_view path) {
  if (path.empty() || path.front() == '/') return false;
  for (const auto& part : std::filesystem::path(path))
    if (!is_plain_name(part.string())) return false;
  return true;
}

SweepRow read_line(std::string_view source, int at, std::string_view text) {
  TableLine line(source, at, text, kHeader);
  SweepRow row;
  row.model = line.text();
  if (!is_plain_name(row.model))
    fail("{}: line {}: model is {}; letters, digits, -, _ and . are needed", source, at,
         printable(row.model));
  row.bits = line.number<int>(0, 8);
  row.density = line.number<double>(1e-12, 1);
  row.weight_noise = line.number<double>(0, 10);
  row.mismatch = line.number<double>(0, 10);
  row.seed = line.count<std::uint64_t>();
  const std::string kind = line.text();
  const auto found = find_named<SweepKind>(kind);
  if (!found)
    fail("{}: line {}: kind is {}; one of {} is needed", source, at, printable(kind),
         listed(names_of<SweepKind>()));
  row.kind = *found;
  row.samples = line.number<int>(0, kMaxSweepSamples);
  row.relative = line.known_number(SweepRow::kUnknown);
  row.distance = line.known_number(SweepRow::kUnknown);
  row.class_entropy = line.known_number(SweepRow::kUnknown);
  for (double& energy : row.energy) energy = line.number<double>(0, kMost);
  row.area = line.number<double>(0, kMost);
  row.couplings = line.number<double>(0, kMost);
  row.wires = line.count<std::int64_t>();
  row.iterations = line.count<std::int64_t>();
  row.network = line.text();
  if (!is_below(row.network))
    fail("{}: line {}: network is {}; a file below the sweep's folder is needed", source, at,
         printable(row.network));
  row.instruction_set = line.text();
  row.problem = line.text();
  row.train_minutes = line.number<double>(0, kMost);
  row.seconds = line.number<double>(0, kMost);
  if ((row.samples == 0) != row.failed())
    fail("{}: line {}: {} samples and {} problem; one without the other is right", source, at,
         row.samples, row.failed() ? "a" : "no");
  return row;
}

}  // namespace

bool SweepRow::is_of(const SweepCell& cell) const {
  return model == cell.model && bits == cell.hardware.bits && density == cell.hardware.density &&
         weight_noise == cell.hardware.weight_noise && mismatch == cell.hardware.mismatch &&
         seed == cell.seed && kind == cell.kind;
}

SweepRow row_of(const SweepCell& cell) {
  SweepRow row;
  row.model = cell.model;
  row.bits = cell.hardware.bits;
  row.density = cell.hardware.density;
  row.weight_noise = cell.hardware.weight_noise;
  row.mismatch = cell.hardware.mismatch;
  row.seed = cell.seed;
  row.kind = cell.kind;
  return row;
}

std::string sweep_csv(std::span<const SweepRow> rows) {
  std::string text = fmt::format("{}\n", kHeader);
  for (const SweepRow& row : rows)
    text += fmt::format("{},{:.4g},{:.4g}\n", line_of(row), row.train_minutes, row.seconds);
  return text;
}

std::string sweep_csv_without_clock(std::span<const SweepRow> rows) {
  std::string text = fmt::format("{}\n", kHeader.substr(0, kHeader.size() - kClockColumns.size()));
  for (const SweepRow& row : rows) text += line_of(row) + "\n";
  return text;
}

std::vector<SweepRow> parse_sweep(std::string_view text, std::string_view source) {
  std::vector<SweepRow> rows;
  std::set<std::string> known;
  bool header = false;
  for_each_csv_line(text, [&](int number, std::string_view line) {
    if (!header) {
      if (line != kHeader)
        fail("{}: line {}: this is no sweep's table; the first line must be {}", source, number,
             kHeader);
      header = true;
      return;
    }
    SweepRow row = read_line(source, number, line);
    const auto key = fmt::format("{},{},{},{},{},{},{}", row.model, row.bits, row.density,
                                 row.weight_noise, row.mismatch, row.seed, name_of(row.kind));
    if (!known.insert(key).second)
      fail("{}: line {}: the same cell stands in an earlier line", source, number);
    rows.push_back(std::move(row));
  });
  if (!header) fail("{}: empty; the first line must be {}", source, kHeader);
  return rows;
}

std::vector<SweepRow> read_sweep(const std::filesystem::path& path) {
  const auto bytes = read_file(path, std::size_t{64} << 20);
  return parse_sweep(text_in(bytes, "table of a sweep", path.string()), path.string());
}

std::vector<SweepRow> SweepTable::rows() const {
  std::vector<SweepRow> all;
  for (const Place& place : places)
    if (place.row) all.push_back(*place.row);
  return all;
}

const SweepTable::Place* SweepTable::find(std::string_view name) const {
  const auto found =
      std::ranges::find_if(places, [&](const Place& place) { return place.cell.name() == name; });
  return found == places.end() ? nullptr : &*found;
}

std::vector<std::size_t> pareto_front(std::span<const SweepRow> rows, ChunkHold hold) {
  std::vector<Tradeoff> points;
  for (const SweepRow& row : rows) points.push_back({row.energy_of(hold), row.relative});
  return pareto_front(points);
}

}  // namespace phaseloom
