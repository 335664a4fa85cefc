// SPDX-License-Identifier: MIT
#include "engine/sweep/job_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/support/error.hpp"
#include "engine/support/number.hpp"
#include "engine/sweep/job_places.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using Presence = SharedFiles::Presence;

/// Of a lease, without a sign of life: one comes every sixth.
constexpr double kOverdue = 1.0 / 3;

/// JOB and generation of "JOB.3"; nothing of another name.
std::optional<std::pair<std::string, int>> parse_claim(const std::string& name) {
  const auto dot = name.rfind('.');
  if (dot == std::string::npos || dot == 0) return std::nullopt;
  const auto generation = parse_number<int>(std::string_view(name).substr(dot + 1));
  if (!generation || *generation < 1) return std::nullopt;
  return std::pair(name.substr(0, dot), *generation);
}

double seconds_since(std::chrono::steady_clock::time_point then) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - then).count();
}

}  // namespace

int count_alive(std::span<const JobAtWork> all) {
  return static_cast<int>(std::ranges::count(all, false, &JobAtWork::expired));
}

bool is_overdue(const JobAtWork& one, double lease) { return one.silent > kOverdue * lease; }

JobFolder::JobFolder(fs::path folder, double lease, JobWorker worker, const SharedFiles& files)
    : folder_(std::move(folder)), lease_(lease), worker_(std::move(worker)), files_(files) {}

fs::path JobFolder::result_folder(const std::string& job) const {
  return jobs::results_folder(folder_) / job;
}

std::vector<std::string> JobFolder::names_in(const fs::path& folder) const {
  std::vector<std::string> names;
  const auto error = jobs::patiently(
      [&] {
        names.clear();
        return files_.list(folder, names);
      },
      [](const std::error_code& e) { return jobs::stands(e); });
  if (error) fail("{}: cannot read this folder ({})", folder.string(), error.message());
  return names;
}

std::set<std::string> JobFolder::finished() const {
  const auto names = names_in(jobs::results_folder(folder_));
  return {names.begin(), names.end()};
}

JobFolder::Seen JobFolder::look_at(const fs::path& claim) const {
  Seen now{files_.read(claim / jobs::kBeat), Clock::now(), std::nullopt};
  if (const auto before = seen_.find(claim.filename().string()); before != seen_.end()) {
    // No text at all is no sign of life: it may be read as empty while it is written.
    if (now.beat.empty() || now.beat == before->second.beat) {
      now.beat = before->second.beat;
      now.since = before->second.since;
    }
    now.worker = before->second.worker;
  }
  if (!now.worker) now.worker = read_worker(files_.read(claim / jobs::kWorker));
  return now;
}

std::map<std::string, int> JobFolder::claims() {
  std::map<std::string, int> latest;
  for (const std::string& name : names_in(jobs::work_folder(folder_)))
    if (const auto claim = parse_claim(name)) {
      int& generation = latest[claim->first];
      generation = std::max(generation, claim->second);
    }
  std::map<std::string, Seen> seen;
  for (const auto& [job, generation] : latest) {
    const fs::path claim = jobs::claim_folder(folder_, job, generation);
    seen.emplace(claim.filename().string(), look_at(claim));
  }
  seen_ = std::move(seen);
  return latest;
}

bool JobFolder::is_released(const fs::path& claim) const {
  return files_.presence(claim / jobs::kReleased) == Presence::there;
}

double JobFolder::silent(const fs::path& claim) const {
  const auto seen = seen_.find(claim.filename().string());
  return seen == seen_.end() ? 0 : seconds_since(seen->second.since);
}

bool JobFolder::to_be_had(const std::string& job, int generation) const {
  const fs::path claim = jobs::claim_folder(folder_, job, generation);
  return is_released(claim) || silent(claim) > lease_;
}

std::optional<JobClaim> JobFolder::try_to_claim(const std::string& job, int generation) {
  const fs::path claim = jobs::claim_folder(folder_, job, generation);
  const auto error = jobs::patiently([&] { return files_.make_folder(claim); },
                                     [](const std::error_code& e) { return jobs::stands(e); });
  // It may be our own, if the reply that it was made was lost: then it expires like a dead one's.
  if (error == std::errc::file_exists) return std::nullopt;
  if (error)
    fail("{}: cannot make this folder ({}); a worker must be able to write there", claim.string(),
         error.message());
  // Whoever had it may have finished it since we looked, whereupon the name was free again.
  if (files_.presence(result_folder(job)) == Presence::there) {
    files_.remove(claim);
    return std::nullopt;
  }
  JobWorker worker = worker_;
  worker.mark += fmt::format(".{}", ++claimed_);
  return JobClaim({folder_, job, generation, lease_, files_}, worker);
}

std::optional<JobClaim> JobFolder::claim(std::span<const std::string> wanted) {
  jobs::make_folder(files_, jobs::work_folder(folder_));
  const auto done = finished();
  const auto claimed = claims();
  for (const std::string& job : wanted) {
    if (done.contains(job)) continue;
    const auto at = claimed.find(job);
    const int generation = at == claimed.end() ? 0 : at->second;
    if (generation > 0 && !to_be_had(job, generation)) continue;
    if (auto claim = try_to_claim(job, generation + 1)) return claim;
  }
  return std::nullopt;
}

std::vector<JobAtWork> JobFolder::look(std::span<const std::string> wanted) {
  const auto done = finished();
  const auto claimed = claims();
  std::vector<JobAtWork> all;
  for (const std::string& job : wanted) {
    const auto at = claimed.find(job);
    if (done.contains(job) || at == claimed.end()) continue;
    const fs::path claim = jobs::claim_folder(folder_, job, at->second);
    if (is_released(claim)) continue;
    const Seen& seen = seen_.at(claim.filename().string());
    JobAtWork one;
    one.job = job;
    one.worker = seen.worker;
    one.silent = silent(claim);
    one.ours = one.worker && is_of_this_process(*one.worker);
    one.seconds = one.silent;
    if (const auto beat = read_beat(seen.beat)) {
      one.seconds += beat->seconds;
      one.fraction = beat->fraction;
    }
    one.expired = one.silent > lease_;
    all.push_back(std::move(one));
  }
  return all;
}

void JobFolder::set_aside(const std::string& job) {
  const fs::path damaged = folder_ / "damaged";
  jobs::make_folder(files_, damaged);
  for (int number = 1;; ++number) {
    const fs::path aside = damaged / fmt::format("{}.{}", job, number);
    if (files_.presence(aside) == Presence::there) continue;
    const auto error = jobs::patiently([&] { return files_.rename(result_folder(job), aside); },
                                       [](const std::error_code& e) { return jobs::stands(e); });
    if (!error || error == std::errc::no_such_file_or_directory) return;
    if (error != std::errc::directory_not_empty && error != std::errc::file_exists)
      fail("{}: cannot be put aside to {} ({})", result_folder(job).string(), aside.string(),
           error.message());
  }
}

}  // namespace phaseloom
