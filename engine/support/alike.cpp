// SPDX-License-Identifier: MIT
#include "engine/support/alike.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "engine/support/error.hpp"
#include "engine/support/isa.hpp"
#include "engine/support/of_each.hpp"

namespace phaseloom {

void check_alike(Ranks& ranks, std::initializer_list<Alike> things) {
  if (ranks.size() == 1) return;
  // As many of everybody, or those who are about to do something else could not even be told.
  constexpr std::size_t kThings = 8;
  assert(things.size() < kThings);
  std::array<Alike, kThings> mine{};
  *std::ranges::copy(things, mine.begin()).out = {
      "computes with another instruction set (PHASELOOM_ISA sets it)",
      static_cast<std::uint64_t>(active_isa()) + 1};
  std::array<std::uint64_t, kThings> digests{};
  std::ranges::transform(mine, digests.begin(), &Alike::digest);
  const auto all = of_each(ranks, digests);
  for (std::size_t i = 0; i < kThings; ++i)
    for (std::size_t r = 1; r < all.size(); ++r)
      if (all[r][i] != all[0][i])
        fail("rank {} {} than rank 0", r,
             mine[i].otherwise != nullptr ? mine[i].otherwise : "does another thing");
}

}  // namespace phaseloom
