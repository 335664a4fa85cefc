// SPDX-License-Identifier: MIT
#include "app/jobs/sweep_worker.hpp"

#include <algorithm>
#include <thread>

#include "engine/support/error.hpp"

namespace phaseloom {

SweepWorker::SweepWorker(const SweepFolder& sweep, const SweepMaterial& material, int threads,
                         const SharedFiles& files)
    : sweep_(sweep),
      material_(material),
      pool_(threads),
      jobs_(sweep.path(), sweep.plan().lease, this_worker(), files),
      reader_(sweep, files) {}

void SweepWorker::clear_damaged(const std::stop_token& stop) {
  using Clock = std::chrono::steady_clock;
  reader_.look();
  if (reader_.damaged().empty()) return;
  // It may be one that is whole and has not come here yet.
  for (const auto end = Clock::now() + patience(); Clock::now() < end && !stop.stop_requested();)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  reader_.look();
  for (const auto& [job, why] : reader_.damaged()) jobs_.set_aside(job);
}

SweepWorker::Step SweepWorker::step(const std::function<void(const std::string&)>& begins,
                                    const std::function<void(double)>& tell, std::stop_token stop) {
  if (stop.stop_requested()) return Step::stopped;
  clear_damaged(stop);
  if (reader_.rows().size() == sweep_.jobs().size()) return Step::finished;
  auto claim = jobs_.claim(sweep_.jobs());
  if (!claim) return Step::waits;
  if (begins) begins(claim->job());
  const auto told = [&](double fraction) {
    claim->progress(fraction);
    if (tell) tell(fraction);
  };
  try {
    if (do_cell(sweep_, *claim, material_, pool_, told, stop)) claim->publish();
  } catch (const Error&) {
    if (!claim->lost()) throw;  // else the folder went to somebody else while it was written in
  }
  return stop.stop_requested() ? Step::stopped : Step::did;
}

std::chrono::milliseconds SweepWorker::patience() const {
  const double seconds = std::clamp(sweep_.plan().lease / 8, 0.1, 5.0);
  return std::chrono::milliseconds(static_cast<int>(1000 * seconds));
}

}  // namespace phaseloom
