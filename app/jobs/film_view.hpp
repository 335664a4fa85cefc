// SPDX-License-Identifier: MIT
#pragma once
// What a film shows: the view of the wall (a quantity of one layer, of the hardware alone or beside
// the ideal run), as numbers that can be faded from step to step and as pictures in the wall's
// colours.

#include <span>
#include <vector>

#include "app/document/ui_state.hpp"
#include "app/run/colour_scale.hpp"
#include "app/run/snapshot.hpp"
#include "engine/data/picture.hpp"
#include "engine/dynamics/simulator.hpp"

namespace phaseloom {

class FilmView {
 public:
  /// @param view a layer that the network does not have is its last one.
  /// @param compare beside which the ideal run is shown, and how. @param divider of the split wall.
  FilmView(const View& view, Compare compare, double divider, const Program& program);

  /// Of the runs' states: [run][lane][value], the ideal run first if there is one.
  void read(const Simulator& hardware, const Simulator* ideal, std::vector<float>& values);
  /// Colours without bounds reach as far as the largest values() seen here.
  void reach(std::span<const float> values);
  bool bounded() const { return map_ != ColourMap::diverging; }
  /// Of the values, `wall` in a row.
  Picture picture(std::span<const float> values, int wall) const;

 private:
  void read_run(const Simulator& simulator, float* values);
  std::vector<float> difference(std::span<const float> values) const;
  ColourScale scale() const;
  Picture wall_of(std::span<const float> values, int wall) const;

  View view_;
  Compare compare_;
  double divider_;
  const Program* program_;
  PictureShape shown_;  ///< of a lane
  bool pixels_;         ///< as the simulator reads them out
  ColourMap map_;
  double range_ = 0;  ///< of values without bounds
  std::vector<float> state_;
};

}  // namespace phaseloom
