// SPDX-License-Identifier: MIT
#include "app/jobs/sweep_snapshot.hpp"

#include <fmt/format.h>

#include "app/document/si_text.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

std::string worker_text(const JobAtWork& one) {
  if (!one.worker) return "unknown worker";
  return fmt::format("{}, process {}", one.worker->host, one.worker->process);
}

std::string at_work_text(const JobAtWork& one, double lease) {
  std::string words = duration_text(one.seconds);
  if (is_overdue(one, lease))
    words += fmt::format(", no sign of life for {}{}", duration_text(one.silent),
                         one.expired ? ": anybody's" : "");
  else if (one.fraction)
    words += fmt::format(", {:.0f} %", 100 * *one.fraction);
  return words;
}

std::string pace_text(double per_hour) {
  return per_hour < 10 ? fmt::format("{:.2g}", per_hour) : fmt::format("{:.0f}", per_hour);
}

CostNetwork network_of(const SweepSnapshot& sweep, const SweepRow& row) {
  const auto found = sweep.networks->find(row.model);
  if (found == sweep.networks->end()) fail("{}: is no network of this sweep", row.model);
  CostNetwork network = found->second;
  network.couplings = row.wires;
  return network;
}

}  // namespace phaseloom
