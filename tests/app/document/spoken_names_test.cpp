// SPDX-License-Identifier: MIT
#include "app/document/spoken_names.hpp"

#include <gtest/gtest.h>

namespace phaseloom {
namespace {

TEST(SpokenNames, ClassesAreDigitsOrClothes) {
  EXPECT_EQ(spoken_class("mnist", 7), "7");
  EXPECT_EQ(spoken_class("fashion", 7), "sneaker");
  EXPECT_EQ(spoken_class("fashion", 10), "10");
  EXPECT_EQ(spoken_class("", 3), "3");
}

TEST(SpokenNames, DesignsAreWhatAllDevicesHave) {
  Hardware hardware;
  EXPECT_EQ(spoken_design("mnist-shil", hardware), "mnist-shil, float, density 1");
  hardware.bits = 4;
  hardware.density = 0.25;
  hardware.device = 7;
  EXPECT_EQ(spoken_design("/somewhere/mine.safetensors", hardware), "mine, 4 bits, density 0.25");
}

TEST(SpokenNames, ExperimentsAndTrainings) {
  TransportExperiment e;
  EXPECT_EQ(spoken_experiment(e), "SHIL + SWD, K = 4, H = 4 on D1");
  e.model = transport_model_choice("mlp");
  e.loss = TransportLoss::ot_cfm;
  e.pair = "/somewhere/mine.csv";
  EXPECT_EQ(spoken_experiment(e), "MLP + OT-CFM on mine.csv");
  TransportSetup trained;  // of a row, not the one that is set
  EXPECT_EQ(spoken_experiment(e, trained), "SHIL + SWD, K = 4, H = 4 on mine.csv");
  TrainingSetup s;
  EXPECT_EQ(spoken_training(s), "SHIL on digits, 1 hidden layer");
  s.hidden = 2;
  s.bits = 4;
  s.weight_noise = 0.025;
  s.density = 0.25;
  EXPECT_EQ(spoken_training(s),
            "SHIL on digits, 2 hidden layers, 4-bit, with noise, 25 % of the wires");
}

TEST(SpokenNames, SubstratesWithoutAnotherNameKeepTheirs) {
  EXPECT_EQ(spoken_substrate("kuramoto_shil"), "SHIL");
  EXPECT_EQ(spoken_substrate("of_tomorrow"), "of_tomorrow");
}

}  // namespace
}  // namespace phaseloom
