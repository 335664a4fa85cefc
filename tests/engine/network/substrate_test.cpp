// SPDX-License-Identifier: MIT
#include "engine/network/substrate.hpp"

#include <set>

#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

TEST(Substrate, NamesLeadBackToTheirEntry) {
  std::set<std::string_view> names;
  for (const SubstrateInfo& entry : all_substrates()) {
    EXPECT_TRUE(names.insert(entry.name).second) << entry.name << " twice";
    EXPECT_EQ(&info(substrate_named(entry.name)), &entry);
  }
  // Model files name these; they must stay.
  for (const char* name : {"kuramoto", "kuramoto_shil", "aim_tanh", "aim_poly"})
    EXPECT_TRUE(names.contains(name)) << name;
}

TEST(Substrate, EntriesAreComplete) {
  for (const SubstrateInfo& entry : all_substrates()) {
    SCOPED_TRACE(entry.name);
    EXPECT_FALSE(entry.equation.empty());
    EXPECT_EQ(entry.channels % 2 == 0, entry.is_phase);
    EXPECT_LE(entry.channels, kMaxChannels);
    EXPECT_LE(entry.parameters.size(), static_cast<std::size_t>(kMaxUnitParameters));
    std::set<std::string_view> names;
    for (const UnitParameter& p : entry.parameters) {
      EXPECT_TRUE(names.insert(p.name).second) << p.name << " twice";
      EXPECT_FALSE(p.description.empty()) << p.name;
    }
  }
}

TEST(Substrate, UnknownNamesListTheKnownOnes) {
  for (const char* name : {"", "Kuramoto", "kuramoto "}) {
    const std::string message = error_of([&] { substrate_named(name); });
    EXPECT_THAT(message, HasSubstr(std::string("'") + name + "'"));
    for (const SubstrateInfo& entry : all_substrates())
      EXPECT_THAT(message, HasSubstr(std::string(entry.name)));
  }
}

}  // namespace
}  // namespace phaseloom
