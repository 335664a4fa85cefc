// SPDX-License-Identifier: MIT
#include "app/document/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/document/ui_state.hpp"
#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

Scene unusual_scene() {
  Scene scene;
  scene.model = "models/\"quoted\" ü.safetensors";
  scene.seed = 18446744073709551615u;
  scene.round = 12;
  scene.noise_width = 0.1 + 0.2;
  scene.integrator = Integrator::rk4;
  scene.steps_per_chunk = 7;
  scene.hardware = {4, BitGrid::symmetric, Gain::unit, 1. / 3, 0.025, 99, 1e-9, 0.5};
  scene.cost = {CostPreset::fabricated, CouplingCell::c2c, ChunkHold::weight_stationary, 12.5, 64};
  scene.cost.own[3] = 1. / 3;
  scene.sweep.densities = {1, 0.1 + 0.2};
  scene.chips.limit = 0.07;
  scene.circuit = {0, 12, 2.5e-6};
  scene.wall = 5;
  scene.speed = 123.456;
  scene.hold = 0;
  scene.new_noise_after_hold = false;
  scene.playing = false;
  scene.transport = {"points/mine.csv",
                     "0 0 1 -2",
                     transport_model_choice("aim_poly"),
                     TransportLoss::ot_cfm,
                     8,
                     0,
                     777,
                     3,
                     250};
  return scene;
}

std::string error_of(std::string_view json) {
  try {
    parse_scene(json, "s.json");
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("s.json"));
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    return error.what();
  }
  return "";
}

std::string scene_with(std::string_view values) {
  return fmt::format(R"({{"phaseloom": "scene", "version": 1, {}}})", values);
}

TEST(Scene, SurvivesItsFile) {
  EXPECT_EQ(parse_scene(print_scene(Scene{}), "s"), Scene{});
  EXPECT_EQ(parse_scene(print_scene(unusual_scene()), "s"), unusual_scene());
}

TEST(Scene, MissingValuesAreTheDefaults) {
  Scene expected;
  expected.hardware.bits = 4;
  EXPECT_EQ(parse_scene(scene_with(R"("hardware": {"bits": 4})"), "s"), expected);
  EXPECT_EQ(parse_scene(scene_with(R"("hold": 2)"), "s").hold, 2);
  expected = {};
  expected.cost.hold = ChunkHold::state_stationary;
  EXPECT_EQ(parse_scene(scene_with(R"("cost": {"hold": "state_stationary"})"), "s"), expected);
}

// A constant that is the technology's is in no file: a file of another technology means its own.
TEST(Scene, WritesOnlyConstantsOfOnesOwn) {
  EXPECT_THAT(print_scene(Scene{}), ::testing::Not(HasSubstr("e_osc")));
  Scene scene;
  set_field(scene, "cost.e_osc", "12");
  EXPECT_THAT(print_scene(scene), HasSubstr("\"e_osc\": 12"));
  EXPECT_EQ(parse_scene(print_scene(scene), "s"), scene);
  EXPECT_EQ(constants_of(scene.cost).osc_energy, 12);
  EXPECT_EQ(print_field(scene, "cost.e_osc"), "12");
  EXPECT_EQ(print_field(scene, "cost.e_u"), "preset");
  set_field(scene, "cost.e_osc", "preset");
  EXPECT_EQ(scene, Scene{});
  EXPECT_EQ(parse_scene(scene_with(R"("cost": {"e_osc": "preset"})"), "s"), Scene{});
  EXPECT_THAT(error_of(scene_with(R"("cost": {"e_osc": "12"})")), HasSubstr("cost.e_osc"));
  EXPECT_THAT(error_of(scene_with(R"("cost": {"e_osc": -1})")), HasSubstr("cost.e_osc"));
  EXPECT_THAT(error_of(scene_with(R"("cost": {"f": 0})")), HasSubstr("0.001 to 1000"));
  EXPECT_THAT(error_of(scene_with(R"("cost": {"e_oscar": 1})")), HasSubstr("misspelt"));
}

