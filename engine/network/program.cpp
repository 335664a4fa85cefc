// SPDX-License-Identifier: MIT
#include "engine/network/program.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {

double read_pixel(Readout readout, double x) {
  switch (readout) {
    case Readout::sine:
      return (1 + std::sin(x)) / 2;
    case Readout::cosine:
      return (1 + std::cos(x)) / 2;
    case Readout::tanh:
      break;
  }
  return (1 + std::tanh(x)) / 2;
}

double state_of_pixel(Readout readout, double intensity) {
  const double s = std::clamp(2 * intensity - 1, -1.0, 1.0);
  switch (readout) {
    case Readout::sine:
      return std::asin(s);
    case Readout::cosine:
      return std::acos(s);
    case Readout::tanh:
      break;
  }
  return std::clamp(std::atanh(s), -3.0, 3.0);
}

double Program::duration() const {
  return std::accumulate(durations.begin(), durations.end(), 0.0);
}

PictureShape Program::picture() const {
  if (shape) return *shape;
  const Grid& grid = topology->grid();
  const int visible = topology->visible();
  for (const int channels : {1, 3})
    if (visible == channels * grid.plane()) return {grid.width, grid.height, channels};
  return {visible, 1, 1};
}

Grid Program::layers() const {
  const PictureShape shown = picture();
  const Grid& grid = topology->grid();
  if (shown.width == grid.width && shown.height == grid.height) return grid;
  return {shown.width, shown.height, shown.channels};
}

std::size_t Program::chunk_size() const {
  return static_cast<std::size_t>(topology->couplings()) +
         static_cast<std::size_t>(unit_parameters()) * topology->units();
}

std::span<const float> Program::weights(int chunk) const {
  return std::span(values).subspan(chunk * chunk_size(), topology->couplings());
}

std::span<const float> Program::unit_values(int chunk, int parameter) const {
  const auto units = static_cast<std::size_t>(topology->units());
  return std::span(values).subspan(
      chunk * chunk_size() + static_cast<std::size_t>(topology->couplings()) + parameter * units,
      units);
}

std::span<float> Program::weights(int chunk) {
  const auto view = std::as_const(*this).weights(chunk);
  return {values.data() + (view.data() - values.data()), view.size()};
}

std::span<float> Program::unit_values(int chunk, int parameter) {
  const auto view = std::as_const(*this).unit_values(chunk, parameter);
  return {values.data() + (view.data() - values.data()), view.size()};
}

int class_of(const Topology& topology, int label, std::uint64_t sample) {
  if (topology.labels() == 0) return 0;
  return label == kAllLabels ? static_cast<int>(sample % topology.labels()) : label;
}

Program make_program(Substrate substrate, std::shared_ptr<const Topology> topology, int chunks,
                     double chunk_duration, double weight_width, std::uint64_t seed) {
  Program program;
  program.substrate = substrate;
  program.topology = std::move(topology);
  program.durations.assign(static_cast<std::size_t>(chunks), chunk_duration);
  program.readout = info(substrate).is_phase ? Readout::sine : Readout::tanh;
  program.values.resize(chunks * program.chunk_size());
  for (int c = 0; c < chunks; ++c) {
    RandomSequence random(seed, Stream::weight_init, static_cast<std::uint32_t>(c));
    for (float& w : program.weights(c)) w = static_cast<float>(weight_width * random.normal());
    for (int p = 0; p < program.unit_parameters(); ++p)
      for (float& v : program.unit_values(c, p).first(program.topology->first_label()))
        v = info(substrate).parameters[p].initial;
  }
  return program;
}

Program widened(const Program& program, std::shared_ptr<const Topology> wider) {
  const Topology& narrow = *program.topology;
  if (wider->grid() != narrow.grid() || wider->labels() != narrow.labels() ||
      wider->visible() != narrow.visible())
    fail("program: only a network of the same units can have more couplings");
  Program out = program;
  out.topology = wider;
  out.values.assign(out.chunks() * out.chunk_size(), 0);
  for (int i = 0; i < narrow.units(); ++i)
    for (auto e = narrow.row_begin()[i]; e < narrow.row_begin()[i + 1]; ++e) {
      const auto at = wider->find(i, narrow.sources()[e]);
      if (at < 0)
        fail("program: {} lacks the coupling {} <- {} of {}", wider->description(), i,
             narrow.sources()[e], narrow.description());
      for (int c = 0; c < out.chunks(); ++c) out.weights(c)[at] = program.weights(c)[e];
    }
  for (int c = 0; c < out.chunks(); ++c)
    for (int p = 0; p < out.unit_parameters(); ++p)
      std::ranges::copy(program.unit_values(c, p), out.unit_values(c, p).begin());
  return out;
}

Program made_of(const Program& program, Substrate substrate) {
  const auto names = [](Substrate s) {
    std::string all;
    for (const UnitParameter& p : info(s).parameters) (all += all.empty() ? "" : ", ") += p.name;
    return all;
  };
  if (names(substrate) != names(program.substrate))
    fail("units of {} have the parameters {}; those of {}, {}", info(program.substrate).name,
         names(program.substrate), info(substrate).name, names(substrate));
  Program result = program;
  result.substrate = substrate;
  return result;
}

void symmetrise(const Program& shape, std::span<float> values) {
  const Topology& t = *shape.topology;
  for (int i = 0; i < t.units(); ++i)
    for (auto e = t.row_begin()[i]; e < t.row_begin()[i + 1]; ++e) {
      const int j = t.sources()[e];
      if (j > i) continue;  // each pair once
      const auto partner = t.find(j, i);
      if (partner < 0) continue;
      for (int c = 0; c < shape.chunks(); ++c) {
        float& a = values[c * shape.chunk_size() + e];
        float& b = values[c * shape.chunk_size() + partner];
        a = b = (a + b) / 2;
      }
    }
}

}  // namespace phaseloom
