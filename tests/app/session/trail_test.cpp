// SPDX-License-Identifier: MIT
#include "app/session/trail.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "app/commands/verbs.hpp"
#include "app/session/session.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/app/session/small_pictures.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using test::last_message;
using ::testing::HasSubstr;
using ::testing::StartsWith;

CostNetwork network() {
  CostNetwork network;
  network.units = 1568;
  network.visible = 784;
  network.couplings = network.places = 133'856;
  network.chunks = 6;
  network.duration = 3.6;
  return network;
}

QualitySnapshot quality(int samples, double distance = 12, std::uint64_t serial = 1) {
  QualitySnapshot q;
  q.serial = serial;
  q.state = samples < 2000 ? QualitySnapshot::State::measuring : QualitySnapshot::State::ready;
  q.dataset = "mnist";
  q.samples = samples;
  q.wanted = 2000;
  q.distance = distance;
  q.relative = distance / 400;
  return q;
}

Scene with_bits(int bits) {
  Scene scene;
  scene.hardware.bits = bits;
  return scene;
}

TEST(Trail, ADotTakesAThousandSamples) {
  Trail trail;
  EXPECT_FALSE(trail.note(with_bits(4), network(), quality(999)));
  EXPECT_FALSE(trail.note(with_bits(4), network(), quality(1000, std::nan(""))));
  EXPECT_TRUE(trail.dots().empty());
  EXPECT_TRUE(trail.note(with_bits(4), network(), quality(1000)));
  ASSERT_EQ(trail.dots().size(), 1u);
  EXPECT_EQ(trail.dots()[0].number, 1);
  EXPECT_EQ(trail.dots()[0].quality.distance, 12);
}

TEST(Trail, TheSameSettingHasOneDot) {
  Trail trail;
  trail.note(with_bits(4), network(), quality(1000, 12, 1));
  EXPECT_FALSE(trail.note(with_bits(4), network(), quality(1000, 12, 1))) << "seen already";
  trail.note(with_bits(3), network(), quality(1000, 30, 2));
  Scene again = with_bits(4);
  again.seed = 7;  // other noise, the same hardware
  again.cost.eta = 100;
  EXPECT_TRUE(trail.note(again, network(), quality(2000, 11, 3)));
  EXPECT_FALSE(trail.note(again, network(), quality(1000, 14, 4))) << "fewer images say less";
  ASSERT_EQ(trail.dots().size(), 2u);
  EXPECT_EQ(trail.dots()[0].number, 1);
  EXPECT_EQ(trail.dots()[0].quality.samples, 2000);
  EXPECT_EQ(trail.dots()[0].scene.seed, 7u);
}

// What is told apart is what can be gone back to.
TEST(Trail, EveryFieldOfASettingMakesAnother) {
  const std::vector<std::pair<const char*, const char*>> others{{"model", "other"},
                                                                {"noise_width", "2"},
                                                                {"integrator", "rk4"},
                                                                {"steps_per_chunk", "9"},
                                                                {"temperature", "0.5"},
                                                                {"hardware.bits", "3"},
                                                                {"hardware.grid", "symmetric"},
                                                                {"hardware.gain", "unit"},
                                                                {"hardware.density", "0.5"},
                                                                {"hardware.mismatch", "1"},
                                                                {"hardware.weight_noise", "1"},
                                                                {"hardware.phase_noise", "1"},
                                                                {"hardware.device", "5"}};
  ASSERT_EQ(others.size(), trail_fields().size());
  const Scene base;
  for (const auto& [name, value] : others) {
    EXPECT_EQ(std::ranges::count(trail_fields(), name), 1) << name;
    Scene other;
    set_field(other, name, value);
    EXPECT_FALSE(same_setting(base, other)) << name;
    const auto way = way_to({1, other, network(), quality(2000)}, base);
    ASSERT_EQ(way.size(), 1u) << name;
    EXPECT_EQ(print(way[0]), fmt::format("set {} {}", name, value));
  }
  Scene same;
  same.seed = 3;
  same.cost.batch = 9;
  same.wall = 2;
  EXPECT_TRUE(same_setting(base, same));
}

