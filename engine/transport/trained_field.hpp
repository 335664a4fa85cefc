// SPDX-License-Identifier: MIT
#pragma once
// What a transport training needs of a model: to carry points and pull back, to match a field.

#include <memory>
#include <span>

#include "engine/support/random.hpp"
#include "engine/transport/model.hpp"
#include "engine/transport/setup.hpp"

namespace phaseloom {

/// from[i] goes to to[i]; a multiple of kLanes.
struct CoupledPoints {
  std::span<const Point> from, to;
};

/// Times at which OT-CFM sees each pair per iteration, one drawn from each of as many equal parts
/// of time; once per chunk where there are more of them (*).
inline constexpr int kMatchTimes = 8;

class TrainedField {
 public:
  virtual ~TrainedField() = default;

  /// Parameters, all of them learnable.
  virtual std::span<float> values() = 0;

  /// Carries points (a multiple of kLanes) from time 0 to 1 by midpoint steps, `steps` over all of
  /// time at least, and keeps what pull() needs. End points are not wrapped.
  virtual void carry(std::span<const Point> from, int steps, std::span<Point> ends) = 0;
  /// d loss / d values of the last carry() from d loss / d ends; assigned.
  virtual void pull(std::span<const Point> d_ends, std::span<float> gradient) = 0;

  /// OT-CFM: the mean over pairs, times and (x, y) of the squared error of the velocity against the
  /// straight line's, in squared coordinates, all of time being 1; and the gradient, assigned, of
  /// this plus the same of hidden units, if there are any.
  virtual double match(const CoupledPoints& pairs, RandomSequence& random,
                       std::span<float> gradient) = 0;

  virtual TransportModel model() const = 0;
};

std::unique_ptr<TrainedField> make_trained_program(const TransportSetup& setup);
std::unique_ptr<TrainedField> make_trained_mlp(const TransportSetup& setup);

}  // namespace phaseloom
