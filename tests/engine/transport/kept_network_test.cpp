// SPDX-License-Identifier: MIT
#include "engine/transport/kept_network.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "engine/transport/grid.hpp"
#include "engine/transport/results_summary.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

class KeptNetworkTest : public testing::Test {
 protected:
  static KeptNetwork trained(const char* model, std::uint64_t seed, double w2 = 0.00123456789) {
    TransportTrainer trainer(pair_named("D1"), {model, TransportLoss::swd, 2, 1, seed, 6});
    trainer.advance(6);
    const TransportSetup& s = trainer.setup();
    return kept_network({"D1", s.model, s.loss, s.chunks, s.hidden, s.seed, w2, 0.001, 2}, trainer);
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(at), {}));
  }
  const TemporaryFolder folder;
  const fs::path at = folder / "networks";
  const NetworkFolder networks{at};
};

TEST_F(KeptNetworkTest, ComesBackBitByBit) {
  EXPECT_TRUE(networks.read().empty()) << "the folder is not there yet";
  for (const char* model : {"kuramoto_shil", "mlp", "aim_tanh"}) {
    const KeptNetwork before = trained(model, 3);
    networks.write(before);
    const auto all = networks.read();
    ASSERT_EQ(all.size(), 1u) << model;
    const KeptNetwork& after = *all.front();
    EXPECT_EQ(after.values, before.values);
    EXPECT_EQ(after.setup(), before.setup());
    EXPECT_TRUE(same_experiment(after.row, before.row));
    EXPECT_TRUE(is_of(after, before.row)) << "as far as a table writes W2";
    ASSERT_EQ(after.losses.size(), before.losses.size());
    EXPECT_EQ(after.losses.back().iteration, 6);
    EXPECT_EQ(after.losses.back().distance, before.losses.back().distance);
    networks.remove(before);
    EXPECT_EQ(files(), 0u);
  }
}

TEST_F(KeptNetworkTest, IsOfTheRowThatItWasMeasuredFor) {
  const KeptNetwork network = trained("kuramoto", 1);
  TransportRow row = network.row;
  EXPECT_TRUE(is_of(network, row));
  row.w2_squared *= 1.001;
  EXPECT_FALSE(is_of(network, row)) << "another training of the same experiment";
  row = network.row;
  row.seed = 2;
  EXPECT_FALSE(is_of(network, row));
  const KeptNetworks two{std::make_shared<const KeptNetwork>(trained("kuramoto", 2)),
                         std::make_shared<const KeptNetwork>(network)};
  EXPECT_EQ(networks_of({network.row}, two), KeptNetworks{two[1]});
}

TEST_F(KeptNetworkTest, PassesOverWhatIsNone) {
  const KeptNetwork network = trained("kuramoto", 1);
  networks.write(network);
  const fs::path file = at / "D1-kuramoto-swd-2-1-1.safetensors";
  ASSERT_TRUE(fs::exists(file));
  fs::copy_file(file, at / "D1-kuramoto-swd-2-1-2.safetensors");  // says another seed
  std::ofstream(at / "D1-kuramoto-swd-2-1-3.safetensors") << "damaged";
  fs::create_directory(at / "D1-kuramoto-swd-2-1-4.safetensors");
  std::ofstream(at / "notes.txt") << "mine";
  EXPECT_EQ(networks.read().size(), 1u);
  // A part of a file is none.
  fs::copy_file(file, at / "D1-kuramoto-swd-2-1-5.safetensors");
  fs::resize_file(at / "D1-kuramoto-swd-2-1-5.safetensors", fs::file_size(file) - 4);
  EXPECT_EQ(networks.read().size(), 1u);
  // Cleaned: what is called like a network and is none of these; other files are the user's.
  networks.remove_all_but(networks.read());
  EXPECT_TRUE(fs::exists(file));
  EXPECT_TRUE(fs::exists(at / "notes.txt"));
  EXPECT_FALSE(fs::exists(at / "D1-kuramoto-swd-2-1-3.safetensors"));
  EXPECT_FALSE(fs::exists(at / "D1-kuramoto-swd-2-1-5.safetensors"));
  networks.remove_all_but({});
  EXPECT_FALSE(fs::exists(file));
}

TEST_F(KeptNetworkTest, WithoutAFolderNothingIsWritten) {
  const NetworkFolder none{{}};
  none.write(trained("kuramoto", 1));
  EXPECT_TRUE(none.read().empty());
  none.remove_all_but({});
}

TEST_F(KeptNetworkTest, WhatCannotBeWrittenIsSaid) {
  std::ofstream(at) << "a file in the folder's place";
  EXPECT_NE(error_of([&] { networks.write(trained("kuramoto", 1)); }), "");
}

TEST_F(KeptNetworkTest, ResultsHaveTheirNetworksNearestToTheMedianFirst) {
  const auto network = [](std::uint64_t seed, double w2) {
    return std::make_shared<const KeptNetwork>(trained("kuramoto", seed, w2));
  };
  const KeptNetworks kept{network(1, 0.009), network(3, 0.0031)};
  std::vector<TransportRow> rows{kept[0]->row, kept[1]->row};
  rows.push_back(rows.front());
  rows.back().seed = 2;
  rows.back().w2_squared = 0.003;
  const auto summaries = summarised(rows, kept);
  ASSERT_EQ(summaries.size(), 1u);
  EXPECT_EQ(summaries[0].w2_squared.median, 0.0031);
  EXPECT_EQ(summaries[0].networks, (KeptNetworks{kept[1], kept[0]}));
  EXPECT_TRUE(summarised(rows)[0].networks.empty());
}

}  // namespace
}  // namespace phaseloom
