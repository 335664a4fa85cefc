// SPDX-License-Identifier: MIT
#include "app/jobs/sweep_pace.hpp"

#include <array>
#include <set>
#include <string>

namespace phaseloom {
namespace {

constexpr std::size_t kRemembered = 12;
constexpr std::size_t kFewest = 3;

/// Jobs that are left, and how long one worker would need for them.
struct Left {
  int jobs = 0;
  double seconds = 0;  ///< 0: not known yet
};

Left left_of(const SweepTable& table) {
  std::array<double, kCountOf<SweepKind>> sum{};
  std::array<int, kCountOf<SweepKind>> done{}, left{};
  std::set<std::string> counted;
  for (const auto& place : table.places) {
    if (!counted.insert(place.cell.job).second) continue;
    const auto kind = static_cast<std::size_t>(place.cell.kind);
    if (place.row) {
      sum[kind] += place.row->seconds;
      ++done[kind];
    } else {
      ++left[kind];
    }
  }
  Left all;
  bool known = true;
  for (std::size_t kind = 0; kind < left.size(); ++kind) {
    if (left[kind] == 0) continue;
    double each = done[kind] > 0 ? sum[kind] / done[kind] : 0;
    // Nobody knows yet how long it takes to judge one, but training has a length.
    if (done[kind] == 0 && static_cast<SweepKind>(kind) == SweepKind::trained)
      each = 60 * table.plan.train.minutes;
    known = known && each > 0;
    all.jobs += left[kind];
    all.seconds += each * left[kind];
  }
  if (!known) all.seconds = 0;
  return all;
}

}  // namespace

void SweepPace::see(std::size_t finished, Clock::time_point now) {
  if (looked_)
    for (std::size_t k = finished_; k < finished; ++k) ends_.push_back(now);
  while (ends_.size() > kRemembered) ends_.pop_front();
  looked_ = true;
  finished_ = finished;
}

double SweepPace::per_hour(Clock::time_point now) const {
  if (ends_.size() < kFewest) return 0;
  const double seconds = std::chrono::duration<double>(now - ends_.front()).count();
  return seconds > 0 ? 3600 * static_cast<double>(ends_.size() - 1) / seconds : 0;
}

double sweep_seconds_left(const SweepTable& table, int workers) {
  return workers > 0 ? left_of(table).seconds / workers : 0;
}

double sweep_pace(const SweepPace& seen, const SweepTable& table, int workers,
                  SweepPace::Clock::time_point now) {
  const Left left = left_of(table);
  if (workers <= 0 || left.jobs == 0) return 0;
  if (const double counted = seen.per_hour(now); counted > 0) return counted;
  return left.seconds > 0 ? 3600 * left.jobs * workers / left.seconds : 0;
}

}  // namespace phaseloom
