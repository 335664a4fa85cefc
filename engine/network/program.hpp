// SPDX-License-Identifier: MIT
#pragma once
// A program: a network with all its parameters, piecewise constant in time.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/network/integrator.hpp"
#include "engine/network/substrate.hpp"
#include "engine/network/topology.hpp"
#include "engine/support/names.hpp"
#include "engine/support/picture_shape.hpp"

namespace phaseloom {

/// How a visible unit's state becomes a pixel intensity in [0, 1] (our choice of read-outs (*)).
enum class Readout {
  sine,    ///< (1 + sin x) / 2, for phases
  cosine,  ///< (1 + cos x) / 2, for phases
  tanh,    ///< (1 + tanh x) / 2, for voltages
};

template <>
struct Names<Readout> {
  static constexpr std::string_view kind = "read-out";
  static constexpr std::array<std::string_view, 3> all{"sine", "cosine", "tanh"};
};

/// Pixel intensity of state x.
double read_pixel(Readout readout, double x);
/// The state nearest to 0 that reads as that intensity; of voltages, which never come to black or
/// white, at most 3 (*).
double state_of_pixel(Readout readout, double intensity);

/// Distribution of the state at time 0, on visible and hidden units alike (*). Label oscillators
/// are held at +π/2 if their class is asked for, else at -π/2 (*): a coupling of weight W to one
/// adds ±W cos θ to a unit's rate, a bias of its first order. Held voltages are +1 and -1 (*).
struct InitialNoise {
  enum class Shape { uniform, gaussian };
  Shape shape = Shape::uniform;
  /// Half-width of the uniform, or standard deviation of the Gaussian; rad or voltage.
  double width = 1.5707963267948966;
  bool operator==(const InitialNoise&) const = default;
};

/// Of a bath, kT in the unit of the potential (*).
inline constexpr double kMaxTemperature = 100;

/// A network and its parameters in K chunks of time. Within a chunk all parameters are constant.
struct Program {
  Substrate substrate{};
  std::shared_ptr<const Topology> topology;
  std::vector<double> durations;  ///< K chunk durations in the equations' time unit, each > 0
  Readout readout = Readout::sine;
  InitialNoise initial;
  bool tied = false;                             ///< couplings are symmetric, W_ij = W_ji
  Integrator integrator = Integrator::midpoint;  ///< what it is best run with, and
  int steps_per_chunk = 4;                       ///< how many steps per chunk (> 0)
  /// kT of the bath that it is meant to run in, in the unit of the potential; 0: none.
  double temperature = 0;
  /// Of what the visible units show, if that is not told by the grid; see picture().
  std::optional<PictureShape> shape;
  /// All parameters: per chunk the couplings' weights in topology order, then each unit parameter
  /// (in the order of info(substrate).parameters) for every unit.
  std::vector<float> values;

  int chunks() const { return static_cast<int>(durations.size()); }
  double duration() const;
  /// The shape of what the visible units show, as many values as there are of these: `shape`, or
  /// grid layers that are one channel each, or, of what has no such layers, a single row.
  PictureShape picture() const;
  /// Layers of the picture's size that units fill in their order: those of the grid, or, where
  /// hidden units lie on no such layers, the visible ones alone.
  Grid layers() const;
  int unit_parameters() const { return static_cast<int>(info(substrate).parameters.size()); }
  /// Values of one chunk: couplings + unit parameters x units.
  std::size_t chunk_size() const;
  std::span<float> weights(int chunk);
  std::span<const float> weights(int chunk) const;
  std::span<float> unit_values(int chunk, int parameter);
  std::span<const float> unit_values(int chunk, int parameter) const;
};

/// Asks for all classes in turn: sample s is of class s % labels.
inline constexpr int kAllLabels = -1;
/// The class of a sample: `label`, or its turn. 0 without labels.
int class_of(const Topology& topology, int label, std::uint64_t sample);

/// A program with weights ~ N(0, weight_width^2) and every unit parameter at its initial value, 0
/// for label oscillators, which do not heed theirs.
Program make_program(Substrate substrate, std::shared_ptr<const Topology> topology, int chunks,
                     double chunk_duration, double weight_width, std::uint64_t seed);

/// The same differential equation on a topology with more couplings, the new ones 0: a trained
/// network with room to learn more. Throws Error if `wider` has other units, or lacks a coupling.
Program widened(const Program& program, std::shared_ptr<const Topology> wider);

/// The same network made of other units: those of `substrate`, with the same numbers. Throws Error
/// if these have other parameters.
Program made_of(const Program& program, Substrate substrate);

/// Replaces W_ij and W_ji by their mean in every chunk of a flat parameter array (weights or
/// gradient); couplings without a partner are left alone.
void symmetrise(const Program& shape, std::span<float> values);

}  // namespace phaseloom
