// SPDX-License-Identifier: MIT
// The values circuit.* of a scene.
#include "app/document/make_field.hpp"
#include "engine/circuit/deck.hpp"

namespace phaseloom {

using fields::field;

std::span<const SceneField> circuit_fields() {
  using C = CircuitSetup;
  static const std::array kFields{
      field<&C::tile>("circuit.tile", "Window", "",
                      "Side of the window in the middle of the grid that the circuit simulator "
                      "gets, in places; a smaller grid is taken whole, and 0 takes the whole "
                      "network.",
                      {0, 256}),
      field<&C::sample>("circuit.sample", "Sample", "",
                        "Which sample of the seed is run as a circuit.", {0, 1e9}),
      field<&C::reltol>("circuit.reltol", "Tolerance", "",
                        "Relative tolerance of ngspice (reltol): smaller is slower and nearer.",
                        {kLeastReltol, kMostReltol})};
  return kFields;
}

}  // namespace phaseloom
