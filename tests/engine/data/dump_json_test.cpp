// SPDX-License-Identifier: MIT
#include "engine/data/dump_json.hpp"

#include <gtest/gtest.h>

namespace phaseloom {
namespace {

TEST(DumpJson, WritesWhatIsNoUtf8AsCodes) {
  const nlohmann::ordered_json json{
      {"z", "sc\xe4ne"}, {"a", {"süß\n", "\xff", 1, nullptr}}, {"k\xe4y", true}};
  EXPECT_THROW(json.dump(), nlohmann::json::exception);
  EXPECT_EQ(dump_json(json), R"({"z":"sc\\xe4ne","a":["süß\n","\\xff",1,null],"k\\xe4y":true})");
}

TEST(DumpJson, LeavesTextAsItIs) {
  const nlohmann::ordered_json json{{"b", "süß\n\\xe4"}, {"a", {1.5, {{"x", 2}}}}};
  EXPECT_EQ(dump_json(json), json.dump());
  EXPECT_EQ(dump_json(json, 2), json.dump(2));
}

}  // namespace
}  // namespace phaseloom
