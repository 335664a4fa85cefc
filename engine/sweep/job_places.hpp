// SPDX-License-Identifier: MIT
#pragma once
// Where what is in a folder of jobs (job_folder.hpp), and patience with a file system that is away
// for a moment.

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <system_error>
#include <thread>

#include "engine/support/error.hpp"
#include "engine/sweep/shared_files.hpp"

namespace phaseloom::jobs {

inline constexpr const char* kBeat = "beat";
inline constexpr const char* kReleased = "released";
inline constexpr const char* kWorker = "worker";

inline std::filesystem::path work_folder(const std::filesystem::path& root) {
  return root / "work";
}
inline std::filesystem::path results_folder(const std::filesystem::path& root) {
  return root / "results";
}
inline std::filesystem::path claim_folder(const std::filesystem::path& root, const std::string& job,
                                          int generation) {
  return work_folder(root) / fmt::format("{}.{}", job, generation);
}

/// Looks again, a little later each time and about a second in all, until the answer is one that
/// stands.
template <class Look, class Stands>
auto patiently(const Look& look, const Stands& stands) {
  constexpr int kLooks = 7;
  auto answer = look();
  for (int k = 1; k < kLooks && !stands(answer); ++k) {
    std::this_thread::sleep_for(std::chrono::milliseconds(8) * (1 << k));
    answer = look();
  }
  return answer;
}

/// What passes by itself: a server that began anew, a reply that did not come.
inline bool stands(const std::error_code& error) {
  for (const std::errc passing :
       {std::errc::io_error, std::errc::timed_out, std::errc::resource_unavailable_try_again,
        std::errc::interrupted, std::errc::device_or_resource_busy})
    if (error == passing) return false;
  return error != std::error_code(ESTALE, std::generic_category());
}

/// Throws Error if it cannot be made and is not there.
inline void make_folder(const SharedFiles& files, const std::filesystem::path& folder) {
  const auto error = patiently([&] { return files.make_folder(folder); },
                               [](const std::error_code& e) { return stands(e); });
  if (error && error != std::errc::file_exists)
    fail("{}: cannot make this folder ({}); a worker must be able to write there", folder.string(),
         error.message());
}

}  // namespace phaseloom::jobs
