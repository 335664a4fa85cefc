#include "app/session/readout.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/data/npy.hpp"
#include "engine/support/error.hpp"

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

}  // namespace phaseloom
