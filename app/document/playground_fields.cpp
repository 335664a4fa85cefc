// SPDX-License-Identifier: MIT
// The values playground.* of a scene.
#include "app/document/make_field.hpp"
#include "engine/network/program.hpp"

namespace phaseloom {

using fields::field;

namespace {

/// What is said where there is no network of one's own.
constexpr std::string_view kLaidOut = "laid_out";

SceneField network_field() {
  SceneField network;
  network.name = "playground.network";
  network.label = "Network";
  network.help =
      "Units and couplings of one's own, or laid_out as the values below say: a word for each "
      "unit, x,y or x,y,detuning in thousandths of the canvas, then words like 0:1,2*-0.5 for "
      "what unit 0 is coupled to.";
  network.kind = SceneField::Kind::text;
  network.print = [](const Scene& scene) {
    const OwnNetwork& own = scene.playground.own;
    return own ? print_network(*own) : std::string(kLaidOut);
  };
  network.assign = [](const SceneField& self, Scene& scene, std::string_view text) {
    scene.playground.own =
        text == kLaidOut ? OwnNetwork() : OwnNetwork(parse_network(text, self.name));
  };
  return network;
}

}  // namespace

std::span<const SceneField> playground_fields() {
  using P = PlaygroundSetup;
  static const std::array kFields{
      field<&P::preset>("playground.preset", "Preset", "",
                        "Which known experiment it is about, with its theory; the command "
                        "playground.preset sets all values as it begins."),
      network_field(),
      field<&P::layout>("playground.layout", "Layout", "",
                        "How units are placed and coupled, unless the network is one's own."),
      field<&P::units>("playground.units", "Units", "", "How many units are laid out.",
                       {1, kMaxPlaygroundUnits}),
      field<&P::degree>("playground.degree", "Partners", "",
                        "How many partners a unit of a ring or a random graph has, on average.",
                        {0, kMaxPlaygroundUnits}),
      field<&P::frequencies>("playground.frequencies", "Frequencies", "",
                             "How the units' own frequencies are distributed."),
      field<&P::patterns>("playground.patterns", "Patterns", "",
                          "How many patterns a memory has stored: a cross, a ring, a stair, then "
                          "random ones.",
                          {1, kMaxPatterns}),
      field<&P::damage>("playground.damage", "Damage", "",
                        "Share of a memory's units that start the wrong way round.", {0, 1}),
      field<&P::seed>("playground.seed", "Seed", "",
                      "Number that random graphs, frequencies, the start and all noise are made "
                      "from."),
      field<&P::substrate>("playground.substrate", "Substrate", "",
                           "What the units are: which equation each of them obeys."),
      field<&P::coupling>("playground.coupling", "Coupling", "",
                          "K, which multiplies all couplings: above 0 they pull together, below 0 "
                          "apart.",
                          {-100, 100}),
      field<&P::spread>("playground.spread", "Spread", "rad/t",
                        "How different the units' own frequencies are; of voltages, their drives.",
                        {0, 100}),
      field<&P::injection>("playground.injection", "Injection", "",
                           "S, the push at twice the frequency that leaves phases 0 and π; of "
                           "polynomial units their gain.",
                           {-100, 100}),
      field<&P::j2>("playground.j2", "J2", "E0",
                    "Quadratic part of a Langevin unit's potential; below 0 there are two wells.",
                    {-100, 100}),
      field<&P::j4>("playground.j4", "J4", "E0", "Quartic part of it, which keeps a unit finite.",
                    {0, 100}),
      field<&P::temperature>("playground.temperature", "Heat", "kT",
                             "Heat of the bath: noise √(2 kT) dw on each unit.",
                             {0, kMaxTemperature}),
      field<&P::pixel>("playground.pixel", "Pixel", "",
                       "Unit of the network of Generate in whose window one looks, of the preset "
                       "pixel.",
                       {0, 1e6}),
      field<&P::sample>("playground.sample", "Sample", "",
                        "Sample of the wall whose run leads the border of that window.", {0, 4095}),
      field<&P::reach>("playground.reach", "Reach", "pixels",
                       "Rows and columns of that window to every side.", {0, 6}),
      field<&P::step>("playground.step", "Step", "t",
                      "Length dt of an integrator step, in time units.", {0.0001, 1}),
      field<&P::speed>("playground.speed", "Speed", "t/s", "Time units that pass in a second.",
                       {0.01, 1000}),
      field<&P::carrier>("playground.carrier", "Carrier", "rad/t",
                         "How fast all hands turn besides, which the dynamics knows nothing of.",
                         {-100, 100})};
  return kFields;
}

}  // namespace phaseloom
