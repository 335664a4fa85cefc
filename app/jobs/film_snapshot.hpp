// SPDX-License-Identifier: MIT
#pragma once
// How far the film is that is being written, and what films of a stage show when.

#include <cstdint>
#include <string>

#include "app/document/ui_state.hpp"

namespace phaseloom {

inline constexpr int kFilmRate = 30;
inline constexpr double kFlowSeconds = 3;  ///< the points' way in Transport, and
inline constexpr double kFlowHold = 1.2;   ///< how long they stay at its end
inline constexpr double kHeatSeconds = 5;  ///< a run in Thermo, and
inline constexpr double kHeatHold = 2;     ///< how long its end stays

/// A film of what the clock of a stage shows, which the window draws.
struct StageFilm {
  Workspace stage;
  double seconds;  ///< from the clock's beginning to its end
  double hold;     ///< of the end
  int row;         ///< pictures from beginning to end, if it is no film but a row of them
};
inline constexpr StageFilm kFlowFilm{Workspace::transport, kFlowSeconds, kFlowHold, 25};
inline constexpr StageFilm kHeatFilm{Workspace::thermo, kHeatSeconds, kHeatHold, 26};

/// The picture of such a film that is to be drawn next.
struct FilmPicture {
  Workspace stage{};
  int number = 0;   ///< from 0
  double time = 0;  ///< of the stage's clock, 0 to 1
};

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
