// SPDX-License-Identifier: MIT
#include "engine/sweep/job_claim.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"
#include "engine/sweep/job_places.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Presence = SharedFiles::Presence;

constexpr double kBeatsInLease = 6;

}  // namespace

struct JobClaim::Impl {
  Impl(Place where, const JobWorker& worker)
      : place(std::move(where)),
        folder(jobs::claim_folder(place.root, place.job, place.generation)),
        result(jobs::results_folder(place.root) / place.job),
        says(print_worker(worker)) {
    // A disk that is full says so here rather than after an hour's work.
    const auto problem =
        jobs::patiently([&] { return try_to_say(); }, [](const auto& trouble) { return !trouble; });
    if (problem) {
      place.files.remove(folder);
      throw Error(*problem);
    }
    sign(0);
    thread = std::thread([this] { beat(); });
  }

  ~Impl() {
    stop_beating();
    if (ended || lost) return;
    // If it cannot be said, the claim expires.
    (void)problem_of([&] { place.files.write(folder / jobs::kReleased, says); });
  }

  std::optional<std::string> try_to_say() const {
    return problem_of([&] { place.files.write(folder / jobs::kWorker, says); });
  }

  void stop_beating() {
    {
      const std::lock_guard lock(mutex);
      ending = true;
    }
    wake.notify_all();
    if (thread.joinable()) thread.join();
  }

  void beat() {
    std::unique_lock lock(mutex);
    for (std::uint64_t count = 1; !ending; ++count) {
      wake.wait_for(lock, std::chrono::duration<double>(place.lease / kBeatsInLease),
                    [&] { return ending; });
      if (ending) return;
      lock.unlock();
      if (overtaken())
        lost = true;
      else
        sign(count);
      lock.lock();
      if (lost) return;
    }
  }

  bool overtaken() const {
    const auto look = [&](const fs::path& path) { return place.files.presence(path); };
    if (look(result) == Presence::there ||
        look(jobs::claim_folder(place.root, place.job, place.generation + 1)) == Presence::there)
      return true;
    // That it is gone is believed slowly: all the work would go with it.
    return jobs::patiently([&] { return look(folder); },
                           [](Presence p) { return p == Presence::there; }) == Presence::missing;
  }

  /// A sign that cannot be given, e.g. on a full disk, is one that others miss; no more.
  void sign(std::uint64_t count) const {
    const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
    (void)problem_of([&] {
      place.files.write(folder / jobs::kBeat, print_beat({count, seconds, fraction}));
    });
  }

  /// The result says that it is what was made here: a rename that "failed" may have been done.
  bool is_ours() const {
    if (place.files.presence(result) != Presence::there) return false;
    return jobs::patiently([&] { return place.files.read(result / jobs::kWorker); },
                           [](const std::string& text) { return !text.empty(); }) == says;
  }

  const Place place;
  const fs::path folder, result;
  const std::string says;
  const Clock::time_point began = Clock::now();

  std::atomic<double> fraction = 0;
  std::atomic<bool> lost = false;
  std::mutex mutex;
  std::condition_variable wake;
  bool ending = false;  // guarded by the mutex
  bool ended = false;   // published, or somebody else's: there is nothing to give up
  std::thread thread;
};

JobClaim::JobClaim(Place place, const JobWorker& worker)
    : impl_(std::make_unique<Impl>(std::move(place), worker)) {}
JobClaim::JobClaim(JobClaim&&) noexcept = default;
JobClaim& JobClaim::operator=(JobClaim&&) noexcept = default;
JobClaim::~JobClaim() = default;

const std::string& JobClaim::job() const { return impl_->place.job; }
const fs::path& JobClaim::folder() const { return impl_->folder; }

std::vector<fs::path> JobClaim::earlier() const {
  const Place& place = impl_->place;
  std::vector<fs::path> folders;
  for (int g = place.generation - 1; g >= 1; --g) {
    fs::path before = jobs::claim_folder(place.root, place.job, g);
    if (place.files.presence(before) == Presence::there) folders.push_back(std::move(before));
  }
  return folders;
}

void JobClaim::progress(double fraction) { impl_->fraction = std::clamp(fraction, 0.0, 1.0); }

bool JobClaim::lost() const {
  if (!impl_->lost && impl_->overtaken()) impl_->lost = true;
  return impl_->lost;
}

bool JobClaim::publish() {
  Impl& claim = *impl_;
  const Place& place = claim.place;
  const SharedFiles& files = place.files;
  claim.stop_beating();
  files.remove(claim.folder / jobs::kBeat);
  jobs::make_folder(files, jobs::results_folder(place.root));
  // Only where nobody has put one: a folder with something in it is not replaced.
  const auto error = jobs::patiently(
      [&] {
        const auto answer = files.rename(claim.folder, claim.result);
        return answer && claim.is_ours() ? std::error_code() : answer;
      },
      [](const std::error_code& answer) { return jobs::stands(answer); });
  const bool others = error == std::errc::directory_not_empty || error == std::errc::file_exists;
  if (error && !others && error != std::errc::no_such_file_or_directory)
    fail("{}: cannot be made the result of {} ({})", claim.folder.string(), place.job,
         error.message());
  claim.ended = true;
  if (others) files.remove(claim.folder);
  if (error) return false;
  // Those who had it before know by this, too, that it is done.
  for (int g = place.generation - 1; g >= 1; --g)
    files.remove(jobs::claim_folder(place.root, place.job, g));
  return true;
}

}  // namespace phaseloom
