#include "engine/dynamics/packed_program.hpp"

#include <algorithm>

namespace phaseloom {

std::shared_ptr<const Tilings> make_tilings(const Topology& topology, bool with_transposed) {
  auto tilings = std::make_shared<Tilings>();
  tilings->forward = tile_forward(topology);
  if (with_transposed) tilings->transposed = tile_transposed(topology);
  return tilings;
}

template <class Real>
PackedProgram<Real>::PackedProgram(const Program& shape, std::shared_ptr<const Tilings> tilings)
    : substrate_(shape.substrate),
      units_(shape.topology->units()),
      chunk_size_(shape.chunk_size()),
      tilings_(std::move(tilings)),
      chunks_(static_cast<std::size_t>(shape.chunks())) {
  for (auto& chunk : chunks_) {
    chunk.forward.resize(tilings_->forward.coupling.size());
    chunk.transposed.resize(tilings_->transposed.coupling.size());
    chunk.parameters.resize(static_cast<std::size_t>(unit_parameters()) * units_);
  }
}

template <class Real>
void PackedProgram<Real>::assign(std::span<const Real> values, ThreadPool* pool) {
  const auto& kernel = kernels<Real>(substrate_);
  const auto pack_chunk = [&](int c) {
    const Real* chunk = values.data() + c * chunk_size_;
    kernel.pack(tilings_->forward, chunk, chunks_[c].forward.data());
    if (tilings_->transposed.rows)
      kernel.pack(tilings_->transposed, chunk, chunks_[c].transposed.data());
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
