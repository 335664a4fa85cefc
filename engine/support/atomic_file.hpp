// SPDX-License-Identifier: MIT
#pragma once
// Files written whole or not at all, and files read with a limit.

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/support/leftovers.hpp"

namespace phaseloom {

/// Where a symbolic link leads, link by link; the end need not exist. Anything else is itself.
std::filesystem::path link_target(const std::filesystem::path& path);

/// A file that appears under its name only at commit(), complete and on the disk. Until then the
/// bytes are in a temporary file of the same folder; without a commit that one is removed and
/// whatever was there before stays as it was. A device or pipe (/dev/stdout) is written directly.
class AtomicFile {
 public:
  /// Fails when the folder is missing or not writable, or the path is a folder.
  explicit AtomicFile(std::filesystem::path path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(std::span<const std::byte> bytes);
  void commit();
  /// Where the bytes are until then, for another program to write them; empty when there is no such
  /// file.
  const std::filesystem::path& temporary() const { return temporary_; }

 private:
  [[noreturn]] void fail_to_write(int error) const;

  std::filesystem::path path_;            // what the user asked for: named in messages
  std::filesystem::path target_;          // the same with symbolic links followed
  std::filesystem::path temporary_;       // empty when written directly, or committed
  std::optional<Unfinished> unfinished_;  // as long as temporary_ is there
  int descriptor_ = -1;
};

void write_file_atomically(const std::filesystem::path& path, std::span<const std::byte> bytes);
void write_file_atomically(const std::filesystem::path& path, std::string_view text);

/// Fails as read_file() does where the path leads to nothing that can be read.
void check_readable(const std::filesystem::path& path);
/// All bytes of a file; fails when it is missing, unreadable, over the limit, or a folder, pipe or
/// device: these have no end, or none that comes by itself.
std::vector<std::byte> read_file(const std::filesystem::path& path, std::size_t max_bytes);

}  // namespace phaseloom
