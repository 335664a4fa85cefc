// SPDX-License-Identifier: MIT
#include "engine/sweep/job_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "engine/support/atomic_file.hpp"
#include "engine/support/descriptor.hpp"
#include "engine/support/error.hpp"
#include "engine/support/number.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBeat = "beat";
constexpr const char* kReleased = "released";
constexpr double kBeatsInLease = 6;
constexpr std::size_t kLongestBeat = 4096;

std::string reason(int error) { return std::generic_category().message(error); }

fs::path work_folder(const fs::path& folder) { return folder / "work"; }
fs::path results_folder(const fs::path& folder) { return folder / "results"; }
fs::path claim_folder(const fs::path& folder, const std::string& job, int generation) {
  return work_folder(folder) / fmt::format("{}.{}", job, generation);
}

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(path, ignored));
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) fail("{}: cannot make this folder ({})", folder.string(), error.message());
}

/// Names in a folder; none if it is not there.
std::vector<std::string> names_in_folder(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  fs::directory_iterator at(folder, error);
  if (error && error != std::errc::no_such_file_or_directory)
    fail("{}: cannot read this folder ({})", folder.string(), error.message());
  for (const fs::directory_iterator end; !error && at != end; at.increment(error))
    names.push_back(at->path().filename().string());
  if (error && error != std::errc::no_such_file_or_directory)
    fail("{}: cannot read this folder ({})", folder.string(), error.message());
  return names;
}

/// JOB and generation of "JOB.3"; nothing of another name.
std::optional<std::pair<std::string, int>> parse_claim(const std::string& name) {
  const auto dot = name.rfind('.');
  if (dot == std::string::npos || dot == 0) return std::nullopt;
  const auto generation = parse_number<int>(std::string_view(name).substr(dot + 1));
  if (!generation || *generation < 1) return std::nullopt;
  return std::pair(name.substr(0, dot), *generation);
}

/// Nothing, if there is none (yet): that is a text, too, which has to change in time. Opened anew
/// each time, as a shared file system wants it to see what others have written.
std::string beat_in(const fs::path& claim) {
  try {
    const auto bytes = read_file(claim / kBeat, kLongestBeat);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  } catch (const Error&) {
    return {};
  }
}

void reach_disk(const fs::path& folder) {
  const Descriptor opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (opened.value >= 0) ::fsync(opened.value);
}

}  // namespace

// --- a claim -------------------------------------------------------------------------------------

struct JobClaim::Impl {
  fs::path root, folder;
  std::string job, worker;
  int generation = 0;
  double lease = 0;

  std::atomic<bool> lost = false;
  std::mutex mutex;
  std::condition_variable wake;
  bool ending = false;  // guarded by the mutex
  bool ended = false;   // published or lost: there is nothing to give up
  std::thread thread;

  void begin() {
    sign(0);
    thread = std::thread([this] { beat(); });
  }

