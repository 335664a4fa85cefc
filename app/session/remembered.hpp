// SPDX-License-Identifier: MIT
#pragma once
// What was there at the end of a window is there at the next start, beside how it was looked at
// (ui_state.hpp): the scene, the trail, and the flow that was trained, with its time.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/document/scene.hpp"
#include "app/jobs/transport_snapshot.hpp"
#include "app/session/trail.hpp"

namespace phaseloom {

struct Remembered {
  Scene scene;
  std::string scene_file;  ///< that it was opened from or saved to
  Trail trail;
  std::optional<SavedTransport> transport;
  double flow_time = 1;
  bool flow_playing = true;
};

inline constexpr std::size_t kMaxRemembered = std::size_t{16} << 20;  ///< bytes

std::string print_remembered(const Remembered& remembered);
/// Throws Error that says what is wrong.
Remembered parse_remembered(std::string_view json, std::string_view source);

/// Below the user's state folder; empty where no place is known for it.
std::filesystem::path remembered_file();
/// None if there is no such file; none as well, and what is wrong in `problem`, if it is damaged.
std::optional<Remembered> load_remembered(const std::filesystem::path& file, std::string& problem);
/// Whole or not at all.
void save_remembered(const std::filesystem::path& file, const Remembered& remembered);

}  // namespace phaseloom
