#pragma once
// What a film shows: the view of the wall (a quantity of one layer), as numbers that can be faded
// from step to step and as pictures in the wall's colours.

#include <span>
#include <vector>

#include "app/session/snapshot.hpp"
#include "app/session/ui_state.hpp"
#include "engine/data/colour_map.hpp"
#include "engine/data/picture.hpp"
#include "engine/dynamics/simulator.hpp"

namespace phaseloom {

class FilmView {
 public:
  /// A layer that the network does not have is its last one.
  FilmView(const View& view, const Grid& grid, const Program& program);

  /// Of the simulator's state: [lane][value].
  void read(const Simulator& simulator, std::vector<float>& values);
  /// Colours of quantities without bounds reach as far as the largest values() seen here.
  void reach(std::span<const float> values);
  bool bounded() const { return map_ != ColourMap::diverging; }
  /// Of the values, `wall` in a row.
  Picture picture(std::span<const float> values, int wall) const;

 private:
  Grid grid_;  ///< of one layer
  int shown_;  ///< values of a lane
  View view_;
  bool pixels_;  ///< as the simulator reads them out
  Readout readout_;
  ColourMap map_ = ColourMap::grey;
  double low_ = 0, high_ = 1;  ///< ends of the map
  std::vector<float> state_;
};

}  // namespace phaseloom