TEST(Trail, ForgetsTheOldestWhenItIsFull) {
  Trail trail;
  Scene scene;
  for (std::size_t i = 0; i < Trail::kMaxDots + 5; ++i) {
    scene.hardware.weight_noise = 1e-4 * double(i + 1);
    trail.note(scene, network(), quality(2000, 12, i + 1));
  }
  EXPECT_EQ(trail.dots().size(), Trail::kMaxDots);
  EXPECT_EQ(trail.dots().front().number, 6);
  EXPECT_THAT(error_of([&] { trail.dot(5); }), HasSubstr("there is no setting 5; there are 6 to"));
  EXPECT_EQ(trail.dot(6).number, 6);
}

QualitySnapshot repeated(std::vector<double> relative, std::uint64_t serial,
                         std::uint64_t seed = 1) {
  QualitySnapshot q = quality(2000, 400 * relative.front(), serial);
  for (const double value : relative) q.repeats.push_back({seed++, 400 * value, value});
  return q;
}

TEST(Trail, RepeatsHaveAMeanAndASpread) {
  Trail trail;
  trail.note(with_bits(4), network(), repeated({0.02}, 1));
  EXPECT_EQ(trail.dots()[0].relative(), 0.02);
  EXPECT_TRUE(std::isnan(trail.dots()[0].spread())) << "one number has none";
  EXPECT_TRUE(trail.note(with_bits(4), network(), repeated({0.02, 0.03}, 2)));
  EXPECT_DOUBLE_EQ(trail.dots()[0].relative(), 0.025);
  EXPECT_NEAR(trail.dots()[0].spread(), 0.01 / std::sqrt(2), 1e-12);
  // The same setting with noise of another seed is one more.
  Scene other = with_bits(4);
  other.seed = 9;
  EXPECT_TRUE(trail.note(other, network(), repeated({0.04}, 3, 9)));
  ASSERT_EQ(trail.dots().size(), 1u);
  EXPECT_DOUBLE_EQ(trail.dots()[0].relative(), 0.03);
  EXPECT_TRUE(trail.note(other, network(), repeated({0.04}, 4, 9)));
  EXPECT_EQ(trail.dots()[0].repeats.size(), 3u) << "a seed counts once";
}

TEST(Trail, TheFrontIsWhatNoOtherIsBetterThan) {
  Trail trail;
  trail.note(with_bits(0), network(), repeated({0.010}, 1));  // dear and good
  trail.note(with_bits(6), network(), repeated({0.012}, 2));
  trail.note(with_bits(7), network(), repeated({0.015}, 3));  // dearer and worse than 6 bits
  trail.note(with_bits(2), network(), repeated({0.200}, 4));  // cheap and bad
  EXPECT_EQ(pareto_front(trail, {}), (std::vector<std::int64_t>{4, 2, 1}));
  EXPECT_TRUE(pareto_front(Trail(), {}).empty());
}

TEST(Trail, ALimitAsksForTheFewestBitsAndWires) {
  Trail trail;
  trail.note(with_bits(0), network(), repeated({0.010}, 1));
  trail.note(with_bits(4), network(), repeated({0.014}, 2));
  Scene sparse = with_bits(5);
  sparse.hardware.density = 0.5;  // 5 bits of half the wires are fewer than 4 of all
  trail.note(sparse, network(), repeated({0.018}, 3));
  trail.note(with_bits(2), network(), repeated({0.3}, 4));
  EXPECT_EQ(fewest_within(trail, 0.005), nullptr);
  EXPECT_EQ(fewest_within(trail, 0.012)->number, 1);
  EXPECT_EQ(fewest_within(trail, 0.015)->number, 2);
  EXPECT_EQ(fewest_within(trail, 0.02)->number, 3);
  EXPECT_EQ(fewest_within(trail, 1)->number, 4);
  EXPECT_EQ(trail.dot(3).wires(), network().couplings / 2);
}

