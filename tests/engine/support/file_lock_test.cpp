// SPDX-License-Identifier: MIT
#include "engine/support/file_lock.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <optional>
#include <string>

#include "engine/support/error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

TEST(FileLock, IsHeldByOneAtATime) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("file", folder / "link");
  {
    const FileLock first(folder / "file", "a test\n of locks");
    EXPECT_TRUE(first.held());
    EXPECT_EQ(FileLock(folder / "file", "another").holder(),
              fmt::format("process {} (a test\\x0a of locks)", ::getpid()));
    EXPECT_FALSE(FileLock(folder / "link", "another").held()) << "the same file by another name";
    EXPECT_TRUE(FileLock(folder / "other", "another").held());
    EXPECT_FALSE(FileLock(folder / "file", "another").held()) << "asking changes nothing";
  }
  EXPECT_TRUE(FileLock(folder / "file", "another").held());
  std::filesystem::remove(folder / "link");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << "nothing stays behind";
}

TEST(FileLock, ACrashReleasesIt) {
  const TemporaryFolder folder;
  const auto crash = [&] {
    const FileLock lock(folder / "file", "a test");
    ::raise(SIGKILL);
  };
  EXPECT_EXIT(crash(), testing::KilledBySignal(SIGKILL), "");
  EXPECT_TRUE(FileLock(folder / "file", "another").held());
}

TEST(FileLock, MovesAndFitsBesideTheLongestName) {
  const TemporaryFolder folder;
  const auto file = folder / std::string(255, 'n');
  std::optional<FileLock> first(std::in_place, file, "a test");
  FileLock moved(std::move(*first));
  first.reset();
  EXPECT_FALSE(FileLock(file, "another").held());
}

TEST(FileLock, WhereNoneCanBeMadeNobodyIsKeptOut) {
  EXPECT_TRUE(FileLock("/proc/phaseloom-test", "a test").held());
  EXPECT_TRUE(FileLock("/nowhere/at/all", "a test").held());
}

}  // namespace
}  // namespace phaseloom
