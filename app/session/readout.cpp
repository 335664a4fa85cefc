#include "app/session/readout.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/data/npy.hpp"
#include "engine/data/png.hpp"
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

void export_wall(const Snapshot& snapshot, const std::filesystem::path& path) {
  if (!snapshot.pixels) fail("export: there are no images yet");
  const auto& grid = snapshot.grid;
  // A network without geometry, or with visible units beyond one layer, is exported as rows.
  const bool images = grid.plane() == snapshot.visible;
  const int width = images ? grid.width : snapshot.visible;
  const int height = images ? grid.height : 1;
  if (path.extension() == ".png") {
    constexpr int wanted_width = 1024;
    TileOptions options;
    options.scale = std::max(1, wanted_width / (snapshot.scene.wall * width));
    write_png(path, tile_grid(*snapshot.pixels, width, height, snapshot.scene.wall, options));
  } else if (path.extension() == ".npy") {
    write_npy(path, {snapshot.lanes, height, width}, *snapshot.pixels);
  } else {
    fail("export: {} should end in .png or .npy", printable(path.string()));
  }
}

}  // namespace phaseloom
