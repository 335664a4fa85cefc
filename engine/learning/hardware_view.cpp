// SPDX-License-Identifier: MIT
#include "engine/learning/hardware_view.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/dynamics/noise.hpp"
#include "engine/support/error.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom {

HardwareView::HardwareView(const Program& shape, const Hardware& hardware, std::uint64_t seed)
    : shape_(shape),
      hardware_(hardware),
      seed_(seed),
      kept_(static_cast<std::size_t>(shape.topology->couplings()), 1),
      lowest_(static_cast<std::size_t>(shape.chunks()), -std::numeric_limits<float>::infinity()),
      highest_(lowest_.size(), std::numeric_limits<float>::infinity()) {
  validate(hardware);
  if (hardware.mismatch > 0) device_ = pair_leaders(shape);
  if (hardware.phase_noise > 0)
    fail("training: it cannot be aware of phase noise ({}); 0 is needed", hardware.phase_noise);
}

bool HardwareView::ideal() const {
  return hardware_.bits == 0 && hardware_.mismatch == 0 && hardware_.weight_noise == 0;
}

void HardwareView::prune(std::span<float> values, double density) {
  if (density >= density_) return;
  density_ = density;
  // What is gone is 0, the smallest magnitude of all.
  std::ranges::copy(values, shape_.values.begin());
  kept_ = kept_couplings(shape_, density);
  mask(values);
}

void HardwareView::mask(std::span<float> values) const {
  if (density_ >= 1) return;
  for (int c = 0; c < shape_.chunks(); ++c) {
    float* weights = values.data() + static_cast<std::size_t>(c) * shape_.chunk_size();
    for (std::size_t i = 0; i < kept_.size(); ++i) weights[i] = kept_[i] ? weights[i] : 0.0f;
  }
}

std::span<const float> HardwareView::realise(std::span<const float> values, std::int64_t iteration,
                                             ThreadPool& pool) {
  if (ideal()) return values;
  pool.run(shape_.chunks(), [&](int c) {
    const auto begin = static_cast<std::size_t>(c) * shape_.chunk_size();
    std::ranges::copy(values.subspan(begin, shape_.chunk_size()), shape_.values.begin() + begin);
    const auto weights = shape_.weights(c);
    if (hardware_.bits > 0) {
      const float scale = quantisation_scale(weights, hardware_.bits, hardware_.grid);
      if (scale > 0) {
        quantise(weights, scale, hardware_.bits, hardware_.grid);
        constexpr float kFar = 1e9f;
        lowest_[c] = quantise(-kFar * scale, scale, hardware_.bits, hardware_.grid);
        highest_[c] = quantise(kFar * scale, scale, hardware_.bits, hardware_.grid);
      }
    }
    // Lane l of item i is coupling i * kLanes + l here, and a chunk is a group of samples.
    const auto items = static_cast<std::int64_t>((weights.size() + kLanes - 1) / kLanes);
    std::vector<std::int8_t> normals(static_cast<std::size_t>(items) * kLanes);
    const auto draw = [&](Stream stream, int group) {
      fill_normals(seed_, stream, static_cast<std::uint32_t>(iteration),
                   static_cast<std::uint64_t>(group) * kLanes, items, normals.data());
    };
    if (hardware_.mismatch > 0) {  // a device has one error for all chunks
      draw(Stream::mismatch, 0);
      const float unit = static_cast<float>(hardware_.mismatch) * kNormalUnit;
      for (std::size_t i = 0; i < weights.size(); ++i)
        weights[i] *= 1 + unit * static_cast<float>(normals[device_[i]]);
    }
    if (hardware_.weight_noise > 0) {
      draw(Stream::weight_noise, c);
      const float unit = static_cast<float>(hardware_.weight_noise) * kNormalUnit;
      for (std::size_t i = 0; i < weights.size(); ++i)
        weights[i] *= 1 + unit * static_cast<float>(normals[i]);
    }
  });
  return shape_.values;
}

void HardwareView::pull(std::span<const float> values, std::span<float> gradient) const {
  mask(gradient);
  if (hardware_.bits == 0) return;
  for (int c = 0; c < shape_.chunks(); ++c) {
    const auto begin = static_cast<std::size_t>(c) * shape_.chunk_size();
    const float low = lowest_[c], high = highest_[c];
    for (std::size_t i = begin; i < begin + kept_.size(); ++i) {
      // A step goes against the gradient.
      const bool further =
          (values[i] < low && gradient[i] > 0) || (values[i] > high && gradient[i] < 0);
      gradient[i] = further ? 0.0f : gradient[i];
    }
  }
}

void HardwareView::visit_state(StateVisitor& state) {
  state.flags("kept", kept_);
  // The density that was reached, exactly: as its numerator over 2^30.
  auto density = static_cast<std::int64_t>(density_ * (1 << 30));
  state.count("density", density);
  density_ = static_cast<double>(density) / (1 << 30);
}

}  // namespace phaseloom
