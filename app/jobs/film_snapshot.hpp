// SPDX-License-Identifier: MIT
#pragma once
// How far the film is that is being written.

#include <cstdint>
#include <string>

namespace phaseloom {

inline constexpr int kFilmRate = 30;
inline constexpr double kFlowSeconds = 3;  ///< the points' way in Transport, and
inline constexpr double kFlowHold = 1.2;   ///< how long they stay at its end

struct FilmSnapshot {
  enum class State { idle, writing, done, failed, cancelled };
  std::uint64_t serial = 0;  ///< counts publications; equal serial, equal snapshot
  State state = State::idle;
  std::string path;
  int pictures = 0;  ///< written so far
  int wanted = 0;    ///< of these
  std::string reason;
};

}  // namespace phaseloom
