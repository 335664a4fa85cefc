// SPDX-License-Identifier: MIT
#pragma once
// A small network on a canvas: units with places, and the couplings between them.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace phaseloom {

inline constexpr int kMaxPlaygroundUnits = 400;
/// Of a network that is kept coupling by coupling: each pair of 200 units.
inline constexpr int kMaxOwnCouplings = 19'900;

struct PlaygroundUnit {
  float x = 0.5F, y = 0.5F;  ///< on the canvas, 0 to 1 from its top left corner
  float detuning = 0;        ///< its own frequency or drive, in units of the spread
  int id = 0;                ///< stays with it while others come and go; no part of what is saved
  bool operator==(const PlaygroundUnit& other) const {
    return x == other.x && y == other.y && detuning == other.detuning;
  }
};

/// The nearest place that a scene can keep: thousandths of the canvas (*).
float canvas_place(double share);

/// Works both ways, with the same strength.
struct PlaygroundCoupling {
  int a = 0, b = 0;  ///< places in the list of units, a < b
  float weight = 1;  ///< times the coupling K; > 0 pulls together, < 0 apart
  bool operator==(const PlaygroundCoupling&) const = default;
};

struct PlaygroundNetwork {
  std::vector<PlaygroundUnit> units;
  std::vector<PlaygroundCoupling> couplings;  ///< ascending by (a, b), each pair once

  int count() const { return static_cast<int>(units.size()); }
  /// The coupling of these two, in either order; null: there is none.
  const PlaygroundCoupling* find(int a, int b) const;
  bool operator==(const PlaygroundNetwork&) const = default;
};

/// A network that a scene keeps, or none: shared, for scenes are copied all the time.
class OwnNetwork {
 public:
  OwnNetwork() = default;
  explicit OwnNetwork(PlaygroundNetwork network)
      : network_(std::make_shared<const PlaygroundNetwork>(std::move(network))) {}
  explicit operator bool() const { return network_ != nullptr; }
  const PlaygroundNetwork& operator*() const { return *network_; }
  const PlaygroundNetwork* operator->() const { return network_.get(); }
  bool operator==(const OwnNetwork& other) const {
    return network_ == other.network_ ||
           (network_ && other.network_ && *network_ == *other.network_);
  }

 private:
  std::shared_ptr<const PlaygroundNetwork> network_;
};

// Changes by hand; each gives a new network. They throw Error: a unit that there is not, a place
// beyond the canvas, too many of either. `number` in messages counts units from 0.

/// With one more unit at the end.
PlaygroundNetwork with_unit(const PlaygroundNetwork& network, float x, float y, float detuning = 0);
PlaygroundNetwork without_unit(const PlaygroundNetwork& network, int unit);
PlaygroundNetwork with_unit_at(const PlaygroundNetwork& network, int unit, float x, float y);
PlaygroundNetwork with_detuning(const PlaygroundNetwork& network, int unit, float detuning);
/// A weight of 0 takes the coupling away.
PlaygroundNetwork with_coupling(const PlaygroundNetwork& network, int a, int b, float weight);

/// Largest weight and detuning that a network may have, in size.
inline constexpr float kMaxPlaygroundWeight = 100;

/// As a scene keeps it: a word for each unit, "x,y" or "x,y,detuning" in thousandths of the canvas,
/// then for each unit with partners behind it one, "0:1,2,5*-0.5": those it is coupled to, and the
/// weight if it is not 1.
std::string print_network(const PlaygroundNetwork& network);
/// Takes that back. Throws Error led by `name`.
PlaygroundNetwork parse_network(std::string_view text, std::string_view name);

}  // namespace phaseloom
