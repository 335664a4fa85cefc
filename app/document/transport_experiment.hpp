// SPDX-License-Identifier: MIT
#pragma once
// What an experiment of the Transport workspace is to be: the values `transport.*` of a scene.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/transport/pair.hpp"
#include "engine/transport/setup.hpp"

namespace phaseloom {

/// One of transport_models(), by its place among them.
struct TransportModelChoice {
  int index = 0;
  std::string_view name() const { return transport_models()[static_cast<std::size_t>(index)]; }
  bool operator==(const TransportModelChoice&) const = default;
};
/// Throws Error listing the names.
TransportModelChoice transport_model_choice(std::string_view name);

/// The pair whose target is the user's drawing.
inline constexpr std::string_view kDrawnPair = "drawn";
/// Places in a drawing.
inline constexpr std::size_t kMaxDrawing = 400;

struct TransportExperiment {
  std::string pair = "D1";  ///< a built-in name, kDrawnPair, or a file of target points
  /// The drawn target: "x y" of each place in thousandths of the side, blanks between all.
  std::string drawing = "-300 0 -200 173 -100 173 0 0 100 -173 200 -173 300 0";
  TransportModelChoice model = transport_model_choice("kuramoto_shil");
  TransportLoss loss = TransportLoss::swd;
  int chunks = 4;
  int hidden = 4;
  int iterations = 0;  ///< 0: as many as the model and the loss need
  std::uint64_t seed = 1;
  int points = 1000;  ///< that are seen on their way

  TransportSetup setup() const;
  bool operator==(const TransportExperiment&) const = default;
};

/// What the experiment carries from and to. Throws Error: an unknown name, an unreadable file.
TransportPair pair_of(const TransportExperiment& experiment);

/// Of a grid. "pair": the experiment's own, which must have a name; "all": those of the paper.
std::vector<std::string> pairs_of_grid(std::string_view which,
                                       const TransportExperiment& experiment);

/// The places of a drawing. Throws Error led by `name`.
Points parse_drawing(std::string_view drawing, std::string_view name);
std::string print_drawing(const Points& places);

}  // namespace phaseloom
