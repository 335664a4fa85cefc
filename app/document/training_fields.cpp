// SPDX-License-Identifier: MIT
// The values train.* of a scene.
#include "app/document/make_field.hpp"
#include "engine/network/program.hpp"

namespace phaseloom {

using fields::field;

std::span<const SceneField> training_fields() {
  static const std::array kFields{
      field<&TrainingSetup::dataset>("train.dataset", "Data set", "",
                                     "Pictures that the network learns to make."),
      field<&TrainingSetup::substrate>("train.substrate", "Substrate", "",
                                       "The physics of the units, dx/dt = f(x)."),
      field<&TrainingSetup::hidden>(
          "train.hidden", "Hidden layers", "",
          "Layers of units that help to form the picture and are not read "
          "out.",
          {0, 8}),
      field<&TrainingSetup::radius>("train.radius", "Radius", "units",
                                    "Reach of the couplings W_ij on the grid of the picture.",
                                    {0, 14}),
      field<&TrainingSetup::chunks>("train.chunks", "Chunks", "",
                                    "Stretches of time with parameters of their own.", {1, 64}),
      field<&TrainingSetup::duration>("train.duration", "Chunk duration", "t",
                                      "How long a chunk lasts, in the equations' time unit.",
                                      {1e-3, 100}),
      field<&TrainingSetup::tied>(
          "train.tied", "Tied", "",
          "Whether couplings are symmetric, W_ij = W_ji: such a network has "
          "an energy."),
      field<&TrainingSetup::start_width>(
          "train.start_width", "Width of the start", "",
          "Half-width of the uniform noise that a run begins with, in rad or voltage.", {0, 100}),
      field<&TrainingSetup::temperature>(
          "train.temperature", "Temperature", "kT",
          "Heat of the bath that the network runs in, also while it learns; 0 is none.",
          {0, kMaxTemperature}),
      field<&TrainingSetup::loss>("train.loss", "Loss", "",
                                  "What pulls the generated pictures towards the real ones."),
      field<&TrainingSetup::labels>(
          "train.labels", "Ask for classes", "",
          "Whether it learns to be asked for a class, where the loss has a critic: an oscillator "
          "for each, held at a phase or voltage, that all others listen to."),
      field<&TrainingSetup::bits>(
          "train.bits", "Bits", "bit",
          "Bits of a weight that the network learns to live with; 0 is full "
          "precision.",
          {0, 8}),
      field<&TrainingSetup::grid>("train.grid", "Grid", "",
                                  "Levels of a weight: -2^(b-1) .. 2^(b-1)-1, or the same both "
                                  "ways."),
      field<&TrainingSetup::gain>(
          "train.gain", "Gain", "",
          "Whose weights share the step of their grid: those of a chunk, or "
          "of a unit, W_ij = g_i k_ij with k in few bits."),
      field<&TrainingSetup::any>("train.any", "For any hardware", "",
                                 "Whether each iteration sees other bits, density, noise and "
                                 "mismatch, so that one network "
                                 "serves them all."),
      field<&TrainingSetup::weight_noise>(
          "train.weight_noise", "Weight noise", "",
          "Relative noise of the couplings while it learns, W (1 + noise e).", {0, 1}),
      field<&TrainingSetup::mismatch>("train.mismatch", "Mismatch", "",
                                      "Spread of the couplings from device to device while it "
                                      "learns: another device each time.",
                                      {0, 1}),
      field<&TrainingSetup::density>(
          "train.density", "Density", "",
          "Fraction of the couplings that are left at the end; the smallest are cut as it learns.",
          {0.01, 1}),
      field<&TrainingSetup::step>(
          "train.step", "Longest step", "t",
          "Chunks that would have longer steps while it learns get more of them; 0 counts steps by "
          "chunk alone.",
          {0, 100}),
      field<&TrainingSetup::minutes>("train.minutes", "Minutes", "min",
                                     "Length of the training; the learning rates fall to its end.",
                                     {0.01, 100'000}),
      field<&TrainingSetup::iterations>("train.iterations", "Iterations", "",
                                        "Length in iterations instead of minutes, the same bits "
                                        "every time; 0 goes by the minutes.",
                                        {0, 1e9}),
      field<&TrainingSetup::threads>(
          "train.threads", "Threads", "",
          "Processor cores that train, at low priority; 0 is all of them.", {0, 1024}),
      field<&TrainingSetup::seed>("train.seed", "Seed", "",
                                  "Number that everything random in the training is made from.")};
  return kFields;
}

}  // namespace phaseloom
