// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string_view>
#include <utility>

namespace phaseloom {

/// A folder that is there for a while, and goes with everything in it.
class ScratchFolder {
 public:
  /// Makes it, in a folder that exists.
  explicit ScratchFolder(std::filesystem::path path);
  /// Among the system's temporary files, for this user alone: "circuit" is "phaseloom-circuit-" and
  /// what no other is called. Throws Error if there is no room.
  static ScratchFolder temporary(std::string_view what);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  struct Made {};
  ScratchFolder(std::filesystem::path path, Made) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

}  // namespace phaseloom
