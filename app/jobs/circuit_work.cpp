// SPDX-License-Identifier: MIT
#include "app/jobs/circuit_work.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/data/picture.hpp"
#include "engine/data/png.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr int kPictureScale = 8;

}  // namespace

std::string described_circuit(std::string_view model, const RunSettings& settings,
                              const Hardware& hardware) {
  std::string held = hardware.bits > 0 ? fmt::format(", {} bits", hardware.bits) : "";
  if (hardware.density < 1) held += fmt::format(", density {:g}", hardware.density);
  if (hardware.mismatch > 0)
    held += fmt::format(", mismatch {:g} of device {}", hardware.mismatch, hardware.device);
  if (hardware.weight_noise > 0) held += fmt::format(", weight noise {:g}", hardware.weight_noise);
  if (hardware.phase_noise > 0) held += fmt::format(", phase noise {:g}", hardware.phase_noise);
  return fmt::format("Phaseloom, {}, sample {} of seed {}{}", legible(model), settings.first_sample,
                     settings.seed, held);
}

Circuit circuit_of(const Program& program, const Hardware& hardware, const RunSettings& settings,
                   int side) {
  return side != 0 ? tile_circuit(program, hardware, settings, side)
                   : whole_circuit(program, hardware, settings);
}

PictureShape picture_of_circuit(const Program& program, int side) {
  PictureShape shape = program.picture();
  if (side != 0) shape.width = shape.height = side;
  return shape;
}

std::vector<float> comparison_of(const CircuitCheck& check) {
  std::vector<float> all = check.ours;
  all.insert(all.end(), check.theirs.begin(), check.theirs.end());
  for (std::size_t i = 0; i < check.ours.size(); ++i)
    all.push_back(std::min(1.0f, kMagnified * std::abs(check.theirs[i] - check.ours[i])));
  return all;
}

void write_comparison(const std::filesystem::path& file, const CircuitCheck& check,
                      PictureShape shape) {
  write_png(file, tile_grid(comparison_of(check), shape, 3, {.gutter = 1, .scale = kPictureScale}));
}

std::string circuit_csv(const CircuitCheck& check) {
  std::string csv =
      "chunk,rms_error,median_error,p99_error,rms_error_at_ten_times_reltol,seconds\n";
  for (std::size_t c = 0; c < check.chunks.size(); ++c) {
    const ChunkCheck& chunk = check.chunks[c];
    csv += fmt::format("{},{},{},{},{},{:.3f}\n", c + 1, chunk.error.rms, chunk.error.median,
                       chunk.error.p99, chunk.looser_rms, chunk.seconds);
  }
  return csv;
}

}  // namespace phaseloom
