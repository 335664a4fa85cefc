// SPDX-License-Identifier: MIT
#include "engine/support/alike.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/expect_error.hpp"
#include "tests/support/thread_ranks.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

TEST(Alike, WhoeverDiffersIsNamedToAll) {
  as_ranks(3, [](Ranks& ranks) {
    const auto rank = static_cast<std::uint64_t>(ranks.rank());
    check_alike(ranks, {{"has another colour", 7}, {"is of another size", 9}});
    EXPECT_THAT(error_of([&] {
                  check_alike(ranks, {{"has another colour", 7}, {"is of another size", rank / 2}});
                }),
                HasSubstr("rank 2 is of another size than rank 0"));
  });
}

// Ranks that are about to do other things do not bring as many.
TEST(Alike, OtherNumbersOfThingsAreNoTrouble) {
  as_ranks(2, [](Ranks& ranks) {
    EXPECT_THAT(error_of([&] {
                  if (ranks.is_first())
                    check_alike(ranks, {{"has another colour", 7}});
                  else
                    check_alike(ranks, {{"has another colour", 7}, {"has another sound", 1}});
                }),
                HasSubstr("rank 1"));
  });
}

TEST(Alike, AloneAnythingGoes) { check_alike(Ranks::alone(), {{"", 1}}); }

}  // namespace
}  // namespace phaseloom
