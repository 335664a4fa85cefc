// SPDX-License-Identifier: MIT
#include "engine/dynamics/packed_program.hpp"

#include <algorithm>
#include <type_traits>

namespace phaseloom {

namespace {

template <class Real>
const Kernels<Real>& kernels_for(Substrate substrate, const Tilings& tilings) {
  if constexpr (std::is_same_v<Real, float>)
    if (tilings.forward.pairs) return pair_kernels(substrate);
  return kernels<Real>(substrate);
}

}  // namespace

std::shared_ptr<const Tilings> make_tilings(const Topology& topology, bool with_transposed,
                                            bool pairs) {
  auto tilings = std::make_shared<Tilings>();
  tilings->forward = tile_forward(topology);
  if (with_transposed) tilings->transposed = tile_transposed(topology);
  if (!pairs) return tilings;
  for (Tiling* t : {&tilings->forward, &tilings->transposed}) *t = pair_sources(*t);
  return tilings;
}

std::shared_ptr<const Tilings> make_training_tilings(const Topology& topology) {
  return make_tilings(topology, true, has_pair_kernels());
}

template <class Real>
PackedProgram<Real>::PackedProgram(const Program& shape, std::shared_ptr<const Tilings> tilings)
    : substrate_(shape.substrate),
      kernels_(&kernels_for<Real>(shape.substrate, *tilings)),
      units_(shape.topology->units()),
      chunk_size_(shape.chunk_size()),
      tilings_(std::move(tilings)),
      chunks_(static_cast<std::size_t>(shape.chunks())) {
  for (auto& chunk : chunks_) {
    chunk.forward.resize(static_cast<std::size_t>(tilings_->forward.packed()));
    chunk.transposed.resize(static_cast<std::size_t>(tilings_->transposed.packed()));
    chunk.parameters.resize(static_cast<std::size_t>(unit_parameters()) * units_);
  }
}

template <class Real>
void PackedProgram<Real>::assign(std::span<const Real> values, ThreadPool* pool) {
  const auto pack_chunk = [&](int c) {
    const Real* chunk = values.data() + c * chunk_size_;
    kernels_->pack(tilings_->forward, chunk, chunks_[c].forward.data());
    if (tilings_->transposed.rows)
      kernels_->pack(tilings_->transposed, chunk, chunks_[c].transposed.data());
    std::copy_n(chunk + tilings_->forward.couplings, chunks_[c].parameters.size(),
                chunks_[c].parameters.begin());
  };
  if (pool)
    pool->run(chunks(), pack_chunk);
  else
    for (int c = 0; c < chunks(); ++c) pack_chunk(c);
}

template class PackedProgram<float>;
template class PackedProgram<double>;

}  // namespace phaseloom
