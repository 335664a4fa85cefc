// SPDX-License-Identifier: MIT
#pragma once
// One moment of a production of chips: those that are measured, and how far it is.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/dynamics/run_settings.hpp"
#include "engine/hardware/hardware.hpp"
#include "engine/network/model_file.hpp"
#include "engine/sweep/chips.hpp"

namespace phaseloom {

/// What is built and how it is judged.
struct ChipsRequest {
  std::shared_ptr<const Model> model;
  RunSettings settings;  ///< the same noise for all devices
  Hardware hardware;     ///< of all; mismatch and device are those below
  std::vector<double> mismatches{0.05};
  int devices = 100;   ///< 1..devices of each mismatch
  int samples = 2000;  ///< of each device
};
inline constexpr int kMaxChips = 10'000;
/// Throws Error naming the first value that is out of range, and its range.
void validate(const ChipsRequest& request);

struct ChipsSnapshot {
  /// Pictures of each device that are kept.
  static constexpr int kPictures = 16;

  std::uint64_t serial = 0;  ///< counts publications; equal serial, equal snapshot
  bool running = false, paused = false;
  bool preparing = false;   ///< the data set is read: no device has begun
  ChipsRequest request;     ///< of the run, or of the last one; model null: none yet
  int done = 0, total = 0;  ///< devices of all mismatches
  double seconds_left = 0;  ///< 0: not known
  std::string problem;      ///< why it ended early, one line; empty: it has not
  std::string dataset;      ///< that it is judged by
  PictureShape picture;
  /// Of each mismatch of the request in its order, the devices so far; never null.
  std::shared_ptr<const std::vector<ChipPopulation>> populations =
      std::make_shared<const std::vector<ChipPopulation>>();
  /// The first kPictures samples of each of them, [sample][pixel] in [0, 1]; as populations:
  /// [mismatch][chip]. Null where the device failed.
  std::shared_ptr<const std::vector<std::vector<std::shared_ptr<const std::vector<float>>>>>
      pictures = std::make_shared<
          const std::vector<std::vector<std::shared_ptr<const std::vector<float>>>>>();
};

}  // namespace phaseloom
