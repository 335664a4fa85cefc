// SPDX-License-Identifier: MIT
#include "engine/support/file_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "engine/support/atomic_file.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

/// The same for all who mean the same file, by whatever links; the hash keeps it short.
fs::path lock_beside(const fs::path& file) {
  const fs::path target = link_target(file);
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  for (const char c : target.filename().string())
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return target.parent_path() / fmt::format(".phaseloom-{:016x}.lock", hash);
}

/// Another user's lock can at least be read.
int open_lock(const fs::path& path) {
  constexpr int flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | flags, 0666);
  return descriptor < 0 && errno == EACCES ? ::open(path.c_str(), O_RDONLY | flags) : descriptor;
}

/// Whoever had it before may have removed the name: then this is a lock on nothing.
bool has_name(int descriptor, const fs::path& path) {
  struct stat opened {
  }, named{};
  return ::fstat(descriptor, &opened) == 0 && ::lstat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

std::string words_in(int descriptor) {
  char text[500];
  const ssize_t size = ::pread(descriptor, text, sizeof text, 0);
  return size > 0 ? legible({text, static_cast<std::size_t>(size)}) : "another process";
}

}  // namespace

FileLock::FileLock(const fs::path& file, std::string_view work) : path_(lock_beside(file)) {
  clear_leftovers(path_.parent_path());
  for (;;) {
    descriptor_ = Descriptor(open_lock(path_));
    if (descriptor_.value < 0) return;
    if (::flock(descriptor_.value, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) holder_ = words_in(descriptor_.value);
      descriptor_ = {};
      return;
    }
    if (has_name(descriptor_.value, path_)) break;
  }
  unfinished_ = std::make_unique<Unfinished>(path_);
  const std::string words =
      fmt::format("process {} ({})", ::getpid(), legible(work.substr(0, 300)));
  if (::ftruncate(descriptor_.value, 0) == 0 &&
      ::pwrite(descriptor_.value, words.data(), words.size(), 0) < 0) {
    // It is locked all the same.
  }
}

FileLock::~FileLock() {
  if (descriptor_.value >= 0) ::unlink(path_.c_str());  // while it is locked
}

}  // namespace phaseloom
