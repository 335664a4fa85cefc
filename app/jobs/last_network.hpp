// SPDX-License-Identifier: MIT
#pragma once
// The best network of the last training in the window, on disk until the user has kept it: a crash,
// or the program's end, takes nothing away.

#include <filesystem>
#include <optional>
#include <string>

#include "engine/network/model_file.hpp"

namespace phaseloom {

class LastNetwork {
 public:
  /// @param folder that the program keeps such things in; empty: nothing is written, nothing is
  /// there.
  explicit LastNetwork(const std::filesystem::path& folder);

  bool is_there() const;
  /// Throws Error if it cannot be written.
  void write(const Model& model) const;
  /// Throws Error if it cannot be read.
  Model read() const;
  /// It is among the user's models now.
  void kept() const;
  /// Makes place for the next one; says where the one is that was not kept, if there was one.
  std::string set_aside() const;

 private:
  std::filesystem::path file_, previous_;
};

}  // namespace phaseloom
