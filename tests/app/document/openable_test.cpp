// SPDX-License-Identifier: MIT
#include "app/document/openable.hpp"

#include <gtest/gtest.h>

namespace phaseloom {
namespace {

TEST(Openable, IsToldByTheEndingInCapitalsOrNot) {
  for (const char* name : {"a.json", "a.JSON", "b/c.Json"})
    EXPECT_EQ(openable_kind(name), FileKind::scene) << name;
  for (const char* name : {"a.safetensors", "A.SAFETENSORS"})
    EXPECT_EQ(openable_kind(name), FileKind::model) << name;
  for (const char* name : {"a.csv", "EXPORT.CSV", "a.tsv", "a.Txt"}) {
    EXPECT_EQ(openable_kind(name), FileKind::points) << name;
    EXPECT_TRUE(is_points_file(name)) << name;
  }
  EXPECT_EQ(openable_kind("karate.GraphML"), FileKind::graph);
}

TEST(Openable, OtherNamesAreNot) {
  for (const char* name : {"a.jpg", "csv", ".csv", "a.csv.gz", "a.csv/b", "D1", "drawn", "", "a."})
    EXPECT_FALSE(openable_kind(name)) << name;
  EXPECT_FALSE(is_points_file("a.json"));
}

}  // namespace
}  // namespace phaseloom
