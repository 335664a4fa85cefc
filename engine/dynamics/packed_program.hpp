// SPDX-License-Identifier: MIT
#pragma once
// A program's parameters in the order and precision that the kernels read.

#include <memory>
#include <span>
#include <vector>

#include "engine/dynamics/kernels.hpp"
#include "engine/network/program.hpp"
#include "engine/support/aligned.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

/// The topology in kernel order; shared by every packed program on it.
struct Tilings {
  Tiling forward;
  Tiling transposed;  ///< empty unless asked for
};
/// @param pairs sources in pairs, for pair_kernels.
std::shared_ptr<const Tilings> make_tilings(const Topology& topology, bool with_transposed,
                                            bool pairs = false);
/// With transposed tilings, in pairs where the machine has kernels for them.
std::shared_ptr<const Tilings> make_training_tilings(const Topology& topology);

template <class Real>
class PackedProgram {
 public:
  /// Couplings and parameters are zero until assign(). With transposed tilings the adjoint can run.
  PackedProgram(const Program& shape, std::shared_ptr<const Tilings> tilings);

  /// Takes all values (Program::values order). One item per chunk on the pool, if given.
  void assign(std::span<const Real> values, ThreadPool* pool = nullptr);

  Substrate substrate() const { return substrate_; }
  int units() const { return units_; }
  int chunks() const { return static_cast<int>(chunks_.size()); }
  int channels() const { return info(substrate_).channels; }
  int unit_parameters() const { return static_cast<int>(info(substrate_).parameters.size()); }
  std::size_t chunk_size() const { return chunk_size_; }
  const Tilings& tilings() const { return *tilings_; }
  /// Those that read what is packed here.
  const Kernels<Real>& kernels() const { return *kernels_; }
  const Real* weights(int chunk) const { return chunks_[chunk].forward.data(); }
  const Real* transposed_weights(int chunk) const { return chunks_[chunk].transposed.data(); }
  const Real* parameters(int chunk) const { return chunks_[chunk].parameters.data(); }

 private:
  struct Chunk {
    AlignedVector<Real> forward, transposed, parameters;
  };
  Substrate substrate_;
  const Kernels<Real>* kernels_;
  int units_;
  std::size_t chunk_size_;
  std::shared_ptr<const Tilings> tilings_;
  std::vector<Chunk> chunks_;
};

extern template class PackedProgram<float>;
extern template class PackedProgram<double>;

}  // namespace phaseloom
