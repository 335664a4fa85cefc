// SPDX-License-Identifier: MIT
#pragma once
// The strip below the pages whose work goes on in the background: how far it is, in words on a bar.

#include <string>
#include <string_view>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

struct JobStrip {
  double progress = 0;  ///< 0 to 1
  bool running = false, paused = false, failed = false;
  std::string words;
  std::string_view help;
};
/// In what is left of the zone.
void draw_job_strip(UiContext& ctx, const JobStrip& strip);

}  // namespace phaseloom
