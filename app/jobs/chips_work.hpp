// SPDX-License-Identifier: MIT
#pragma once
// The work of `phaseloom chips` and of the window's chips.

#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "app/jobs/chips_snapshot.hpp"
#include "app/jobs/quality_meter.hpp"

namespace phaseloom {

/// One device, built and measured.
struct MadeChip {
  ChipQuality quality;
  /// The first ChipsSnapshot::kPictures samples, [sample][pixel]; null if it failed.
  std::shared_ptr<const std::vector<float>> pictures;
};

struct ChipsCallbacks {
  /// Before each device; false ends it.
  std::function<bool()> between;
  /// Within a device; may wait.
  std::function<void(double fraction)> tell;
  /// A device of request.mismatches[mismatch], in order.
  std::function<void(std::size_t mismatch, const MadeChip& chip)> made;
};

/// Builds all devices of the request. Each is measured as `phaseloom eval --device` does; without
/// mismatch they are all the same one, which is measured once. A device that cannot be measured, as
/// its samples diverge, has a problem instead of numbers. False if it was stopped.
bool make_chips(const ChipsRequest& request, const QualityMeter& meter, ThreadPool& pool,
                const ChipsCallbacks& callbacks, std::stop_token stop);

}  // namespace phaseloom
