// SPDX-License-Identifier: MIT
#include "app/run/run_caption.hpp"

#include <fmt/format.h>

#include <cmath>

namespace phaseloom {
namespace {

constexpr double kAlike = 0.05;  // relative; less is no change to speak of

/// Over the first one; 1 where there was nothing to compare with.
double ratio(double now, double first) { return first > 0 ? now / first : 1; }

std::string times(double ratio) {
  if (std::abs(ratio - 1) < kAlike) return "as at first";
  return fmt::format("{:.1f} × as at first", ratio);
}

int neighbours(const Snapshot& now) {
  return now.units > 0 ? static_cast<int>(std::lround(
                             double(now.model->program.topology->couplings()) / now.units))
                       : 0;
}

std::string last_chunk(const Snapshot& now, double coupling, double own) {
  if (own > coupling * (1 + kAlike))
    return fmt::format("Last chunk: the {}, now {:.1f} ×, {} to ink or paper", now.spoken().drive,
                       own, now.spoken().settling);
  return fmt::format("Last chunk: neighbours pull {} and settle the details", times(coupling));
}

}  // namespace

std::string run_caption(const Snapshot& now, std::span<const ChunkStrength> strengths) {
  if (!now.model || now.total_steps == 0) return "";
  const std::string_view unit = now.spoken().name;
  if (now.diverged) return fmt::format("A {} has left all bounds: this run is no picture", unit);
  if (now.step == 0)
    return fmt::format("{} {} start at random {}s; no neural network runs", now.visible,
                       now.spoken().units, unit);
  if (now.finished())
    return fmt::format("Finished: each {} is read off as a pixel; that was all", unit);
  const auto chunk = static_cast<std::size_t>(now.chunk);
  if (chunk >= strengths.size()) return "";
  const double coupling = ratio(strengths[chunk].coupling, strengths[0].coupling);
  const double own = ratio(strengths[chunk].own, strengths[0].own);
  if (chunk > 0 && now.chunk + 1 == now.chunks) return last_chunk(now, coupling, own);
  const std::string where = fmt::format("Chunk {} of {}: ", now.chunk + 1, now.chunks);
  if (chunk == 0)
    return where +
           fmt::format("each {} follows the pull of about {} others", unit, neighbours(now));
  return where +
         fmt::format("neighbours pull {}, {} {:.1f} ×", times(coupling), now.spoken().drive, own);
}

std::string_view widest_run_caption() {
  return "Last chunk: the injection, now 10.0 ×, drives each voltage to ink or paper";
}

}  // namespace phaseloom
