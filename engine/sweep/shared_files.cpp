// SPDX-License-Identifier: MIT
#include "engine/sweep/shared_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "engine/support/atomic_file.hpp"
#include "engine/support/descriptor.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongest = std::size_t{1} << 16;

std::error_code as_code(int result) {
  return result == 0 ? std::error_code() : std::error_code(errno, std::generic_category());
}

/// A new name reaches the disk with its folder; a file system that cannot is no failure.
void reach_disk(const fs::path& folder) {
  const Descriptor opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (opened.value >= 0) ::fsync(opened.value);
}

}  // namespace

std::error_code SharedFiles::list(const fs::path& folder, std::vector<std::string>& names) const {
  std::error_code error;
  fs::directory_iterator at(folder, error);
  for (const fs::directory_iterator end; !error && at != end; at.increment(error))
    names.push_back(at->path().filename().string());
  return error == std::errc::no_such_file_or_directory ? std::error_code() : error;
}

SharedFiles::Presence SharedFiles::presence(const fs::path& path) const {
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0) return Presence::there;
  return errno == ENOENT || errno == ENOTDIR ? Presence::missing : Presence::unknown;
}

std::error_code SharedFiles::make_folder(const fs::path& folder) const {
  return as_code(::mkdir(folder.c_str(), 0777));
}

std::error_code SharedFiles::rename(const fs::path& from, const fs::path& to) const {
  const std::error_code error = as_code(::rename(from.c_str(), to.c_str()));
  if (!error) reach_disk(to.parent_path());
  return error;
}

std::string SharedFiles::read(const fs::path& file) const {
  try {
    const auto bytes = read_file(file, kLongest);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  } catch (const Error&) {
    return {};
  }
}

void SharedFiles::write(const fs::path& file, std::string_view text) const {
  write_file_atomically(file, text);
}

void SharedFiles::remove(const fs::path& path) const {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

const SharedFiles& usual_files() {
  static const SharedFiles files;
  return files;
}

}  // namespace phaseloom