TEST(Scene, ListsOfASweepAreStrict) {
  Scene scene;
  set_field(scene, "sweep.bits", "  0 4   2 ");
  EXPECT_EQ(scene.sweep.bits, (std::vector<double>{0, 4, 2}));
  EXPECT_EQ(print_field(scene, "sweep.bits"), "0 4 2");
  set_field(scene, "sweep.models", "wall mnist-shil-4bit");
  EXPECT_EQ(scene.sweep.models.size(), 2u);
  const auto wrong = [](const char* name, const char* text) {
    Scene one;
    try {
      set_field(one, name, text);
    } catch (const Error& error) {
      EXPECT_EQ(one, Scene{}) << "left as it was";
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_THAT(wrong("sweep.bits", ""), HasSubstr("1 to 12"));
  EXPECT_THAT(wrong("sweep.bits", "9"), HasSubstr("'9' is not a whole number from 0 to 8"));
  EXPECT_THAT(wrong("sweep.bits", "2.5"), HasSubstr("whole"));
  EXPECT_THAT(wrong("sweep.bits", "4 4"), HasSubstr("twice"));
  EXPECT_THAT(wrong("sweep.bits", "4 4.0"), HasSubstr("twice"));
  EXPECT_THAT(wrong("sweep.densities", "0"), HasSubstr("sweep.densities"));
  EXPECT_THAT(wrong("sweep.densities", "0.1 x"), HasSubstr("'x'"));
  EXPECT_THAT(wrong("sweep.mismatches", "nan"), HasSubstr("number"));
  EXPECT_THAT(wrong("sweep.weight_noises", "1 2 3 4 5 6 7 8 9 10 0.1 0.2 0.3"), HasSubstr("13"));
  EXPECT_THAT(wrong("sweep.models", "a/b.safetensors"), HasSubstr("put it on the wall"));
  EXPECT_THAT(wrong("chips.mismatches", "0"), HasSubstr("chips.mismatches"));
  EXPECT_THAT(wrong("circuit.tile", "-1"), HasSubstr("circuit.tile"));
  EXPECT_THAT(wrong("circuit.reltol", "0"), HasSubstr("circuit.reltol"));
}

TEST(Scene, SaysWhatIsWrong) {
  EXPECT_THAT(error_of(""), HasSubstr("not JSON"));
  EXPECT_THAT(error_of("{\"phaseloom\": \"scene\", "), HasSubstr("complete"));
  EXPECT_THAT(error_of("[1]"), HasSubstr("{"));
  EXPECT_THAT(error_of("{}"), HasSubstr("not a scene"));
  EXPECT_THAT(error_of(R"({"phaseloom": "scene"})"), HasSubstr("version"));
  EXPECT_THAT(error_of(R"({"phaseloom": "scene", "version": 2})"), HasSubstr("reads version 1"));
  EXPECT_THAT(error_of(scene_with(R"("sead": 1)")), HasSubstr("misspelt"));
  EXPECT_THAT(error_of(scene_with(R"("hardware": {"bit": 1})")), HasSubstr("hardware.bit"));
  EXPECT_THAT(error_of(scene_with(R"("hardware": 4)")), HasSubstr("object"));
  EXPECT_THAT(error_of(scene_with(R"("hardware.bits": 4)")), HasSubstr("object"));
  EXPECT_THAT(error_of(scene_with(R"("seed": "7")")), HasSubstr("seed should be a whole number"));
  EXPECT_THAT(error_of(scene_with(R"("seed": -7)")), HasSubstr("seed"));
  EXPECT_THAT(error_of(scene_with(R"("seed": 1.5)")), HasSubstr("whole number"));
  EXPECT_THAT(error_of(scene_with(R"("wall": 1e2)")), HasSubstr("whole number"));
  EXPECT_THAT(error_of(scene_with(R"("wall": 65)")), HasSubstr("1 to 64"));
  EXPECT_THAT(error_of(scene_with(R"("hold": 1e999)")), HasSubstr("not JSON"));
  EXPECT_THAT(error_of(scene_with(R"("hold": null)")), HasSubstr("number"));
  EXPECT_THAT(error_of(scene_with(R"("playing": 1)")), HasSubstr("true or false"));
  EXPECT_THAT(error_of(scene_with(R"("integrator": "rk5")")), HasSubstr("rk4"));
  EXPECT_THAT(error_of(scene_with(R"("model": "")")), HasSubstr("model"));
  EXPECT_THAT(error_of(scene_with(R"("hold": 1, "hold": 2)")), HasSubstr("twice"));
  EXPECT_THAT(error_of(std::string(100'000, '[')), HasSubstr("deep"));
  EXPECT_THAT(error_of(std::string(2 << 20, ' ')), HasSubstr("bytes"));
}

TEST(Scene, DamagedFilesAreErrors) {
  const auto text = print_scene(unusual_scene());
  RandomSequence random(3, Stream::batch);
  int good = 0;
  for (int i = 0; i < 20'000; ++i) {
    auto damaged = text;
    for (auto n = 1 + random.below(3); n-- > 0;) {
      const auto at = random.below(static_cast<std::uint32_t>(damaged.size()));
      switch (random.below(3)) {
        case 0:
          damaged[at] = static_cast<char>(random.below(256));
          break;
        case 1:
          damaged.erase(at, 1 + random.below(20));
          break;
        default:
          damaged.insert(at, damaged.substr(0, random.below(40)));
      }
      if (damaged.empty()) damaged = "x";
    }
    try {
      const auto scene = parse_scene(damaged, "fuzz");
      EXPECT_EQ(parse_scene(print_scene(scene), "again"), scene);
      ++good;
    } catch (const Error&) {
    }
  }
  EXPECT_GT(good, 100);
}

class SceneFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              fmt::format("phaseloom-scene-{}", ::testing::UnitTest::GetInstance()->random_seed() +
                                                    static_cast<int>(getpid()));
    std::filesystem::create_directories(folder_ / "models");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(SceneFile, ModelsBesideItStayRelative) {
  Scene scene;
  scene.model = (folder_ / "models" / "m.safetensors").string();
  save_scene(folder_ / "s.json", scene);
  std::ifstream file(folder_ / "s.json");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  EXPECT_THAT(text, HasSubstr("\"./models/m.safetensors\""));
  EXPECT_EQ(load_scene(folder_ / "s.json"), scene);

  scene.model = "/elsewhere/m.safetensors";
  save_scene(folder_ / "s.json", scene);
  EXPECT_EQ(load_scene(folder_ / "s.json").model, scene.model);
  scene.model = "mnist-shil";
  save_scene(folder_ / "s.json", scene);
  EXPECT_EQ(load_scene(folder_ / "s.json").model, scene.model);
}

TEST_F(SceneFile, MissingFileOrFolderIsAnError) {
  EXPECT_THROW(load_scene(folder_ / "none.json"), Error);
  EXPECT_THROW(load_scene(folder_), Error);
  EXPECT_THROW(save_scene(folder_ / "none" / "s.json", Scene{}), Error);
}

TEST_F(SceneFile, RememberedViewComesBack) {
  UiState state;
  state.folds[2] = Fold::closed;
  state.view = {View::Quantity::rate, 2};
  state.theme = Theme::light;
  state.left = 333.25;
  state.pinned = 7;
  state.compare = Compare::split;
  state.divider = 0.25;
  state.curve = Curve::pair;
  state.partner = 17;
  state.trail = 0.125;
  state.place = {-40, 30};
  state.hardware.page = DesignView::Page::chips;
  state.hardware.folder = "/somewhere/sweep ü";
  state.window = WindowMode::maximized;
  const auto path = folder_ / "config" / "ui.json";
  save_ui_state(path, state);
  std::string problem = "?";
  EXPECT_EQ(load_ui_state(path, problem), state);
  EXPECT_EQ(problem, "");
  EXPECT_EQ(load_ui_state(folder_ / "none.json", problem), UiState{});
  EXPECT_EQ(problem, "");
  std::ofstream(path) << R"({"phaseloom": "ui", "version": 1, "width": -1})";
  EXPECT_EQ(load_ui_state(path, problem), UiState{});
  EXPECT_THAT(problem, HasSubstr("width"));
  EXPECT_THROW(parse_ui_state(R"({"phaseloom": "ui", "version": 1, "width": 1e99})", "s"), Error);
  EXPECT_THROW(parse_ui_state(R"({"phaseloom": "ui", "version": 1, "theme": 7})", "s"), Error);
  EXPECT_THROW(parse_ui_state(R"({"phaseloom": "ui", "version": 1, "divider": 2})", "s"), Error);
  EXPECT_THROW(parse_ui_state(R"({"phaseloom": "ui", "version": 1, "compare": "on"})", "s"), Error);
  EXPECT_THROW(parse_ui_state(R"({"phaseloom": "ui", "version": 1, "place": [1]})", "s"), Error);
  EXPECT_THROW(parse_ui_state(R"({"phaseloom": "ui", "version": 1, "window": "gone"})", "s"),
               Error);
}

}  // namespace
}  // namespace phaseloom
