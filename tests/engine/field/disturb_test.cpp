// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/field/field.hpp"
#include "tests/engine/field/small_fields.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using test::small_field;
using ::testing::Contains;
using ::testing::HasSubstr;

/// How far a place is from a point, the short way round.
double distance_on(const FieldSettings& s, double x, double y, int column, int row) {
  return std::hypot(std::remainder(column - x, s.width), std::remainder(row - y, s.height));
}

TEST(FieldDisturb, ChangesWhatIsWithinTheRadiusAndNothingElse) {
  ThreadPool pool(1);
  const FieldSettings s = small_field();
  for (const Disturbance what :
       {Disturbance::scatter, Disturbance::vortex, Disturbance::antivortex, Disturbance::level})
    for (const auto& [x, y] : {std::pair{10.3, 8.}, {0., 0.}, {20.6, 17.2}, {-1., 40.}}) {
      Field field(s, pool);
      const auto before = field.phases();
      field.disturb(x, y, 4.5, what);
      const auto after = field.phases();
      int changed = 0;
      for (int row = 0; row < s.height; ++row)
        for (int column = 0; column < s.width; ++column) {
          const auto i = static_cast<std::size_t>(row * s.width + column);
          if (distance_on(s, x, y, column, row) > 4.5)
            EXPECT_EQ(after[i], before[i]) << name_of(what) << column << " " << row;
          else
            changed += after[i] != before[i];
        }
      EXPECT_GT(changed, 55) << name_of(what) << ", of about π 4.5^2 = 64";
    }
}

TEST(FieldDisturb, VorticesAreWhereTheyWerePlanted) {
  ThreadPool pool(1);
  FieldSettings s = small_field();
  s.width = 60;
  s.height = 40;
  s.start_width = 0;
  Field field(s, pool);
  field.disturb(12.2, 20.7, 8, Disturbance::vortex);
  field.disturb(59.5, 0.1, 8, Disturbance::antivortex);
  const auto defects = field.defects();
  EXPECT_THAT(defects, Contains(Defect{12, 20, 1}));
  EXPECT_THAT(defects, Contains(Defect{59, 0, -1}));
  EXPECT_EQ(defects.size(), 4u) << "each with its opposite at the rim";
  EXPECT_EQ(field.defect_count(), (DefectCount{2, 2}));
}

TEST(FieldDisturb, LevelIsThePhaseInTheMiddle) {
  ThreadPool pool(1);
  const FieldSettings s = small_field();
  Field field(s, pool);
  const auto before = field.phases();
  field.disturb(7.4, 9.6, 3, Disturbance::level);
  const auto after = field.phases();
  const float middle = before[static_cast<std::size_t>(10 * s.width + 7)];
  for (int row = 8; row <= 11; ++row)
    for (int column = 6; column <= 9; ++column)
      EXPECT_EQ(after[static_cast<std::size_t>(row * s.width + column)], middle);
}

TEST(FieldDisturb, ScattersAnewEachTimeAndOverTheCircle) {
  ThreadPool pool(1);
  FieldSettings s = small_field();
  s.width = s.height = 100;
  s.start_width = 0;
  Field field(s, pool);
  field.disturb(50, 50, 100, Disturbance::scatter);
  const auto first = field.phases();
  EXPECT_LT(field.order_parameter(), 5 / std::sqrt(double(s.places())));
  field.disturb(50, 50, 100, Disturbance::scatter);
  EXPECT_GT(test::largest_distance(field.phases(), first), 1);
}

TEST(FieldErrors, BadBrushes) {
  ThreadPool pool(1);
  Field field(small_field(), pool);
  const auto before = field.phases();
  const auto error = [&](double x, double y, double radius) {
    return error_of([&] { field.disturb(x, y, radius, Disturbance::vortex); });
  };
  EXPECT_THAT(error(std::nan(""), 0, 3), HasSubstr("brush's x is nan; it must lie in -1024..2048"));
  EXPECT_THAT(error(0, std::numeric_limits<double>::infinity(), 3), HasSubstr("brush's y is inf"));
  EXPECT_THAT(error(0, 0, 0), HasSubstr("brush's radius is 0; it must lie in 0.5..1024"));
  EXPECT_EQ(field.phases(), before);
}

TEST(FieldErrors, BadSettings) {
  ThreadPool pool(1);
  const auto error = [&](const auto& change) {
    FieldSettings s = small_field();
    change(s);
    return error_of([&] { Field field(s, pool); });
  };
  using S = FieldSettings;
  EXPECT_THAT(error([](S& s) { s.width = 3; }), HasSubstr("width is 3; it must lie in 4..1024"));
  EXPECT_THAT(error([](S& s) { s.height = 1025; }), HasSubstr("height is 1025"));
  EXPECT_THAT(error([](S& s) { s.kernel.radius = 9; }),
              HasSubstr("radius is 9; on 21 x 18 places it must lie in 1..8"));
  EXPECT_THAT(error([](S& s) { s.kernel.radius = 0; }), HasSubstr("radius is 0"));
  EXPECT_THAT(error([](S& s) { s.coupling = 101; }), HasSubstr("coupling is 101"));
  EXPECT_THAT(error([](S& s) { s.injection = -1; }), HasSubstr("injection is -1"));
  EXPECT_THAT(error([](S& s) { s.spread = 11; }), HasSubstr("spread is 11"));
  EXPECT_THAT(error([](S& s) { s.noise = std::nan(""); }), HasSubstr("noise is nan"));
  EXPECT_THAT(error([](S& s) { s.dt = 0; }), HasSubstr("dt is 0; it must lie in 0.0001..1"));
  EXPECT_THAT(error([](S& s) { s.start_width = 4; }), HasSubstr("start_width is 4"));
}

TEST(FieldErrors, ChangesThatAreNone) {
  ThreadPool pool(1);
  Field field(small_field(), pool);
  FieldSettings s = small_field();
  s.width = 22;
  EXPECT_THAT(error_of([&] { field.set_settings(s); }),
              HasSubstr("21 x 18 places, which cannot become 22 x 18"));
  s = small_field();
  s.dt = 2;
  EXPECT_THAT(error_of([&] { field.set_settings(s); }), HasSubstr("dt is 2"));
  EXPECT_EQ(field.settings(), small_field());
  std::vector<float> phases(21 * 18);
  EXPECT_THAT(error_of([&] { field.set(std::span(phases).first(100)); }),
              HasSubstr("100 phases for 21 x 18 places"));
  EXPECT_THAT(error_of([&] { field.read_phases(std::span(phases).first(100)); }),
              HasSubstr("an array of 100 cannot hold 21 x 18 places"));
  const auto before = field.phases();
  phases[5] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(error_of([&] { field.set(phases); }), HasSubstr("a phase is nan"));
  EXPECT_EQ(field.phases(), before);
}

}  // namespace
}  // namespace phaseloom
