// SPDX-License-Identifier: MIT
#include "engine/thermo/panels.hpp"

namespace phaseloom {
namespace {

template <class Real>
void transpose(const Real* from, Real* to) {
  for (int i = 0; i < kPanel; ++i)
    for (int j = 0; j < kPanel; ++j) to[j * kPanel + i] = from[i * kPanel + j];
}

}  // namespace

template <class Real>
PanelCouplings<Real>::PanelCouplings(const Panels& panels)
    : panels_(panels), values_(static_cast<std::size_t>(begin(panels.count()))) {}

template <class Real>
void PanelCouplings<Real>::assign(const ThermoParameters<Real>& parameters) {
  const int seen = panels_.visible_panels();
  for (int q = seen; q < panels_.count(); ++q)
    for (int p = 0; p <= q; ++p)
      for (int i = 0; i < panels_.units_of(p); ++i)
        for (int k = 0; k < panels_.units_of(q); ++k)
          weights(q)[(p * kPanel + i) * kPanel + k] =
              parameters.coupling(panels_.first_unit(p) + i, (q - seen) * kPanel + k);
  for (int p = 0; p < panels_.count(); ++p) mirror(p);
}

template <class Real>
void PanelCouplings<Real>::read(ThermoParameters<Real>& parameters) const {
  const int seen = panels_.visible_panels();
  for (int q = seen; q < panels_.count(); ++q)
    for (int p = 0; p < panels_.count(); ++p)
      for (int i = 0; i < panels_.units_of(p); ++i)
        for (int k = 0; k < panels_.units_of(q); ++k)
          parameters.coupling(panels_.first_unit(p) + i, (q - seen) * kPanel + k) =
              weights(q)[(p * kPanel + i) * kPanel + k];
}

template <class Real>
void PanelCouplings<Real>::mirror(int panel) {
  constexpr int block = kPanel * kPanel;
  const int seen = panels_.visible_panels();
  const bool visible = panel < seen;
  for (int p = visible ? seen : panel + 1; p < panels_.count(); ++p)
    transpose(weights(p) + panel * block, weights(panel) + (visible ? p - seen : p) * block);
  if (visible) return;
  Real* own = weights(panel) + panel * block;
  for (int i = 0; i < kPanel; ++i) {
    own[i * kPanel + i] = 0;
    for (int j = 0; j < i; ++j) own[i * kPanel + j] = own[j * kPanel + i];
  }
}

template class PanelCouplings<float>;
template class PanelCouplings<double>;

}  // namespace phaseloom
