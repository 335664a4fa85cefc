// SPDX-License-Identifier: MIT
#pragma once
// What a transport experiment is: model, loss, size, seed.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/support/names.hpp"

namespace phaseloom {

/// What the model learns from (docs/physics.md, Transport).
enum class TransportLoss {
  ot_cfm,  ///< the vector field on straight lines between points coupled by optimal transport
  swd,     ///< the sliced Wasserstein distance between end points and targets
};
template <>
struct Names<TransportLoss> {
  static constexpr std::string_view kind = "loss";
  static constexpr std::array<std::string_view, 2> all{"ot_cfm", "swd"};
};

/// "mlp" and the substrates that carry points, in the order of plots.
std::span<const std::string_view> transport_models();
inline constexpr std::string_view kMlp = "mlp";

inline constexpr int kMaxTransportChunks = 64;
inline constexpr int kMaxTransportHidden = 64;

struct TransportSetup {
  std::string model = "kuramoto_shil";
  TransportLoss loss = TransportLoss::swd;
  int chunks = 4;  ///< of the physics; the mlp has time as an input, and none: 1
  int hidden = 4;  ///< units beside the two visible ones; none with the mlp: 0
  std::uint64_t seed = 1;
  int iterations = 0;  ///< 0: default_iterations() of the model and the loss
  bool operator==(const TransportSetup&) const = default;
};

/// The number of iterations after which W2^2 has settled; about 2 to 5 s on one core (*).
int default_iterations(const TransportSetup& setup);

/// The same with iterations, chunks and hidden filled in where the model leaves no choice. Throws
/// Error naming the first field that is out of range.
TransportSetup checked(TransportSetup setup);

}  // namespace phaseloom
