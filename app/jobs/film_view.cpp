// SPDX-License-Identifier: MIT
#include "app/jobs/film_view.hpp"

#include <algorithm>

#include "app/run/readout.hpp"

namespace phaseloom {
namespace {

constexpr std::uint8_t kGround = 64;  // between two walls, as between samples
constexpr std::uint8_t kLine = 255;   // the divider

/// Pictures of the same size.
Picture beside(const Picture& left, const Picture& right) {
  constexpr int kGap = 16;
  Picture both{2 * left.width + kGap, left.height, left.channels, {}};
  both.pixels.assign(both.size(), kGround);
  const auto row = std::ptrdiff_t(left.width) * left.channels;
  const auto across = std::ptrdiff_t(both.width) * both.channels;
  for (std::ptrdiff_t y = 0; y < left.height; ++y) {
    std::copy_n(left.pixels.begin() + y * row, row, both.pixels.begin() + y * across);
    std::copy_n(right.pixels.begin() + y * row, row, both.pixels.begin() + (y + 1) * across - row);
  }
  return both;
}

/// Left of the divider the one, right of it the other.
Picture split(const Picture& left, Picture right, double divider) {
  constexpr int kWidth = 2;  // of the divider's line
  const int at = static_cast<int>(divider * left.width);
  const int end = std::min(at + kWidth / 2, left.width), begin = std::max(0, end - kWidth);
  const auto row = std::ptrdiff_t(left.width) * left.channels;
  for (std::ptrdiff_t y = 0; y < left.height; ++y) {
    const auto to = right.pixels.begin() + y * row;
    std::copy_n(left.pixels.begin() + y * row, std::ptrdiff_t(at) * left.channels, to);
    std::fill(to + std::ptrdiff_t(begin) * left.channels, to + std::ptrdiff_t(end) * left.channels,
              kLine);
  }
  return right;
}

}  // namespace

FilmView::FilmView(const View& view, Compare compare, double divider, const Program& program)
    : view_(view), compare_(compare), divider_(divider), program_(&program) {
  view_.layer = std::clamp(view.layer, 0, std::max(0, program.layers().layers - 1));
  pixels_ = view.quantity == View::Quantity::intensity && view_.layer == 0;
  shown_ = program.picture();
  if (!pixels_) shown_.channels = 1;
  map_ = scale().map;
}

ColourScale FilmView::scale() const {
  const ColourScale one = colour_scale(view_.quantity, *program_, range_);
  return compare_ == Compare::difference ? difference_scale(one, range_) : one;
}

void FilmView::read(const Simulator& hardware, const Simulator* ideal, std::vector<float>& values) {
  const std::size_t run = std::size_t(shown_.size()) * std::size_t(hardware.lanes());
  values.resize(ideal ? 2 * run : run);
  if (ideal) read_run(*ideal, values.data());
  read_run(hardware, values.data() + values.size() - run);
}

void FilmView::read_run(const Simulator& simulator, float* values) {
  const auto lanes = static_cast<std::size_t>(simulator.lanes());
  const auto shown = static_cast<std::size_t>(shown_.size());
  if (pixels_) return simulator.read_pixels({values, shown * lanes});
  state_.resize(static_cast<std::size_t>(program_->topology->units()) * lanes);
  if (view_.quantity == View::Quantity::rate)
    simulator.read_rate(state_);
  else
    simulator.read_state(state_);
  const float* layer = state_.data() + static_cast<std::size_t>(view_.layer) * shown * lanes;
  for (std::size_t unit = 0; unit < shown; ++unit)
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const float x = layer[unit * lanes + lane];
      values[lane * shown + unit] = view_.quantity == View::Quantity::intensity
                                        ? static_cast<float>(read_pixel(program_->readout, x))
                                        : x;
    }
}

std::vector<float> FilmView::difference(std::span<const float> values) const {
  const bool angles = colour_scale(view_.quantity, *program_, 0).map == ColourMap::phase;
  const auto run = values.size() / 2;
  std::vector<float> difference(run);
  for (std::size_t i = 0; i < run; ++i) {
    const double d = double(values[run + i]) - values[i];
    difference[i] = static_cast<float>(angles ? wrapped(d) : d);
  }
  return difference;
}

void FilmView::reach(std::span<const float> values) {
  if (bounded()) return;
  range_ = std::max(range_, compare_ == Compare::difference ? robust_range(difference(values))
                                                            : robust_range(values));
}

Picture FilmView::picture(std::span<const float> values, int wall) const {
  const auto ideal = values.first(values.size() / 2), hardware = values.subspan(values.size() / 2);
  switch (compare_) {
    case Compare::off:
      break;
    case Compare::side:
      return beside(wall_of(ideal, wall), wall_of(hardware, wall));
    case Compare::split:
      return split(wall_of(ideal, wall), wall_of(hardware, wall), divider_);
    case Compare::difference:
      return wall_of(difference(values), wall);
  }
  return wall_of(values, wall);
}

Picture FilmView::wall_of(std::span<const float> values, int wall) const {
  if (map_ == ColourMap::grey) return wall_picture(values, shown_, wall);
  const ColourScale ends = scale();
  std::vector<float> places(values.size());
  std::ranges::transform(values, places.begin(), [&](float v) {
    return static_cast<float>((v - ends.low) / (ends.high - ends.low));
  });
  return wall_picture(places, shown_, wall, ends.map);
}

}  // namespace phaseloom
