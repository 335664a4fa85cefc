// SPDX-License-Identifier: MIT
#include "engine/support/leftovers.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <string>

#include "engine/support/atomic_file.hpp"
#include "engine/support/file_lock.hpp"
#include "engine/support/interrupt.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

std::ptrdiff_t files_in(const fs::path& folder) {
  return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

/// Half-written when the signal comes.
void write_and_end(const fs::path& folder, int signal) {
  tidy_up_when_ended();
  AtomicFile file(folder / "half");
  const FileLock lock(folder / "locked", "a test");
  ::raise(signal);
}

TEST(Leftovers, ASignalThatEndsTheProgramLeavesNone) {
  const TemporaryFolder folder;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    EXPECT_EXIT(write_and_end(folder.path(), signal), testing::KilledBySignal(signal), "");
    EXPECT_EQ(files_in(folder.path()), 0) << signal;
  }
}

TEST(Leftovers, TheSecondSignalOfAScopeLeavesNone) {
  const TemporaryFolder folder;
  const auto twice = [&] {
    tidy_up_when_ended();
    const InterruptScope scope;
    AtomicFile file(folder / "half");
    ::raise(SIGINT);
    if (!scope.interrupted()) std::exit(1);
    ::raise(SIGTERM);
  };
  EXPECT_EXIT(twice(), testing::KilledBySignal(SIGTERM), "");
  EXPECT_EQ(files_in(folder.path()), 0);
}

TEST(Leftovers, ThoseOfACrashAreClearedByTheNextFile) {
  const TemporaryFolder folder;
  EXPECT_EXIT(write_and_end(folder.path(), SIGKILL), testing::KilledBySignal(SIGKILL), "");
  EXPECT_EQ(files_in(folder.path()), 2) << "a file and a lock";
  write_file_atomically(folder / ".phaseloom-notes", "of the user");
  EXPECT_EQ(files_in(folder.path()), 1);
}

TEST(Leftovers, WhatAnotherProcessWritesStays) {
  const TemporaryFolder folder;
  AtomicFile ours(folder / "ours");
  const FileLock lock(folder / "ours", "a test");
  const auto other = [&] {
    write_file_atomically(folder / "other", "x");
    std::exit(0);
  };
  EXPECT_EXIT(other(), testing::ExitedWithCode(0), "");
  EXPECT_EQ(files_in(folder.path()), 3);
  ours.commit();
  EXPECT_TRUE(fs::exists(folder / "ours"));
}

}  // namespace
}  // namespace phaseloom
