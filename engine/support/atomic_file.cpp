// SPDX-License-Identifier: MIT
#include "engine/support/atomic_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "engine/support/descriptor.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

std::string reason(int error) { return std::generic_category().message(error); }

std::string folder_of(const fs::path& file) {
  const fs::path folder = file.parent_path();
  return folder.empty() ? "." : folder.string();
}

[[noreturn]] void fail_to_create(const fs::path& path, const fs::path& target, int error) {
  const std::string folder = folder_of(target);
  std::error_code ignored;  // of /proc the system says that it is not there
  if (error == ENOENT && !fs::exists(folder, ignored))
    fail("{}: the folder {} does not exist; create it or choose another", path.string(), folder);
  if (error == ENOTDIR) fail("{}: {} is not a folder; choose another place", path.string(), folder);
  fail("{}: cannot create a file in {} ({}); choose a folder that you may write to", path.string(),
       folder, reason(error));
}

/// Standard output or error, once more, if it is this file; else -1.
int same_as_output(const struct stat& file) {
  for (const int output : {STDOUT_FILENO, STDERR_FILENO}) {
    struct stat status {};
    if (::fstat(output, &status) == 0 && status.st_dev == file.st_dev &&
        status.st_ino == file.st_ino)
      return ::fcntl(output, F_DUPFD_CLOEXEC, 0);
  }
  return -1;
}

}  // namespace

fs::path link_target(const fs::path& path) {
  constexpr int kMost = 40;  // as the system itself
  fs::path target = path;
  std::error_code error;
  for (int i = 0; i < kMost && fs::is_symlink(target, error); ++i) {
    const fs::path next = fs::read_symlink(target, error);
    if (error) return target;
    target = target.parent_path() / next;
  }
  return target;
}

AtomicFile::AtomicFile(fs::path path) : path_(std::move(path)), target_(path_) {
  struct stat status {};
  const bool exists = ::stat(path_.c_str(), &status) == 0;
  if (!exists && errno == ELOOP)
    fail("{}: is a link that leads back to itself; remove it or choose another name",
         path_.string());
  // By such a name standard output is meant, which others write to as well, and not its file.
  if (exists && S_ISREG(status.st_mode) && path_.string().starts_with("/dev/")) {
    descriptor_ = same_as_output(status);
    if (descriptor_ >= 0) return;
  }
  // The file behind a symbolic link is written, not the link, also if it is not there yet.
  if (!exists || S_ISREG(status.st_mode)) target_ = link_target(path_);
  if (path_.filename().empty() || (exists && S_ISDIR(status.st_mode)))
    fail("{}: is a folder; a file name is needed", path_.string());
  if (exists && !S_ISREG(status.st_mode)) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor_ < 0) fail("{}: cannot open for writing ({})", path_.string(), reason(errno));
    return;
  }
  // The rename needs no permission on the old file; the user who protected it meant it, though.
  if (exists && ::access(target_.c_str(), W_OK) != 0)
    fail("{}: is write-protected; allow writing or choose another name", path_.string());
  clear_leftovers(folder_of(target_));
  do {  // a name may be taken by what a crash left behind
    temporary_ = temporary_beside(target_);
    unfinished_.emplace(temporary_);
    descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  } while (descriptor_ < 0 && errno == EEXIST);
  if (descriptor_ < 0) fail_to_create(path_, target_, errno);
  ::flock(descriptor_, LOCK_EX | LOCK_NB);  // says that it is being written (leftovers.hpp)
  if (exists) ::fchmod(descriptor_, status.st_mode & 07777);
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void AtomicFile::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_to_write(errno);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void AtomicFile::commit() {
  // Without the fsync a power cut after the rename could leave an empty file under the name.
  if (!temporary_.empty() && ::fsync(descriptor_) != 0) fail_to_write(errno);
  const Descriptor locked(::fcntl(descriptor_, F_DUPFD_CLOEXEC, 0));  // until it has its name
  const int closed = ::close(descriptor_);
  descriptor_ = -1;
  if (closed != 0) fail_to_write(errno);
  if (temporary_.empty()) return;
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) fail_to_write(errno);
  temporary_.clear();
  unfinished_.reset();
  // The rename itself reaches the disk with the folder; a file system that cannot is no failure.
  const Descriptor folder{::open(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (folder.value >= 0) ::fsync(folder.value);
}

void AtomicFile::fail_to_write(int error) const {
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  fail("{}: cannot write ({}); {}{}", path_.string(), reason(error),
       full ? "free some space or choose another folder" : "choose another place",
       temporary_.empty() ? "" : "; what was there before is unchanged");
}

void write_file_atomically(const fs::path& path, std::span<const std::byte> bytes) {
  AtomicFile file(path);
  file.write(bytes);
  file.commit();
}

void write_file_atomically(const fs::path& path, std::string_view text) {
  write_file_atomically(path, std::as_bytes(std::span(text)));
}

namespace {

/// @param status of what was opened
Descriptor open_for_reading(const fs::path& path, struct stat& status) {
  // Without waiting for someone to write, where the path turns out to be a pipe.
  Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
  if (file.value < 0 && (errno == ENOENT || errno == ENOTDIR))
    fail("{}: no such file; check the path", path.string());
  if (file.value < 0) fail("{}: cannot open ({})", path.string(), reason(errno));
  if (::fstat(file.value, &status) != 0) fail("{}: cannot read ({})", path.string(), reason(errno));
  if (S_ISDIR(status.st_mode)) fail("{}: is a folder; a file is needed", path.string());
  if (!S_ISREG(status.st_mode))
    fail("{}: is {}; a file is needed", path.string(),
         S_ISFIFO(status.st_mode)   ? "a pipe"
         : S_ISSOCK(status.st_mode) ? "a socket"
                                    : "a device");
  return file;
}

}  // namespace

void check_readable(const fs::path& path) {
  struct stat status {};
  open_for_reading(path, status);
}

std::vector<std::byte> read_file(const fs::path& path, std::size_t max_bytes) {
  struct stat status {};
  const Descriptor file = open_for_reading(path, status);
  const auto size = static_cast<std::size_t>(std::max<off_t>(status.st_size, 0));
  if (size > max_bytes)
    fail("{}: has {} bytes, over the limit of {}; is it the right file?", path.string(), size,
         max_bytes);

  // The size is a hint only: /proc reports 0, and a file may grow while it is read.
  std::vector<std::byte> bytes(size + 1);
  std::size_t filled = 0;
  for (;;) {
    const ssize_t count = ::read(file.value, bytes.data() + filled, bytes.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("{}: cannot read ({})", path.string(), reason(errno));
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
    if (filled > max_bytes)
      fail("{}: over the limit of {} bytes; is it the right file?", path.string(), max_bytes);
    if (filled == bytes.size()) bytes.resize(std::max<std::size_t>(4096, 2 * filled));
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace phaseloom