  ~Impl() {
    stop_beating();
    if (ended || lost) return;
    try {
      write_file_atomically(folder / kReleased, worker + "\n");
    } catch (const Error&) {
      // Then it expires.
    }
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
      wake.wait_for(lock, std::chrono::duration<double>(lease / kBeatsInLease),
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
    return !is_there(folder) || is_there(results_folder(root) / job) ||
           is_there(claim_folder(root, job, generation + 1));
  }

  /// A sign that cannot be given, e.g. on a full disk, is one that others miss; no more.
  void sign(std::uint64_t count) const {
    try {
      write_file_atomically(folder / kBeat, fmt::format("{}\nbeat {}\n", worker, count));
    } catch (const Error&) {
    }
  }
};

JobClaim::JobClaim(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) { impl_->begin(); }
JobClaim::JobClaim(JobClaim&&) noexcept = default;
JobClaim& JobClaim::operator=(JobClaim&&) noexcept = default;
JobClaim::~JobClaim() = default;

const std::string& JobClaim::job() const { return impl_->job; }
const fs::path& JobClaim::folder() const { return impl_->folder; }

std::vector<fs::path> JobClaim::earlier() const {
  std::vector<fs::path> folders;
  for (int g = impl_->generation - 1; g >= 1; --g)
    if (const auto before = claim_folder(impl_->root, impl_->job, g); is_there(before))
      folders.push_back(before);
  return folders;
}

bool JobClaim::lost() const {
  if (!impl_->lost && impl_->overtaken()) impl_->lost = true;
  return impl_->lost;
}

bool JobClaim::publish() {
  Impl& claim = *impl_;
  claim.stop_beating();
  std::error_code ignored;
  fs::remove(claim.folder / kBeat, ignored);
  make_folder(results_folder(claim.root));
  const fs::path result = results_folder(claim.root) / claim.job;
  // Only where nobody has put one: a folder with something in it is not replaced.
  if (::rename(claim.folder.c_str(), result.c_str()) != 0) {
    const int error = errno;
    claim.ended = true;
    if (error == ENOTEMPTY || error == EEXIST) fs::remove_all(claim.folder, ignored);
    if (error == ENOTEMPTY || error == EEXIST || error == ENOENT) return false;
    fail("{}: cannot be made the result of {} ({})", claim.folder.string(), claim.job,
         reason(error));
  }
  claim.ended = true;
  reach_disk(results_folder(claim.root));
  // Those who had it before know by this, too, that it is done.
  for (int g = claim.generation - 1; g >= 1; --g)
    fs::remove_all(claim_folder(claim.root, claim.job, g), ignored);
  return true;
}

// --- the folder ----------------------------------------------------------------------------------

JobFolder::JobFolder(fs::path folder, double lease, std::string worker)
    : folder_(std::move(folder)), lease_(lease), worker_(std::move(worker)) {}

fs::path JobFolder::result_folder(const std::string& job) const {
  return results_folder(folder_) / job;
}

std::set<std::string> JobFolder::finished() const {
  const auto names = names_in_folder(results_folder(folder_));
  return {names.begin(), names.end()};
}

std::map<std::string, int> JobFolder::claims() {
  std::map<std::string, int> latest;
  for (const std::string& name : names_in_folder(work_folder(folder_)))
    if (const auto claim = parse_claim(name)) {
      int& generation = latest[claim->first];
      generation = std::max(generation, claim->second);
    }
  std::map<std::string, Seen> seen;
  for (const auto& [job, generation] : latest) {
    const fs::path claim = claim_folder(folder_, job, generation);
    const std::string key = claim.filename().string();
    Seen now{beat_in(claim), Clock::now()};
    if (const auto before = seen_.find(key);
        before != seen_.end() && before->second.beat == now.beat)
      now.since = before->second.since;
    seen.emplace(key, std::move(now));
  }
  seen_ = std::move(seen);
  return latest;
}

bool JobFolder::to_be_had(const std::string& job, int generation) const {
  const fs::path claim = claim_folder(folder_, job, generation);
  if (is_there(claim / kReleased)) return true;
  const auto seen = seen_.find(claim.filename().string());
  return seen != seen_.end() &&
         std::chrono::duration<double>(Clock::now() - seen->second.since).count() > lease_;
}

std::optional<JobClaim> JobFolder::try_to_claim(const std::string& job, int generation) {
  const fs::path claim = claim_folder(folder_, job, generation);
  if (::mkdir(claim.c_str(), 0777) != 0) {
    if (errno == EEXIST) return std::nullopt;
    fail("{}: cannot make this folder ({}); a worker must be able to write there", claim.string(),
         reason(errno));
  }
  // Whoever had it may have finished it since we looked, whereupon the name was free again.
  if (is_there(result_folder(job))) {
    std::error_code ignored;
    fs::remove_all(claim, ignored);
    return std::nullopt;
  }
  auto impl = std::make_unique<JobClaim::Impl>();
  impl->root = folder_;
  impl->folder = claim;
  impl->job = job;
  impl->worker = worker_;
  impl->generation = generation;
  impl->lease = lease_;
  return JobClaim(std::move(impl));
}

std::optional<JobClaim> JobFolder::claim(std::span<const std::string> jobs) {
  make_folder(work_folder(folder_));
  const auto done = finished();
  const auto claimed = claims();
  for (const std::string& job : jobs) {
    if (done.contains(job)) continue;
    const auto at = claimed.find(job);
    const int generation = at == claimed.end() ? 0 : at->second;
    if (generation > 0 && !to_be_had(job, generation)) continue;
    if (auto claim = try_to_claim(job, generation + 1)) return claim;
  }
  return std::nullopt;
}

JobCounts JobFolder::look(std::span<const std::string> jobs) {
  const auto done = finished();
  const auto claimed = claims();
  JobCounts counts;
  for (const std::string& job : jobs) {
    const auto at = claimed.find(job);
    if (done.contains(job) || at == claimed.end()) continue;
    ++(to_be_had(job, at->second) ? counts.expired : counts.alive);
  }
  return counts;
}

void JobFolder::set_aside(const std::string& job) {
  const fs::path damaged = folder_ / "damaged";
  make_folder(damaged);
  for (int number = 1;; ++number) {
    const fs::path aside = damaged / fmt::format("{}.{}", job, number);
    if (is_there(aside)) continue;
    if (::rename(result_folder(job).c_str(), aside.c_str()) == 0 || errno == ENOENT) return;
    if (errno != ENOTEMPTY && errno != EEXIST)
      fail("{}: cannot be put aside to {} ({})", result_folder(job).string(), aside.string(),
           reason(errno));
  }
}

}  // namespace phaseloom
