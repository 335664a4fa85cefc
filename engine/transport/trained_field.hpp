#pragma once
// What a transport training needs of a model: to carry points and pull back, to match a field.

#include <cstdint>
#include <memory>
#include <span>

#include "engine/transport/model.hpp"
#include "engine/transport/setup.hpp"

namespace phaseloom {

/// Points on a straight line at one time in [0, 1] each, and where from and to: OT-CFM.
struct FieldBatch {
  std::span<const Point> from, to;  ///< coupled; a multiple of kLanes
  /// Every pair is seen at several times, one drawn from each of as many equal parts of time.
  std::uint64_t seed;
  std::uint32_t iteration;
};

class TrainedField {
 public:
  virtual ~TrainedField() = default;

  /// Parameters, all of them learnable.
  virtual std::span<float> values() = 0;

  /// Carries points (a multiple of kLanes) from time 0 to 1 by midpoint steps, `steps` over all
  /// of time at least, and keeps what pull() needs. End points are not wrapped.
  virtual void carry(std::span<const Point> from, int steps, std::span<Point> ends) = 0;
  /// d loss / d values of the last carry() from d loss / d ends; assigned.
  virtual void pull(std::span<const Point> d_ends, std::span<float> gradient) = 0;

  /// OT-CFM: mean over points, times and (x, y) of the squared error of the velocity, and its
  /// gradient, assigned.
  virtual double match(const FieldBatch& batch, std::span<float> gradient) = 0;

  virtual TransportModel model() const = 0;
};

std::unique_ptr<TrainedField> make_trained_program(const TransportSetup& setup);
std::unique_ptr<TrainedField> make_trained_mlp(const TransportSetup& setup);

/// Times at which each coupled pair is seen per iteration of OT-CFM; more of them where there are
/// more chunks.
inline constexpr int kMatchTimes = 8;

}  // namespace phaseloom
