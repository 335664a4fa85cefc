// SPDX-License-Identifier: MIT
#include "engine/support/atomic_file.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::string text_of(const fs::path& path) {
  const auto bytes = read_file(path, 1 << 20);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(AtomicFile, WritesAndReplaces) {
  TemporaryFolder folder;
  write_file_atomically(folder / "a", "first");
  EXPECT_EQ(text_of(folder / "a"), "first");
  write_file_atomically(folder / "a", "second, longer");
  EXPECT_EQ(text_of(folder / "a"), "second, longer");
  write_file_atomically(folder / "empty", "");
  EXPECT_EQ(text_of(folder / "empty"), "");
  EXPECT_EQ(files_in(folder.path()), 2u);
}

TEST(AtomicFile, WithoutCommitNothingChanges) {
  TemporaryFolder folder;
  write_file_atomically(folder / "a", "old");
  {
    AtomicFile file(folder / "a");
    file.write(std::as_bytes(std::span(std::string_view("new"))));
    EXPECT_EQ(text_of(folder / "a"), "old");
  }
  EXPECT_EQ(text_of(folder / "a"), "old");
  EXPECT_EQ(files_in(folder.path()), 1u);
}

// A limit on the size of files stands in for a full disk; it binds root as well.
TEST(AtomicFile, FailedWriteKeepsTheOldFile) {
  TemporaryFolder folder;
  write_file_atomically(folder / "a", "old");
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 4096;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::string message =
      error_of([&] { write_file_atomically(folder / "a", std::string(100000, 'x')); });
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_THAT(message, HasSubstr((folder / "a").string()));
  EXPECT_THAT(message, HasSubstr("unchanged"));
  EXPECT_EQ(text_of(folder / "a"), "old");
  EXPECT_EQ(files_in(folder.path()), 1u);
}

TEST(AtomicFile, FullDevice) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full on this system";
  EXPECT_THAT(error_of([] { write_file_atomically("/dev/full", "x"); }),
              HasSubstr("No space left on device"));
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

// Linux says "no such file" of a new one there.
TEST(AtomicFile, AFolderThatTakesNoFilesIsNotMissing) {
  if (!fs::exists("/proc/self")) GTEST_SKIP() << "no /proc on this system";
  const std::string said = error_of([] { write_file_atomically("/proc/x.json", "x"); });
  EXPECT_THAT(said, HasSubstr("choose a folder that you may write to"));
}

TEST(AtomicFile, BadPlaces) {
  TemporaryFolder folder;
  write_file_atomically(folder / "file", "x");
  EXPECT_THAT(error_of([&] { write_file_atomically(folder / "none/a", "x"); }),
              HasSubstr("does not exist"));
  EXPECT_THAT(error_of([&] { write_file_atomically(folder / "file/a", "x"); }),
              HasSubstr("is not a folder"));
  EXPECT_THAT(error_of([&] { write_file_atomically(folder.path(), "x"); }),
              HasSubstr("is a folder"));
  EXPECT_THAT(error_of([&] { write_file_atomically(folder / "", "x"); }), HasSubstr("is a folder"));
  EXPECT_THAT(error_of([&] { write_file_atomically("", "x"); }), HasSubstr("file name is needed"));
  EXPECT_THAT(error_of([&] { write_file_atomically("/proc/phaseloom-test", "x"); }),
              HasSubstr("/proc"));
  EXPECT_EQ(files_in(folder.path()), 1u);
}

TEST(AtomicFile, KeepsModeAndSymbolicLink) {
  TemporaryFolder folder;
  write_file_atomically(folder / "target", "old");
  fs::permissions(folder / "target", fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("target", folder / "link");
  write_file_atomically(folder / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(text_of(folder / "target"), "new");
  EXPECT_EQ(fs::status(folder / "target").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST(AtomicFile, WritesWhereALinkLeadsAlsoIfNothingIsThereYet) {
  TemporaryFolder folder;
  fs::create_directory(folder / "deep");
  fs::create_symlink("deep/second", folder / "first");
  fs::create_symlink("../target", folder / "deep/second");
  write_file_atomically(folder / "first", "new");
  EXPECT_TRUE(fs::is_symlink(folder / "first"));
  EXPECT_TRUE(fs::is_symlink(folder / "deep/second"));
  EXPECT_EQ(text_of(folder / "target"), "new");
  EXPECT_FALSE(fs::is_symlink(folder / "target"));

  fs::create_symlink("none/target", folder / "lost");
  EXPECT_THAT(error_of([&] { write_file_atomically(folder / "lost", "x"); }),
              HasSubstr("does not exist"));
  fs::create_symlink("b", folder / "a");
  fs::create_symlink("a", folder / "b");
  EXPECT_THAT(error_of([&] { write_file_atomically(folder / "a", "x"); }),
              HasSubstr("leads back to itself"));
  EXPECT_TRUE(fs::is_symlink(folder / "a"));
}

TEST(AtomicFile, WriteProtectedFileStays) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everything";
  TemporaryFolder folder;
  write_file_atomically(folder / "a", "old");
  fs::permissions(folder / "a", fs::perms::owner_read);
  EXPECT_THAT(error_of([&] { write_file_atomically(folder / "a", "new"); }),
              HasSubstr("write-protected"));
  EXPECT_EQ(text_of(folder / "a"), "old");
}

TEST(AtomicFile, LongestName) {
  TemporaryFolder folder;
  const std::string name(255, 'n');
  write_file_atomically(folder / name, "x");
  EXPECT_EQ(text_of(folder / name), "x");
  EXPECT_THAT(error_of([&] { write_file_atomically(folder / (name + "n"), "x"); }),
              HasSubstr("cannot"));
  EXPECT_EQ(files_in(folder.path()), 1u);
}

TEST(ReadFile, Limits) {
  TemporaryFolder folder;
  write_file_atomically(folder / "a", std::string(5000, 'x'));
  EXPECT_EQ(read_file(folder / "a", 5000).size(), 5000u);
  EXPECT_THAT(error_of([&] { read_file(folder / "a", 4999); }), HasSubstr("limit of 4999"));
  EXPECT_THAT(error_of([&] { read_file(folder / "b", 10); }), HasSubstr("no such file"));
  EXPECT_THAT(error_of([&] { read_file(folder.path(), 10); }), HasSubstr("is a folder"));
  EXPECT_THAT(error_of([] { read_file("/dev/zero", 1 << 20); }), HasSubstr("zero: is a device"));
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(error_of([&] { read_file(folder / "pipe", 10); }), HasSubstr("pipe: is a pipe"));
  EXPECT_GT(read_file("/proc/self/status", 1 << 20).size(), 0u);  // reports a size of 0
}

}  // namespace
}  // namespace phaseloom
