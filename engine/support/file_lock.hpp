// SPDX-License-Identifier: MIT
#pragma once
// Two processes at work on the same file would take it from each other: the first one locks it.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "engine/support/descriptor.hpp"
#include "engine/support/leftovers.hpp"

namespace phaseloom {

/// Held by one at a time, in this process and in all others, as long as it lives; the end of a
/// process releases it, however it comes. It is a hidden file beside the one that is meant, which
/// may not exist, and is gone when the lock is.
class FileLock {
 public:
  /// @param work what is done under it, for those who find it held: "phaseloom train mnist"
  FileLock(const std::filesystem::path& file, std::string_view work);
  ~FileLock();
  FileLock(FileLock&&) = default;
  FileLock& operator=(FileLock&&) = delete;

  /// False if somebody else has it. True also where the file system knows no locks, or no file can
  /// be made: there is no protection then, and no reason to stop.
  bool held() const { return holder_.empty(); }
  /// Who has it: "process 123 (phaseloom train mnist)".
  const std::string& holder() const { return holder_; }

 private:
  std::filesystem::path path_;
  Descriptor descriptor_;
  std::unique_ptr<Unfinished> unfinished_;  // a signal that ends the program removes it, too
  std::string holder_;
};

}  // namespace phaseloom
