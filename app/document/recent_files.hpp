// SPDX-License-Identifier: MIT
#pragma once
// The files that were opened last, across starts of the program.

#include <filesystem>
#include <vector>

namespace phaseloom {

class RecentFiles {
 public:
  static constexpr std::size_t kMost = 12;
  /// @param store the file that remembers them; empty: nothing is remembered
  explicit RecentFiles(std::filesystem::path store) : store_(std::move(store)) {}

  /// The latest first; those that are gone by now are left out.
  std::vector<std::filesystem::path> list() const;
  /// Puts a file first. What cannot be written is not worth a word.
  void note(const std::filesystem::path& file) const;

 private:
  std::filesystem::path store_;
};

}  // namespace phaseloom
