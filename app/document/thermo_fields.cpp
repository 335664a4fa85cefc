// SPDX-License-Identifier: MIT
// The values thermo.* of a scene.
#include "app/document/make_field.hpp"

namespace phaseloom {

using fields::field;

namespace {

/// A drawing that is none is found when it is set, not when somebody trains.
SceneField drawings_field() {
  SceneField drawings = field<&ThermoExperiment::drawings>(
      "thermo.drawings", "Drawn prototypes", "",
      "Up to 4 pictures of 28 x 28 beside the digits or instead of them: a word each, row after "
      "row, 0 to f are levels of ink, g to z are 2 to 21 pixels of ground; or none.");
  drawings.assign = [](const SceneField& self, Scene& scene, std::string_view text) {
    scene.thermo.drawings = print_thermo_drawings(parse_thermo_drawings(text, self.name));
  };
  return drawings;
}

}  // namespace

std::span<const SceneField> thermo_fields() {
  using T = ThermoExperiment;
  static const std::array kFields{
      field<&T::model>("thermo.model", "Model", "",
                       "Which trained computer runs: a shipped name, or a .safetensors file."),
      field<&T::temperature>("thermo.temperature", "Temperature", "E0",
                             "kT of the bath: the noise √(2 kT) dw is what makes the pictures.",
                             {0, 10}),
      field<&T::bits>("thermo.bits", "Bits", "bit",
                      "Bits that hold each coupling J while it runs; 0 keeps full precision.",
                      {0, 8}),
      field<&T::wall>("thermo.wall", "Wall", "samples", "Rows and columns of the wall of samples.",
                      {1, kMaxThermoWall}),
      field<&T::samples>("thermo.samples", "Samples", "",
                         "How many samples are run for the histogram of heat and the count of "
                         "failures.",
                         {1, kMaxThermoSamples}),
      field<&T::run_seed>("thermo.run_seed", "Seed of the run", "",
                          "Number that the noise of the run is made from."),
      field<&T::digits>("thermo.digits", "Prototypes", "",
                        "Digits whose first training picture is a prototype, e.g. 0 1 2; none if "
                        "there are drawings."),
      drawings_field(),
      field<&T::hidden>("thermo.hidden", "Hidden units", "",
                        "Units that are coupled to all others and not read out.", {1, 1024}),
      field<&T::rule>("thermo.rule", "Rule", "",
                      "When the couplings change: after each path (batch), or after each of its "
                      "steps (online), which leaves no update for bits or noise to act on."),
      field<&T::compare>("thermo.compare", "Both rules", "",
                         "Whether the other rule learns beside this one, on the same noise, to "
                         "compare loss and heat; a cycle takes twice as long."),
      field<&T::cycles>("thermo.cycles", "Cycles", "",
                        "Length of the training: each cycle dissolves each prototype once.",
                        {1, 10'000}),
      field<&T::visible_biases>("thermo.visible_biases", "Visible biases", "",
                                "Whether pixels have biases that are trained, too. Without, a "
                                "picture and its negative are equally likely."),
      field<&T::labels>(
          "thermo.labels", "Labels", "",
          "Whether a held unit for each prototype asks for it, +1 or −1; samples then "
          "take turns. Batch rule."),
      field<&T::update_bits>("thermo.update_bits", "Bits, training", "bit",
                             "Bits of the couplings between two updates of the batch rule; 0 is "
                             "full precision.",
                             {0, kMaxUpdateBits}),
      field<&T::stochastic_rounding>("thermo.stochastic_rounding", "Random rounding", "",
                                     "Whether an update rounds up as often as its remainder says, "
                                     "instead of to nearest."),
      field<&T::update_noise>("thermo.update_noise", "Update noise", "",
                              "Relative noise of each change of a coupling, batch rule.", {0, 10}),
      field<&T::seed>("thermo.seed", "Seed", "",
                      "Number that the noise of the training is made from."),
      field<&T::projection_seed>("thermo.projection_seed", "Projection", "",
                                 "Number that the hidden units' random patterns are made from."),
      field<&T::threads>("thermo.threads", "Threads", "",
                         "Processor cores that train and run, at low priority; 0 is all of them.",
                         {0, 1024})};
  return kFields;
}

}  // namespace phaseloom