TEST(Trail, TheTableSaysSpreadFrontAndLimit) {
  Trail trail;
  trail.note(with_bits(4), network(), repeated({0.02, 0.03}, 1));
  trail.note(with_bits(5), network(), repeated({0.05}, 2));
  const std::string none = print_trail(trail, {});
  EXPECT_THAT(none, HasSubstr(",repeats,relative_distance_mean,relative_distance_spread,pareto,"
                              "meets_limit,cost.own\r\n"));
  EXPECT_THAT(none, HasSubstr(",2,0.025,0.00707107,1,,\r\n"));
  const std::string limited = print_trail(trail, {}, 0.03);
  EXPECT_THAT(limited, HasSubstr(",2,0.025,0.00707107,1,1,\r\n"));
  EXPECT_THAT(limited, HasSubstr(",1,0.05,,0,0,\r\n"));
  CostChoice own;
  own.own[cost_constant_named("e_src").value()] = 100;
  EXPECT_THAT(print_trail(trail, own), HasSubstr(",0,,e_src=100\r\n"));
  EXPECT_GT(trail.dots().front().cost(own).energy.total(),
            10 * trail.dots().front().cost(CostChoice{}).energy.total())
      << "priced with what is one's own";
}

std::vector<std::vector<std::string>> table(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_EQ(line.back(), '\r');
    line.pop_back();
    rows.emplace_back(1);
    bool quoted = false;
    for (const char c : line) {
      if (c == '"')
        quoted = !quoted;
      else if (c == ',' && !quoted)
        rows.back().emplace_back();
      else
        rows.back().back() += c;
    }
  }
  return rows;
}

TEST(Trail, AsATable) {
  Trail trail;
  Scene scene = with_bits(4);
  scene.model = "a, b.safetensors";
  trail.note(scene, network(), quality(2000));
  trail.note(with_bits(0), network(), quality(1000, 9.5, 2));
  const CostChoice choice{.hold = ChunkHold::state_stationary};
  const auto rows = table(print_trail(trail, choice));
  ASSERT_EQ(rows.size(), 3u);
  const auto value = [&](std::size_t row, const char* name) {
    const auto column = std::ranges::find(rows[0], name) - rows[0].begin();
    return column < std::ssize(rows[row]) ? rows[row][std::size_t(column)] : "no such column";
  };
  for (const auto& row : rows) EXPECT_EQ(row.size(), rows[0].size());
  EXPECT_EQ(value(1, "model"), "a, b.safetensors");
  EXPECT_EQ(value(1, "hardware.bits"), "4");
  EXPECT_EQ(value(2, "bits_counted"), "8");
  EXPECT_EQ(value(1, "relative_distance"), "0.03");
  EXPECT_EQ(value(1, "read_as_asked"), "") << "not known";
  EXPECT_EQ(value(1, "cost.hold"), "state_stationary");
  const double energy = cost_of(network(), 4, choice).energy.total();
  EXPECT_NEAR(std::stod(value(1, "energy_J")), energy, 1e-5 * energy);
}

TEST(Trail, FilesAreWholeOrNotThere) {
  TemporaryFolder folder;
  Trail trail;
  EXPECT_THAT(error_of([&] { export_trail(trail, {}, 0, folder / "t.csv"); }),
              HasSubstr("no setting has been measured yet"));
  trail.note(with_bits(4), network(), quality(2000));
  EXPECT_THAT(error_of([&] { export_trail(trail, {}, 0, folder / "t.txt"); }),
              HasSubstr("should end in .csv"));
  error_of([&] { export_trail(trail, {}, 0, folder / "none" / "t.csv"); });
  export_trail(trail, {}, 0, folder / "t.csv");
  std::ifstream file(folder / "t.csv", std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), print_trail(trail, {}));
}

/// 784 phases, fit for the quality reference; "asked" knows ten classes.
SessionOptions measurable() {
  SessionOptions options = test::small_options();
  options.training = test::small_training();
  options.loader = [](const std::string& name) {
    auto topology = Topology::local({28, 28, 1}, 1);
    if (name == "asked") topology = Topology::with_labels(*topology, 10);
    auto program = make_program(substrate_named("kuramoto_shil"), topology, 1, 0.5, 1, 3);
    program.steps_per_chunk = 1;
    return Model{std::move(program), name, R"({"dataset": "mnist"})"};
  };
  return options;
}

