// SPDX-License-Identifier: MIT
// Jobs in a folder that is seen late, and of which nobody knows for sure what was done.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "engine/support/atomic_file.hpp"
#include "engine/sweep/job_folder.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/flaky_files.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr double kLong = 3600;

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Workers, each a client of its own; every job must have one result that is whole.
void work_on_a_bad_day(unsigned seed) {
  constexpr int kWorkers = 3, kCount = 15;
  constexpr double kLease = 0.2;  // claims that got lost are found again soon
  const TemporaryFolder folder;
  std::vector<std::string> jobs;
  for (int i = 0; i < kCount; ++i) jobs.push_back(fmt::format("job{}", i));
  std::atomic<int> published = 0;
  std::vector<std::thread> workers;
  // A bound for a hang; nothing is measured by it.
  const auto end = std::chrono::steady_clock::now() + 120s;
  for (unsigned w = 0; w < kWorkers; ++w)
    workers.emplace_back([&, w] {
      const test::FlakyFiles files(1000 * seed + w);
      JobFolder own(folder.path(), kLease, this_worker(), files);
      try {
        while (own.finished().size() < jobs.size() && std::chrono::steady_clock::now() < end) {
          auto claim = own.claim(jobs);
          if (!claim) {
            std::this_thread::sleep_for(5ms);
            continue;
          }
          try {
            write_file_atomically(claim->folder() / "result", claim->job() + " is done");
            published += claim->publish();
          } catch (const Error& error) {
            if (!claim->lost()) ADD_FAILURE() << seed << ": " << error.what();
          }
        }
      } catch (const Error& error) {
        ADD_FAILURE() << seed << ": " << error.what();
      }
    });
  for (std::thread& worker : workers) worker.join();
  const auto finished = JobFolder(folder.path(), kLease).finished();
  EXPECT_EQ(finished.size(), std::size_t{kCount}) << seed;
  for (const std::string& job : jobs) {
    EXPECT_TRUE(finished.contains(job)) << seed << ": " << job;
    EXPECT_EQ(text_of(folder / "results" / job / "result"), job + " is done") << seed;
  }
  EXPECT_LE(published, kCount) << "one result counts";
}

TEST(JobDelays, EveryJobIsDoneOnceWhateverTheDayIsLike) {
  for (unsigned seed = 1; seed <= 24; ++seed) work_on_a_bad_day(seed);
}

/// Of one operation the replies are changed, the others are as usual.
struct Renaming : SharedFiles {
  std::errc reply{};     ///< though it was done
  mutable int lost = 1;  ///< so many replies
  std::error_code rename(const fs::path& from, const fs::path& to) const override {
    const auto error = SharedFiles::rename(from, to);
    return !error && lost-- > 0 ? std::make_error_code(reply) : error;
  }
};

TEST(JobDelays, ARenameThatFailedAndWasDoneIsAResult) {
  for (const std::errc reply :
       {std::errc::no_such_file_or_directory, std::errc::file_exists,
        std::errc::directory_not_empty, std::errc::io_error, std::errc(ESTALE)}) {
    const TemporaryFolder folder;
    Renaming files;
    files.reply = reply;
    JobFolder jobs(folder.path(), kLong, this_worker(), files);
    const std::vector<std::string> all{"a"};
    auto claim = jobs.claim(all);
    ASSERT_TRUE(claim);
    write_file_atomically(claim->folder() / "result", std::string_view("whole"));
    EXPECT_TRUE(claim->publish()) << int(reply);
    EXPECT_EQ(text_of(folder / "results/a/result"), "whole");
  }
}

/// A disk that takes no more.
struct Full : SharedFiles {
  mutable bool full = true;
  std::error_code rename(const fs::path& from, const fs::path& to) const override {
    return full ? std::make_error_code(std::errc::no_space_on_device)
                : SharedFiles::rename(from, to);
  }
};

TEST(JobDelays, WhatCannotBePublishedIsGivenUpWithAllThatIsInIt) {
  const TemporaryFolder folder;
  const Full files;
  JobFolder jobs(folder.path(), kLong, this_worker(), files);
  const std::vector<std::string> all{"a"};
  {
    auto claim = jobs.claim(all);
    ASSERT_TRUE(claim);
    write_file_atomically(claim->folder() / "result", std::string_view("whole"));
    EXPECT_THAT(error_of([&] { claim->publish(); }), HasSubstr("a.1"));
  }
  EXPECT_TRUE(jobs.finished().empty());
  files.full = false;
  auto again = jobs.claim(all);
  ASSERT_TRUE(again) << "at once, without waiting for the lease";
  ASSERT_THAT(again->earlier(), SizeIs(1));
  EXPECT_EQ(text_of(again->earlier().front() / "result"), "whole");
  EXPECT_TRUE(again->publish());
}

/// Nothing can be written in a claim.
struct Unwritable : SharedFiles {
  void write(const fs::path& file, std::string_view) const override {
    fail("{}: cannot write (no space)", file.string());
  }
};

TEST(JobDelays, NoWorkBeginsWhereNothingCanBeWritten) {
  const TemporaryFolder folder;
  const Unwritable files;
  JobFolder jobs(folder.path(), kLong, this_worker(), files);
  const std::vector<std::string> all{"a"};
  EXPECT_THAT(error_of([&] { jobs.claim(all); }), HasSubstr("worker: cannot write (no space)"));
  EXPECT_FALSE(fs::exists(folder / "work/a.1")) << "others need not wait for it";
}

/// A folder that is not seen for a moment, now and then.
struct Blinking : SharedFiles {
  mutable std::atomic<int> hidden = 0;
  Presence presence(const fs::path& path) const override {
    return hidden-- > 0 ? Presence::missing : SharedFiles::presence(path);
  }
};

TEST(JobDelays, AClaimThatIsNotSeenForAMomentIsNotLost) {
  const TemporaryFolder folder;
  const Blinking files;
  JobFolder jobs(folder.path(), kLong, this_worker(), files);
  const std::vector<std::string> all{"a"};
  const auto claim = jobs.claim(all);
  ASSERT_TRUE(claim);
  files.hidden = 5;
  EXPECT_FALSE(claim->lost());
  files.hidden = 0;
  fs::remove_all(claim->folder());
  EXPECT_TRUE(claim->lost()) << "now it is";
}

}  // namespace
}  // namespace phaseloom
