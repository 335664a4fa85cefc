// SPDX-License-Identifier: MIT
// The cost strip and the energy-quality trail in the hand.

#include <gmock/gmock.h>

#include <algorithm>

#include "app/commands/verbs.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"

namespace phaseloom {
namespace {

/// Tall enough for all controls.
constexpr Extent kTall{1280, 1240};

Picture cut(const Picture& picture, const Box& box) {
  const int x = static_cast<int>(box.min.x), y = static_cast<int>(box.min.y);
  Picture part{static_cast<int>(box.width()), static_cast<int>(box.height()), picture.channels, {}};
  for (int row = 0; row < part.height; ++row) {
    const auto begin = picture.pixels.begin() +
                       (static_cast<std::ptrdiff_t>(y + row) * picture.width + x) * part.channels;
    part.pixels.insert(part.pixels.end(), begin, begin + part.width * part.channels);
  }
  return part;
}

/// Parts of a strip are small: a few pixels of it count.
constexpr GoldenTolerance kSharp{0.05, 0.0005};

TEST(CostUi, EveryHardwareControlIsPricedInTheNextFrame) {
  Driver driver(kTall);
  driver.frames(2);
  const auto strip = [&] { return cut(driver.picture(), driver.place("cost strip")); };
  Picture before = strip();
  EXPECT_TRUE(alike(strip(), before, {0, 0})) << "and in no other";
  const auto expect_another = [&](const char* field, auto value) {
    driver.session->set(field, value);
    driver.frames();
    const Picture after = strip();
    EXPECT_FALSE(alike(after, before, kSharp)) << field;
    before = after;
  };
  expect_another("hardware.bits", 4);
  expect_another("hardware.density", 0.3);
  expect_another("cost.preset", "28nm");
  expect_another("cost.cell", "c2c");
  expect_another("cost.eta", 500.0);
  expect_another("cost.batch", 20);
  expect_another("cost.hold", "weight_stationary");
  expect_another("hardware.bits", 0);
  // Noise and mismatch cost nothing in this model.
  driver.session->set("hardware.weight_noise", 0.1);
  driver.frames();
  EXPECT_TRUE(alike(strip(), before, {0, 0}));
}

TEST(CostUi, ItsControls) {
  Driver driver(kTall);
  for (const char* part : {"model", "hardware"})
    driver.session->post(verbs::section, part, "closed");
  driver.frames(2);
  driver.drag("cost.eta", 0.2f, 0.9f);
  EXPECT_GT(driver.scene().cost.eta, 300);
  driver.key("Ctrl+Z");
  EXPECT_EQ(driver.scene().cost.eta, CostChoice{}.eta) << "a drag is one entry of undo";
  driver.drag("cost.batch", 0.02f, 0.9f);
  EXPECT_GT(driver.scene().cost.batch, 1000);
  driver.session->set("cost.hold", "state_stationary");
  driver.frames(2);
  const int batch = driver.scene().cost.batch;
  driver.drag("cost.batch", 0.5f, 0.2f);
  EXPECT_EQ(driver.scene().cost.batch, batch) << "nothing is programmed: it is dimmed";
  for (const char* name : {"cost.preset", "cost.cell", "cost.hold", "trail", "energy axis"})
    EXPECT_TRUE(driver.has(name)) << name;
}

TEST(CostUi, NothingIsPricedWithoutAModel) {
  SessionOptions options = test_session_options();
  options.scene.model = "missing";
  Driver driver({1024, 640}, 1, std::move(options));
  driver.frames(2);
  EXPECT_FALSE(driver.has("cost strip"));
  EXPECT_TRUE(driver.has("section trail"));
}

TEST(CostUi, ADotLeadsBackToItsSetting) {
  Driver driver({1024, 900}, 1, test_quality_options());
  driver.session->post(verbs::section, "trail", "open");
  driver.session->post(verbs::measure);
  driver.session->set("hardware.bits", 2);
  driver.session->post(verbs::measure);
  driver.frames(2);
  ASSERT_TRUE(driver.has("trail dot 2"));
  EXPECT_FALSE(driver.has("trail dot 3"));
  driver.click("trail");  // where no dot is
  EXPECT_EQ(driver.scene().hardware.bits, 2);
  driver.click("trail dot 1");
  EXPECT_EQ(driver.scene().hardware.bits, 0);
  driver.key("Ctrl+Z");
  EXPECT_EQ(driver.scene().hardware.bits, 2);
  // A script writes by a line of its own; the button only says so.
  driver.click("export trail");
  EXPECT_THAT(test::last_message(*driver.session), testing::HasSubstr("trail.export FILE"));
  const std::size_t dots = driver.session->trail().dots().size();
  driver.click("clear trail");
  driver.frames();
  driver.click("answer Cancel");
  EXPECT_EQ(driver.session->trail().dots().size(), dots) << "it was asked for";
  driver.click("clear trail");
  driver.frames();
  driver.click("answer Forget");
  driver.frames();
  EXPECT_FALSE(driver.has("trail dot 1"));
  driver.session->tell(Message::Level::info, "-");
  driver.click("export trail");
  EXPECT_EQ(test::last_message(*driver.session), "-") << "there is nothing to export";
}

TEST(Golden, CostAndTrail) {
  Driver driver({1600, 1000}, 1, test_quality_options());
  driver.session->set("model", "asked");
  driver.session->post(verbs::measure);
  driver.session->set("hardware.bits", 4);
  driver.session->set("hardware.density", 0.6);
  driver.session->post(verbs::measure);
  driver.frames(2);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "cost"));
  const Box dot = driver.place("trail dot 1");
  driver.move(dot.min.x + 1, dot.min.y + 1);
  EXPECT_FALSE(alike(driver.picture(), before, {0.05, 0.001})) << "the setting should be told";
  driver.move(-10, -10);
  driver.session->set("cost.hold", "state_stationary");
  driver.frames();
  EXPECT_FALSE(alike(driver.picture(), before, {0.05, 0.001})) << "another price should be seen";
}

}  // namespace
}  // namespace phaseloom
