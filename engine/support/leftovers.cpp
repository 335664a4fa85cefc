// SPDX-License-Identifier: MIT
#include "engine/support/leftovers.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>

#include "engine/support/descriptor.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = ".phaseloom-", kTemporary = ".tmp", kLock = ".lock";

/// Fixed memory and atomics: a signal may come at any moment.
struct Place {
  static constexpr std::size_t kLongest = 4096;
  enum State { free, being_written, in_use };
  std::atomic<int> state = free;
  char path[kLongest];
};
std::array<Place, 32> places;

/// The process that a temporary file's name tells of.
std::optional<pid_t> owner(std::string_view name) {
  if (!name.starts_with(kPrefix) || !name.ends_with(kTemporary)) return std::nullopt;
  name.remove_prefix(kPrefix.size());
  pid_t pid = 0;
  const auto [stop, problem] = std::from_chars(name.data(), name.data() + name.size(), pid);
  if (problem != std::errc() || *stop != '-' || pid <= 0) return std::nullopt;
  return pid;
}

bool is_gone(pid_t pid) { return ::kill(pid, 0) != 0 && errno == ESRCH; }

bool same_file(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/// A file that is written, and a lock that is held, has a lock on it (flock). Processes of another
/// container, of which the number says nothing here, have too.
void remove_if_left(const fs::path& file) {
  const std::string name = file.filename().string();
  const auto pid = owner(name);
  const bool is_lock = name.starts_with(kPrefix) && name.ends_with(kLock);
  if (!is_lock && !pid) return;
  const bool ours = pid == ::getpid();  // or of a process before us with the same number
  if (pid && !ours && !is_gone(*pid)) return;
  // For writing, because NFS gives a lock that excludes others to nobody else.
  const Descriptor descriptor{::open(file.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)};
  struct stat opened {
  }, named{};
  if (descriptor.value < 0 || ::fstat(descriptor.value, &opened) != 0) return;
  if (!S_ISREG(opened.st_mode) || opened.st_uid != ::geteuid()) return;
  const bool locked = ::flock(descriptor.value, LOCK_EX | LOCK_NB) == 0;
  if (!locked && (errno == EWOULDBLOCK || is_lock || ours)) return;
  if (::lstat(file.c_str(), &named) == 0 && same_file(opened, named)) ::unlink(file.c_str());
}

}  // namespace

fs::path temporary_beside(const fs::path& target) {
  static std::atomic<unsigned> counter{0};
  return target.parent_path() /
         fmt::format("{}{}-{}{}", kPrefix, ::getpid(), counter++, kTemporary);
}

Unfinished::Unfinished(const fs::path& file) : place_(-1) {
  const std::string& path = file.native();
  if (path.size() >= Place::kLongest) return;
  for (std::size_t i = 0; i < places.size() && place_ < 0; ++i) {
    int expected = Place::free;
    if (!places[i].state.compare_exchange_strong(expected, Place::being_written)) continue;
    std::memcpy(places[i].path, path.c_str(), path.size() + 1);
    places[i].state = Place::in_use;
    place_ = static_cast<int>(i);
  }
}

Unfinished::~Unfinished() {
  if (place_ >= 0) places[static_cast<std::size_t>(place_)].state = Place::free;
}

void remove_unfinished() noexcept {
  for (const Place& place : places)
    if (place.state == Place::in_use) ::unlink(place.path);
}

void clear_leftovers(const fs::path& folder) {
  static std::mutex mutex;
  static std::set<fs::path> cleared;
  {
    const std::lock_guard lock(mutex);
    if (!cleared.insert(folder).second) return;
  }
  std::error_code error;  // what cannot be read cannot be cleared
  for (fs::directory_iterator at(folder.empty() ? "." : folder, error), end; !error && at != end;
       at.increment(error))
    remove_if_left(at->path());
}

}  // namespace phaseloom
