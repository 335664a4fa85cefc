// SPDX-License-Identifier: MIT
#pragma once
// The program's own files among those of the user: written under a name of their own until they are
// whole. A process that is ended in between leaves them behind; these take care that they go.

#include <filesystem>

namespace phaseloom {

/// A name beside the target that no other process of this machine uses, and no other file of this
/// one. It is short, so that any name that is valid has a valid one beside it.
std::filesystem::path temporary_beside(const std::filesystem::path& target);

/// Says while it lives that the file is unfinished: a signal that ends the program removes it.
class Unfinished {
 public:
  explicit Unfinished(const std::filesystem::path& file);
  ~Unfinished();
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;

 private:
  int place_;  // in the list; -1: it was full
};

/// Removes what is unfinished just now; may be called by a signal's handler.
void remove_unfinished() noexcept;

/// Removes what processes left in this folder that are no more; once in a process's life, since a
/// folder may be large.
void clear_leftovers(const std::filesystem::path& folder);

}  // namespace phaseloom
