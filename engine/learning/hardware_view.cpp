// SPDX-License-Identifier: MIT
#include "engine/learning/hardware_view.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/dynamics/noise.hpp"
#include "engine/support/error.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom {

HardwareView::HardwareView(const Program& shape, const Hardware& hardware, std::uint64_t seed,
                           const std::optional<HardwareRange>& range)
    : shape_(shape),
      hardware_(hardware),
      range_(range),
      seed_(seed),
      kept_(static_cast<std::size_t>(shape.topology->couplings()), 1),
      ends_(static_cast<std::size_t>(shape.chunks()) *
            static_cast<std::size_t>(shape.topology->units())) {
  validate(hardware);
  if (hardware.mismatch > 0 || range) device_ = pair_leaders(shape);
  if (hardware.phase_noise > 0)
    fail("training: it cannot be aware of phase noise ({}); 0 is needed", hardware.phase_noise);
  if (range) rank(shape.values);
}

bool HardwareView::ideal() const {
  return !range_ && hardware_.bits == 0 && hardware_.mismatch == 0 && hardware_.weight_noise == 0;
}

void HardwareView::prune(std::span<float> values, double density) {
  if (range_ || density >= density_) return;
  density_ = density;
  // What is gone is 0, the smallest magnitude of all.
  std::ranges::copy(values, shape_.values.begin());
  kept_ = kept_couplings(shape_, density);
  mask(values);
}

void HardwareView::rank(std::span<const float> values) {
  if (!range_) return;
  std::ranges::copy(values, shape_.values.begin());
  rank_ = pruning_ranks(shape_);
}

void HardwareView::mask(std::span<float> values) const {
  if (range_) return;
  for (int c = 0; c < shape_.chunks(); ++c) zero_pruned(c, values);
}

void HardwareView::zero_pruned(int chunk, std::span<float> values) const {
  if (density_ >= 1) return;
  float* weights = values.data() + static_cast<std::size_t>(chunk) * shape_.chunk_size();
  for (std::size_t i = 0; i < kept_.size(); ++i) weights[i] = kept_[i] ? weights[i] : 0.0f;
}

std::span<const float> HardwareView::realise(std::span<const float> values, std::int64_t iteration,
                                             ThreadPool& pool) {
  if (ideal()) return values;
  if (range_) {
    hardware_ = draw(*range_, hardware_, seed_, iteration);
    density_ = hardware_.density;
    const double room = std::round(density_ * static_cast<double>(kept_.size()));
    std::ranges::transform(rank_, kept_.begin(), [&](float rank) { return rank <= room; });
  }
  pool.run(shape_.chunks(), [&](int c) { realise_chunk(c, values, iteration); });
  return shape_.values;
}

void HardwareView::realise_chunk(int chunk, std::span<const float> values, std::int64_t iteration) {
  const auto begin = static_cast<std::size_t>(chunk) * shape_.chunk_size();
  std::ranges::copy(values.subspan(begin, shape_.chunk_size()),
                    shape_.values.begin() + static_cast<std::ptrdiff_t>(begin));
  if (range_) zero_pruned(chunk, shape_.values);
  const auto weights = shape_.weights(chunk);
  if (hardware_.bits > 0) {
    const auto units = static_cast<std::size_t>(shape_.topology->units());
    quantise_chunk(shape_, chunk, hardware_,
                   std::span(ends_).subspan(static_cast<std::size_t>(chunk) * units, units));
  }
  // Lane l of item i is coupling i * kLanes + l here, and a chunk is a group of samples.
  const auto items = static_cast<std::int64_t>((weights.size() + kLanes - 1) / kLanes);
  std::vector<std::int8_t> normals(static_cast<std::size_t>(items) * kLanes);
  const auto draw_for = [&](Stream stream, int group) {
    fill_normals(seed_, stream, static_cast<std::uint32_t>(iteration),
                 static_cast<std::uint64_t>(group) * kLanes, items, normals.data());
  };
  if (hardware_.mismatch > 0) {  // a device has one error for all chunks
    draw_for(Stream::mismatch, 0);
    const float unit = static_cast<float>(hardware_.mismatch) * kNormalUnit;
    for (std::size_t i = 0; i < weights.size(); ++i)
      weights[i] *= 1 + unit * static_cast<float>(normals[device_[i]]);
  }
  if (hardware_.weight_noise > 0) {
    draw_for(Stream::weight_noise, chunk);
    const float unit = static_cast<float>(hardware_.weight_noise) * kNormalUnit;
    for (std::size_t i = 0; i < weights.size(); ++i)
      weights[i] *= 1 + unit * static_cast<float>(normals[i]);
  }
}

void HardwareView::pull(std::span<const float> values, std::span<float> gradient) const {
  for (int c = 0; c < shape_.chunks(); ++c) zero_pruned(c, gradient);
  if (hardware_.bits == 0) return;
  const auto rows = shape_.topology->row_begin();
  const auto units = static_cast<std::size_t>(shape_.topology->units());
  for (int c = 0; c < shape_.chunks(); ++c) {
    const auto chunk = static_cast<std::size_t>(c) * shape_.chunk_size();
    for (std::size_t unit = 0; unit < units; ++unit) {
      const GridEnds& ends = ends_[static_cast<std::size_t>(c) * units + unit];
      for (std::size_t i = chunk + static_cast<std::size_t>(rows[unit]);
           i < chunk + static_cast<std::size_t>(rows[unit + 1]); ++i) {
        // A step goes against the gradient.
        const bool further = (values[i] < ends.lowest && gradient[i] > 0) ||
                             (values[i] > ends.highest && gradient[i] < 0);
        gradient[i] = further ? 0.0f : gradient[i];
      }
    }
  }
}

void HardwareView::visit_state(StateVisitor& state) {
  state.flags("kept", kept_);
  // The density that was reached, exactly: as its numerator over 2^30.
  auto density = static_cast<std::int64_t>(density_ * (1 << 30));
  state.count("density", density);
  density_ = static_cast<double>(density) / (1 << 30);
  if (range_) state.numbers("pruning_rank", rank_);
}

}  // namespace phaseloom
