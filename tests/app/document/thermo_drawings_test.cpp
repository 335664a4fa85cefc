// SPDX-License-Identifier: MIT
#include "app/document/thermo_drawings.hpp"

#include <gmock/gmock.h>

#include "app/document/scene.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr const char* kName = "thermo.drawings";

ThermoDrawing diagonal() {
  ThermoDrawing drawing;
  brush_stroke(drawing, {6, 6}, {22, 20}, false);
  return drawing;
}

int inked(const ThermoDrawing& drawing) {
  int n = 0;
  for (const auto level : drawing.levels) n += level > 0;
  return n;
}

std::uint8_t at(const ThermoDrawing& drawing, int x, int y) {
  return drawing.levels[static_cast<std::size_t>(y * ThermoDrawing::kSide + x)];
}

TEST(ThermoDrawings, SurviveTheirText) {
  ThermoDrawing every;  // each level, single pixels of ground and runs of all lengths
  for (std::size_t i = 0, k = 0; i < every.levels.size(); i += 1 + k++ % 24)
    every.levels[i] = static_cast<std::uint8_t>(1 + i % 15);
  const std::vector<ThermoDrawing> drawings{diagonal(), every};
  const std::string text = print_thermo_drawings(drawings);
  EXPECT_EQ(parse_thermo_drawings(text, kName), drawings);
  EXPECT_LT(print_thermo_drawings({&drawings[0], 1}).size(), 300u) << "ground takes no room";
  EXPECT_EQ(parse_thermo_drawings("none", kName), std::vector<ThermoDrawing>());
  EXPECT_EQ(print_thermo_drawings({}), "none");
}

TEST(ThermoDrawings, LettersMeanWhatIsDocumented) {
  // 392 pixels of ground, 200 of full ink, one of half, the rest ground: 9 runs of 21 and one of 2.
  std::string text = std::string(18, 'z') + std::string(1, 'm') + "000000" + std::string(200, 'f');
  text += "8" + std::string(9, 'z') + "g";
  const auto drawings = parse_thermo_drawings(text, kName);
  ASSERT_EQ(drawings.size(), 1u);
  EXPECT_EQ(drawings[0].levels[391], 0);
  EXPECT_EQ(drawings[0].levels[392], 15);
  EXPECT_EQ(drawings[0].levels[592], 8);
  EXPECT_EQ(drawings[0].levels[593], 0);
  EXPECT_EQ(drawings[0].pixels()[392], 1.0f);
}

TEST(ThermoDrawings, BadTextsAreSaidWhatIsWrong) {
  const std::string good = print_thermo_drawings(std::vector{diagonal()});
  const std::string blank(37, 'z');  // 777 pixels, and 7
  for (const auto& [text, what] :
       {std::pair<std::string, std::string>{"", "no drawing is written as none"},
        {"ff", "drawing 1 has 2 pixels; 784 in rows of 28"},
        {good + "0", "drawing 1 has 785 pixels"},
        {good + " " + good.substr(1), "drawing 2 has"},
        {"none " + good, "drawing 1 has"},
        {good + " F", "drawing 2: 'F' is no pixel"},
        {blank + "l", "drawing 1 is nearly blank"},
        {"f" + blank + "k", "drawing 1 is nearly blank"},
        {std::string(784, 'f'), "drawing 1 is nearly all ink"},
        {good + " " + good + " " + good + " " + good + " " + good, "up to 4 drawings"}})
    EXPECT_THAT(error_of([&, t = text] { parse_thermo_drawings(t, kName); }),
                AllOf(HasSubstr(kName), HasSubstr(what)))
        << text;
}

TEST(ThermoDrawings, AStrokeIsAsWideAsABrushAndHasNoGaps) {
  ThermoDrawing drawing;
  brush_stroke(drawing, {4, 14}, {24, 14}, false);
  for (int x = 4; x < 24; ++x) {
    EXPECT_EQ(at(drawing, x, 13), ThermoDrawing::kInk) << x;
    EXPECT_EQ(at(drawing, x, 14), ThermoDrawing::kInk) << x;
    EXPECT_GT(at(drawing, x, 12), 0) << "its edge";
    EXPECT_LT(at(drawing, x, 12), ThermoDrawing::kInk) << "is soft";
    EXPECT_EQ(at(drawing, x, 11), 0) << x;
  }
  const ThermoDrawing line = drawing;
  brush_stroke(drawing, {4, 14}, {24, 14}, false);
  EXPECT_EQ(drawing, line) << "ink does not grow darker than ink";
  brush_stroke(drawing, {14, 0}, {14, 28}, true);
  EXPECT_EQ(at(drawing, 14, 14), 0);
  EXPECT_EQ(at(drawing, 20, 14), ThermoDrawing::kInk);
  EXPECT_LT(inked(drawing), inked(line));
  brush_stroke(drawing, {-9, -9}, {-9, -9}, false);  // beyond the edge there is nothing to ink
  EXPECT_LT(inked(drawing), inked(line));
}

TEST(ThermoDrawings, AClickIsNotEnough) {
  ThermoDrawing drawing;
  EXPECT_EQ(flaw_of(drawing), "is nearly blank");
  brush_stroke(drawing, {14.5, 14.5}, {14.5, 14.5}, false);
  EXPECT_EQ(flaw_of(drawing), "is nearly blank");
  brush_stroke(drawing, {14.5, 14.5}, {18.5, 14.5}, false);
  EXPECT_EQ(flaw_of(drawing), "");
}

TEST(ThermoDrawings, AreAValueOfAScene) {
  Scene scene;
  EXPECT_EQ(print_field(scene, kName), "none");
  const std::string text = print_thermo_drawings(std::vector{diagonal(), diagonal()});
  // Any spelling of the same picture is kept as the shortest one.
  std::string longer = text;
  longer.replace(longer.find('z'), 1, std::string(21, '0'));
  set_field(scene, kName, longer);
  EXPECT_EQ(print_field(scene, kName), text);
  EXPECT_EQ(parse_scene(print_scene(scene), "scene").thermo.drawings, text);
  EXPECT_THAT(error_of([&] { set_field(scene, kName, "a b"); }), HasSubstr("drawing 1 has 1"));
  EXPECT_EQ(print_field(scene, kName), text) << "unchanged by what is no drawing";
  set_field(scene, kName, "none");
  EXPECT_EQ(scene.thermo, Scene().thermo);
}

}  // namespace
}  // namespace phaseloom
