// SPDX-License-Identifier: MIT
// The values hardware.* of a scene.
#include "app/document/make_field.hpp"

namespace phaseloom {

using fields::field;

std::span<const SceneField> hardware_fields() {
  static const std::array kFields{
      field<&Hardware::bits>("hardware.bits", "Bits", "bit",
                             "Bits that hold each coupling weight W; 0 keeps full precision.",
                             {0, 8}),
      field<&Hardware::grid>("hardware.grid", "Grid", "",
                             "Levels of a weight: -2^(b-1) .. 2^(b-1)-1, or the same both ways."),
      field<&Hardware::gain>(
          "hardware.gain", "Gain", "",
          "Whose weights share the step of their grid: those of a chunk, or of a "
          "unit, W_ij = g_i k_ij with k in few bits."),
      field<&Hardware::density>(
          "hardware.density", "Density", "",
          "Fraction of the couplings W that stay; the smallest are cut first.", {1e-6, 1}),
      field<&Hardware::mismatch>(
          "hardware.mismatch", "Mismatch", "",
          "Fixed relative spread of the couplings, W (1 + mismatch e), one e per device.", {0, 10}),
      field<&Hardware::device>("hardware.device", "Device", "",
                               "Number of the device whose mismatch this is."),
      field<&Hardware::weight_noise>(
          "hardware.weight_noise", "Weight noise", "",
          "Relative noise of the couplings, W (1 + noise e), drawn anew for every sample.",
          {0, 10}),
      field<&Hardware::phase_noise>("hardware.phase_noise", "Phase noise", "1/sqrt(t)",
                                    "Amplitude σ of the Wiener noise σ dw on every state x.",
                                    {0, 10})};
  return kFields;
}

}  // namespace phaseloom
