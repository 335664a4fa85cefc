#include "app/session/film_view.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "app/session/readout.hpp"

namespace phaseloom {

FilmView::FilmView(const View& view, const Grid& grid, const Program& program)
    : grid_(grid), view_(view), readout_(program.readout) {
  const int visible = program.topology->visible();
  view_.layer = std::clamp(view.layer, 0, std::max(0, grid.layers - 1));
  pixels_ = view.quantity == View::Quantity::intensity && view_.layer == 0;
  shown_ = pixels_ ? visible : grid.plane();
  if (view.quantity == View::Quantity::phase && info(program.substrate).is_phase) {
    map_ = ColourMap::phase;
    low_ = phase_origin(readout_);
    high_ = low_ + 2 * std::numbers::pi;
  } else if (view.quantity != View::Quantity::intensity) {
    map_ = ColourMap::diverging;
    low_ = high_ = 0;
  }
}

void FilmView::read(const Simulator& simulator, std::vector<float>& values) {
  const auto lanes = static_cast<std::size_t>(simulator.lanes());
  const auto shown = static_cast<std::size_t>(shown_);
  values.resize(shown * lanes);
  if (pixels_) return simulator.read_pixels(values);
  state_.resize(static_cast<std::size_t>(simulator.ideal().topology->units()) * lanes);
  if (view_.quantity == View::Quantity::rate)
    simulator.read_rate(state_);
  else
    simulator.read_state(state_);
  const float* layer = state_.data() + static_cast<std::size_t>(view_.layer) * shown * lanes;
  for (std::size_t unit = 0; unit < shown; ++unit)
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const float x = layer[unit * lanes + lane];
      values[lane * shown + unit] = view_.quantity == View::Quantity::intensity
                                        ? static_cast<float>(read_pixel(readout_, x))
                                        : x;
    }
}

void FilmView::reach(std::span<const float> values) {
  if (bounded()) return;
  high_ = std::max(high_, robust_range(values));
  low_ = -high_;
}

Picture FilmView::picture(std::span<const float> values, int wall) const {
  if (map_ == ColourMap::grey) return wall_picture(values, grid_, shown_, wall);
  std::vector<float> places(values.size());
  std::ranges::transform(values, places.begin(),
                         [&](float v) { return static_cast<float>((v - low_) / (high_ - low_)); });
  return wall_picture(places, grid_, shown_, wall, map_);
}

}  // namespace phaseloom
