// SPDX-License-Identifier: MIT
#include "engine/sweep/chips.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "engine/support/error.hpp"
#include "engine/sweep/line_reader.hpp"

namespace phaseloom {
namespace {

constexpr std::string_view kHeader = "mismatch,device,relative_fcd,fcd,class_entropy,problem";

}  // namespace

ChipStatistics statistics_of(std::span<const ChipQuality> chips) {
  ChipStatistics statistics;
  statistics.devices = static_cast<int>(chips.size());
  if (chips.empty()) return statistics;
  std::vector<int> order(chips.size());
  std::iota(order.begin(), order.end(), 0);
  const auto chip = [&](int i) -> const ChipQuality& { return chips[static_cast<std::size_t>(i)]; };
  std::ranges::stable_sort(order, [&](int a, int b) {
    if (chip(a).failed() || chip(b).failed()) return !chip(a).failed() && chip(b).failed();
    return chip(a).relative < chip(b).relative;
  });
  statistics.best = order.front();
  statistics.median = order[(order.size() - 1) / 2];
  statistics.worst = order.back();
  double sum = 0, squares = 0;
  int counted = 0;
  for (const ChipQuality& c : chips) {
    if (c.failed()) continue;
    ++counted;
    sum += c.relative;
  }
  statistics.failed = statistics.devices - counted;
  if (counted > 0) statistics.mean = sum / counted;
  for (const ChipQuality& c : chips)
    if (!c.failed()) squares += (c.relative - statistics.mean) * (c.relative - statistics.mean);
  if (counted > 1) statistics.deviation = std::sqrt(squares / (counted - 1));
  return statistics;
}

std::optional<double> yield_of(std::span<const ChipQuality> chips, double limit) {
  if (chips.empty()) return std::nullopt;
  const auto good = std::ranges::count_if(
      chips, [&](const ChipQuality& c) { return !c.failed() && c.relative <= limit; });
  return double(good) / double(chips.size());
}

std::optional<double> bearable_mismatch(std::span<const ChipPopulation> populations, double limit,
                                        double wanted) {
  std::vector<std::pair<double, double>> yields;  // by mismatch
  for (const ChipPopulation& p : populations)
    if (const auto yield = yield_of(p.chips, limit)) yields.emplace_back(p.mismatch, *yield);
  std::ranges::sort(yields);
  std::optional<double> borne;
  for (std::size_t i = 0; i < yields.size(); ++i) {
    const auto [mismatch, yield] = yields[i];
    if (yield >= wanted) {
      borne = mismatch;
      continue;
    }
    if (!borne) return std::nullopt;
    // More mismatch than this is not borne, whatever a few lucky devices say.
    const auto [before, good] = yields[i - 1];
    return before + (mismatch - before) * (good - wanted) / (good - yield);
  }
  return borne;
}

ChipHistogram histogram_of(std::span<const ChipQuality> chips, int bins) {
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (const ChipQuality& c : chips)
    if (!c.failed()) {
      low = std::min(low, c.relative);
      high = std::max(high, c.relative);
    }
  if (!(low <= high)) return {0, 1, std::vector<int>(static_cast<std::size_t>(bins))};
  // Devices that are all alike are in the middle of a narrow one.
  const double least = 1e-6 + 1e-3 * std::abs(high);
  if (high - low < least) {
    low -= least / 2;
    high = low + least;
  }
  return histogram_of(chips, bins, low, high);
}

ChipHistogram histogram_of(std::span<const ChipQuality> chips, int bins, double low, double high) {
  ChipHistogram histogram{low, high, std::vector<int>(static_cast<std::size_t>(bins))};
  for (const ChipQuality& c : chips) {
    if (c.failed() || !(c.relative >= low && c.relative <= high)) continue;
    const auto bin = static_cast<int>((c.relative - low) / (high - low) * bins);
    ++histogram.counts[static_cast<std::size_t>(std::clamp(bin, 0, bins - 1))];
  }
  return histogram;
}

std::string chips_csv(std::span<const ChipPopulation> populations) {
  std::string text = fmt::format("{}\n", kHeader);
  for (const ChipPopulation& p : populations)
    for (const ChipQuality& c : p.chips)
      text += c.failed() ? fmt::format("{},{},,,,{}\n", p.mismatch, c.device, as_field(c.problem))
                         : fmt::format("{},{},{},{},{},\n", p.mismatch, c.device, c.relative,
                                       c.distance, c.class_entropy);
  return text;
}

std::vector<ChipPopulation> parse_chips(std::string_view text, std::string_view source) {
  std::vector<ChipPopulation> populations;
  std::set<std::pair<double, std::uint64_t>> known;
  bool header = false;
  for_each_csv_line(text, [&](int number, std::string_view fields) {
    if (!header) {
      if (fields != kHeader)
        fail("{}: line {}: these are no chips; the first line must be {}", source, number, kHeader);
      header = true;
      return;
    }
    TableLine line(source, number, fields, kHeader);
    const double mismatch = line.number<double>(0, 10);
    ChipQuality chip;
    chip.device = line.count<std::uint64_t>();
    constexpr double kMissing = -1;
    chip.relative = line.known_number(kMissing);
    chip.distance = line.known_number(kMissing);
    chip.class_entropy = line.known_number(kMissing);
    chip.problem = line.text();
    const bool whole = chip.relative >= 0 && chip.distance >= 0 && chip.class_entropy >= 0;
    const bool none = chip.relative < 0 && chip.distance < 0 && chip.class_entropy < 0;
    if (chip.failed() ? !none : !whole)
      fail("{}: line {}: either three measurements or a problem is needed", source, number);
    if (chip.failed()) chip.relative = chip.distance = chip.class_entropy = 0;
    if (!known.emplace(mismatch, chip.device).second)
      fail("{}: line {}: the same device stands in an earlier line", source, number);
    if (populations.empty() || populations.back().mismatch != mismatch)
      populations.push_back({mismatch, {}});
    populations.back().chips.push_back(std::move(chip));
  });
  if (!header) fail("{}: empty; the first line must be {}", source, kHeader);
  return populations;
}

}  // namespace phaseloom
