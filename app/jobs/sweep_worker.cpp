// SPDX-License-Identifier: MIT
#include "app/jobs/sweep_worker.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <random>
#include <set>

#include "engine/support/printable.hpp"

namespace phaseloom {

std::string sweep_worker_name() {
  char host[256] = "";
  ::gethostname(host, sizeof host - 1);
  // Machines may be called alike, and processes of containers be numbered alike.
  static const auto mark = std::random_device{}();
  static std::atomic<int> count = 0;
  return fmt::format("{}, process {}, worker {}-{:08x}", legible(host), ::getpid(), ++count, mark);
}

SweepWorker::SweepWorker(const SweepFolder& sweep, const SweepMaterial& material, int threads)
    : sweep_(sweep),
      material_(material),
      pool_(threads),
      jobs_(sweep.path(), sweep.plan().lease, sweep_worker_name()),
      reader_(sweep) {}

void SweepWorker::clear_damaged() {
  reader_.look();
  for (const auto& [job, why] : reader_.damaged()) jobs_.set_aside(job);
}

SweepWorker::Step SweepWorker::step(const std::function<void(const std::string&)>& begins,
                                    const std::function<void(double)>& tell, std::stop_token stop) {
  if (stop.stop_requested()) return Step::stopped;
  clear_damaged();
  if (reader_.rows().size() == sweep_.jobs().size()) return Step::finished;
  auto claim = jobs_.claim(sweep_.jobs());
  if (!claim) return Step::waits;
  if (begins) begins(claim->job());
  if (do_cell(sweep_, *claim, material_, pool_, tell, stop)) claim->publish();
  return stop.stop_requested() ? Step::stopped : Step::did;
}

std::chrono::milliseconds SweepWorker::patience() const {
  const double seconds = std::clamp(sweep_.plan().lease / 8, 0.1, 5.0);
  return std::chrono::milliseconds(static_cast<int>(1000 * seconds));
}

double sweep_seconds_left(const SweepTable& table, int workers) {
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
  double seconds = 0;
  for (std::size_t kind = 0; kind < left.size(); ++kind) {
    if (left[kind] == 0) continue;
    double each = done[kind] > 0 ? sum[kind] / done[kind] : 0;
    // Nobody knows yet how long it takes to judge one, but training has a length.
    if (done[kind] == 0 && static_cast<SweepKind>(kind) == SweepKind::trained)
      each = 60 * table.plan.train.minutes;
    if (each == 0) return 0;
    seconds += each * left[kind];
  }
  return seconds / std::max(workers, 1);
}

}  // namespace phaseloom
