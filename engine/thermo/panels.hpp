// SPDX-License-Identifier: MIT
#pragma once
// How the kernels of the thermodynamic computer hold things: units in panels of kPanel, visible
// ones first, each kind padded with units that stay at 0. A path is [panel][time][unit of the
// panel], so that the same numbers serve, without copies, a product over units (rows of panels) and
// one over times (columns of them).

#include <algorithm>
#include <cstdint>

#include "engine/support/aligned.hpp"
#include "engine/thermo/machine.hpp"

namespace phaseloom {

inline constexpr int kPanel = 32;

struct Panels {
  int visible = 0, hidden = 0;  ///< units

  int visible_panels() const { return (visible + kPanel - 1) / kPanel; }
  int hidden_panels() const { return (hidden + kPanel - 1) / kPanel; }
  int count() const { return visible_panels() + hidden_panels(); }
  int padded() const { return count() * kPanel; }  ///< units
  /// The panel's first unit, among all units without padding.
  int first_unit(int panel) const {
    const int seen = visible_panels();
    return panel < seen ? panel * kPanel : visible + (panel - seen) * kPanel;
  }
  /// Units of the panel that are no padding.
  int units_of(int panel) const {
    const int end = panel < visible_panels() ? visible : visible + hidden;
    return std::min(kPanel, end - first_unit(panel));
  }
};

/// Copies a number of each unit, visible ones first, to where panels have it, and back.
template <class Real>
void to_panels(const Panels& panels, const Real* units, Real* padded) {
  for (int p = 0; p < panels.count(); ++p)
    std::copy_n(units + panels.first_unit(p), panels.units_of(p), padded + p * kPanel);
}
template <class Real>
void from_panels(const Panels& panels, const Real* padded, Real* units) {
  for (int p = 0; p < panels.count(); ++p)
    std::copy_n(padded + p * kPanel, panels.units_of(p), units + panels.first_unit(p));
}

/// Numbers of every unit at `times` times.
template <class Real>
struct PanelPath {
  Panels panels;
  int times = 0;
  AlignedVector<Real> values;

  PanelPath(const Panels& p, int n)
      : panels(p), times(n), values(std::size_t(p.padded()) * std::size_t(n)) {}
  std::int64_t stride() const { return std::int64_t{times} * kPanel; }
  Real* panel(int p) { return values.data() + p * stride(); }
  const Real* panel(int p) const { return values.data() + p * stride(); }
  /// Of a unit by its index among all.
  Real at(int unit, int time) const {
    const bool seen = unit < panels.visible;
    const int place = seen ? unit : unit - panels.visible;
    const int p = place / kPanel + (seen ? 0 : panels.visible_panels());
    return panel(p)[std::int64_t{time} * kPanel + place % kPanel];
  }
};

/// Couplings as the kernels read them: the weights of a panel's units, source by source, as
/// [source][unit of the panel]. Sources of a hidden panel are all units, those of a visible one the
/// hidden units.
template <class Real>
class PanelCouplings {
 public:
  explicit PanelCouplings(const Panels& panels);

  const Panels& panels() const { return panels_; }
  void assign(const ThermoParameters<Real>& parameters);
  void read(ThermoParameters<Real>& parameters) const;
  void clear() { std::ranges::fill(values_, Real(0)); }

  Real* weights(int panel) { return values_.data() + begin(panel); }
  const Real* weights(int panel) const { return values_.data() + begin(panel); }
  int first_source(int panel) const {  ///< a panel
    return panel < panels_.visible_panels() ? panels_.visible_panels() : 0;
  }
  /// Hidden panels own the weights of sources in panels up to their own; all others repeat these.
  /// Makes one panel's repeated weights equal to the owned ones, and its diagonal 0.
  void mirror(int panel);

 private:
  std::int64_t begin(int panel) const {
    const std::int64_t seen = panels_.visible_panels(), rows = std::int64_t{kPanel} * kPanel;
    return panel < seen
               ? rows * panel * panels_.hidden_panels()
               : rows * (seen * panels_.hidden_panels() + (panel - seen) * panels_.count());
  }

  Panels panels_;
  AlignedVector<Real> values_;
};

extern template class PanelCouplings<float>;
extern template class PanelCouplings<double>;

}  // namespace phaseloom
