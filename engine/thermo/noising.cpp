// SPDX-License-Identifier: MIT
#include "engine/thermo/noising.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "engine/dynamics/noise.hpp"
#include "engine/support/error.hpp"
#include "engine/support/random.hpp"
#include "engine/thermo/path_kernels.hpp"

namespace phaseloom {

std::vector<double> normalised_picture(std::span<const float> pixels, std::string_view source) {
  double mean = 0, square = 0;
  for (const float v : pixels) mean += double(v);
  mean /= double(pixels.size());
  for (const float v : pixels) square += (double(v) - mean) * (double(v) - mean);
  const double deviation = std::sqrt(square / double(pixels.size()));
  if (!(deviation > 0)) fail("{}: all pixels are equal; there is nothing to learn", source);
  std::vector<double> out(pixels.begin(), pixels.end());
  for (double& v : out) v = (v - mean) / deviation;
  return out;
}

Projection::Projection(const ThermoSetup& setup, std::uint64_t seed)
    : visible_(setup.visible()), hidden_(setup.hidden) {
  entries_.reserve(static_cast<std::size_t>(visible_) * hidden_);
  const double width = 1 / std::sqrt(double(visible_));
  for (int v = 0; v < visible_; ++v) {
    RandomSequence random(seed, Stream::projection, static_cast<std::uint32_t>(v));
    for (int h = 0; h < hidden_; ++h) entries_.push_back(width * random.normal());
  }
}

std::vector<double> Projection::patterns(std::span<const double> picture) const {
  assert(picture.size() == static_cast<std::size_t>(visible_));
  std::vector<double> out(picture.begin(), picture.end());
  out.resize(static_cast<std::size_t>(visible_) + hidden_);
  for (int v = 0; v < visible_; ++v)
    for (int h = 0; h < hidden_; ++h)
      out[static_cast<std::size_t>(visible_) + h] +=
          entries_[static_cast<std::size_t>(v) * hidden_ + h] * picture[v];
  return out;
}

double noising_ramp(const ThermoSetup& setup, double time) {
  return setup.drive * std::max(0.0, 1 - time / (setup.released * setup.duration));
}

template <class Real>
void Noising<Real>::draw(std::span<const double> patterns, std::uint32_t number,
                         PanelPath<Real>& path, ThreadPool& pool) const {
  const int steps = setup_.steps();
  const Panels& panels = path.panels;
  assert(path.times == steps + 1 && patterns.size() == static_cast<std::size_t>(setup_.units()));
  std::vector<Real> ramp;
  for (int k = 0; k < steps; ++k)
    ramp.push_back(static_cast<Real>(noising_ramp(setup_, k * setup_.dt)));
  const double noise = std::sqrt(2 * setup_.temperature * setup_.dt) * double(kNormalUnit);
  pool.run(panels.count(), [&](int p) {
    const int first = panels.first_unit(p), units = panels.units_of(p);
    AlignedVector<std::int8_t> normals(static_cast<std::size_t>(2 * steps) * kPanel);
    fill_normals(seed_, Stream::noising, number, static_cast<std::uint64_t>(p) * kPanel, 2 * steps,
                 normals.data());
    std::array<Real, kPanel> force{}, width{};
    for (int u = 0; u < units; ++u) {
      force[u] = static_cast<Real>(patterns[first + u]);
      width[u] = static_cast<Real>(noise);
    }
    path_kernels<Real>().noising({.held = steps,
                                  .steps = steps,
                                  .normals = normals.data(),
                                  .ramp = ramp.data(),
                                  .full = static_cast<Real>(setup_.drive),
                                  .force = force.data(),
                                  .noise = width.data(),
                                  .j2 = static_cast<Real>(setup_.j2),
                                  .j4 = static_cast<Real>(setup_.j4),
                                  .dt = static_cast<Real>(setup_.dt),
                                  .x = path.panel(p)});
  });
}

template class Noising<float>;
template class Noising<double>;

}  // namespace phaseloom
