// SPDX-License-Identifier: MIT
#include "app/run/readout.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <utility>
#include <vector>

#include "engine/data/npy.hpp"
#include "engine/data/png.hpp"
#include "engine/dynamics/lane_major.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

double order_parameter(std::span<const float> state, int lanes) {
  if (lanes <= 0 || state.empty()) return 0;
  const auto n = static_cast<std::size_t>(lanes);
  std::vector<double> sines(n);
  std::vector<double> cosines(n);
  for (std::size_t i = 0; i < state.size(); ++i) {
    sines[i % n] += std::sin(state[i]);
    cosines[i % n] += std::cos(state[i]);
  }
  double sum = 0;
  for (std::size_t lane = 0; lane < n; ++lane) sum += std::hypot(sines[lane], cosines[lane]);
  return sum / double(state.size());  // / units, / lanes
}

double robust_range(std::span<const float> values) {
  constexpr std::size_t kLook = 4096;
  std::vector<float> sizes;
  const std::size_t stride = std::max<std::size_t>(1, values.size() / kLook);
  for (std::size_t i = 0; i < values.size(); i += stride)
    if (std::isfinite(values[i])) sizes.push_back(std::abs(values[i]));
  if (sizes.empty()) return 1;
  const auto at = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() * 98 / 100);
  std::nth_element(sizes.begin(), at, sizes.end());
  const double size = std::max(static_cast<double>(*at), 1e-6);
  const double power = std::pow(10, std::floor(std::log10(size)));
  for (const double step : {1.0, 2.0, 5.0})
    if (size <= step * power) return step * power;
  return 10 * power;
}

double phase_origin(Readout readout) {
  return readout == Readout::cosine ? -std::numbers::pi / 2 : 0;
}

Picture wall_picture(std::span<const float> pixels, PictureShape image, int wall, ColourMap map) {
  constexpr int wanted_width = 1024;
  TileOptions options;
  options.scale = std::max(1, wanted_width / (wall * image.width));
  options.map = map;
  return tile_grid(pixels, image, wall, options);
}

void export_wall(const Snapshot& snapshot, const std::filesystem::path& path) {
  if (!snapshot.pixels) fail("export: there are no images yet");
  if (path.extension() == ".png") {
    write_png(path, wall_picture(*snapshot.pixels, snapshot.picture, snapshot.scene.wall));
  } else if (path.extension() == ".npy") {
    write_npy(path, array_of(snapshot.lanes, snapshot.picture), *snapshot.pixels);
  } else {
    fail("export: {} should end in .png or .npy", printable(path.string()));
  }
}

void export_states(const Snapshot& snapshot, const std::filesystem::path& path) {
  if (!snapshot.state) fail("export.states: there are no states yet");
  if (path.extension() != ".npy")
    fail("export.states: {} should end in .npy", printable(path.string()));
  const std::int64_t units = std::ssize(*snapshot.state) / snapshot.lanes;
  write_npy(path, {snapshot.lanes, units}, lane_major(*snapshot.state, snapshot.lanes));
}

}  // namespace phaseloom