TEST(SessionTrail, LeavesDotsAndComesBack) {
  TemporaryFolder folder;
  Session session(measurable());
  session.post(verbs::measure);
  session.set("hardware.bits", 4);
  EXPECT_EQ(session.trail().dots().size(), 1u) << "not measured yet";
  session.set("hardware.density", 0.5);
  session.post(verbs::measure);
  ASSERT_EQ(session.trail().dots().size(), 2u);
  const TrailDot& rough = session.trail().dots()[1];
  EXPECT_EQ(rough.scene.hardware.bits, 4);
  EXPECT_GE(rough.quality.samples, Trail::kSamples);
  EXPECT_GT(rough.quality.relative, 0);
  EXPECT_EQ(rough.network, session.snapshot()->network);
  EXPECT_EQ(rough.network.couplings, session.snapshot()->model->program.topology->couplings());

  session.post(verbs::trail_go, 1);
  EXPECT_EQ(session.scene().hardware, Hardware{});
  session.post(verbs::undo);
  EXPECT_EQ(session.scene().hardware.bits, 4);
  EXPECT_EQ(session.scene().hardware.density, 0.5) << "one entry of undo for all of it";
  session.post(verbs::trail_go, 2);
  EXPECT_EQ(session.scene().hardware.bits, 4) << "is there already";
  // A recording does not need the trail.
  EXPECT_THAT(session.record(), Not(HasSubstr("trail")));

  const auto path = folder / "trail.csv";
  session.post(verbs::trail_export, path.string());
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_THAT(last_message(session), HasSubstr("trail.csv: written"));
  session.post(verbs::trail_go, 9);
  EXPECT_THAT(last_message(session), HasSubstr("there is no setting 9; there are 1 to 2"));
  session.post(verbs::trail_clear);
  EXPECT_TRUE(session.trail().dots().empty());
  session.post(verbs::trail_export, path.string());
  EXPECT_THAT(last_message(session), HasSubstr("nothing to export"));
}

// In the window, settings that rest are measured by themselves.
TEST(SessionTrail, AHeldSettingLeavesADotByItself) {
  SessionOptions options = measurable();
  options.threaded = true;
  options.scene.playing = false;
  Session session(std::move(options));
  const auto wait_for = [&](std::size_t dots) {
    for (int i = 0; i < 24'000 && session.trail().dots().size() < dots; ++i) {
      session.update();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ASSERT_EQ(session.trail().dots().size(), dots);
  };
  wait_for(1);
  session.set("hardware.bits", 3);
  wait_for(2);
  EXPECT_EQ(session.trail().dots()[0].scene.hardware.bits, 0);
  EXPECT_EQ(session.trail().dots()[1].scene.hardware.bits, 3);
  EXPECT_NE(session.trail().dots()[0].quality.distance, session.trail().dots()[1].quality.distance);
}

// What it is priced as changes no image: no step is taken again, no quality measured anew.
TEST(SessionTrail, CostChangesNothingElse) {
  Session session(measurable());
  session.post(verbs::step);
  session.post(verbs::measure);
  const auto before = session.snapshot();
  const auto quality = session.quality();
  session.set("cost.hold", "weight_stationary");
  session.set("cost.eta", 100);
  EXPECT_EQ(session.snapshot()->start, before->start);
  EXPECT_EQ(session.snapshot()->state, before->state);
  EXPECT_EQ(session.quality()->serial, quality->serial);
  EXPECT_EQ(session.trail().dots().size(), 1u);
  session.post(verbs::undo);
  EXPECT_EQ(session.scene().cost.eta, CostChoice{}.eta);
  EXPECT_EQ(session.scene().cost.hold, ChunkHold::weight_stationary);
}

TEST(SessionTrail, CountsWhatIsReadAsAsked) {
  Session session(measurable());
  session.post(verbs::measure);
  EXPECT_TRUE(std::isnan(session.quality()->as_asked)) << "it knows no classes";
  session.set("model", "asked");
  session.post(verbs::measure);
  // It was never trained: about as many as by chance, and not all of them.
  EXPECT_GE(session.quality()->as_asked, 0);
  EXPECT_LT(session.quality()->as_asked, 0.5);
  EXPECT_EQ(session.trail().dots().size(), 2u) << "another model is another setting";
}

}  // namespace
}  // namespace phaseloom
