// SPDX-License-Identifier: MIT
#include "engine/network/substrate.hpp"

#include <algorithm>
#include <string>

#include "engine/network/substrates/registry.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

#define PHASELOOM_ENTRY(Type) Type::info,
constexpr SubstrateInfo kSubstrates[] = {PHASELOOM_SUBSTRATES(PHASELOOM_ENTRY)};
#undef PHASELOOM_ENTRY
static_assert(std::ranges::all_of(kSubstrates, [](const SubstrateInfo& s) {
  return s.channels >= 1 && s.channels <= kMaxChannels;
}));

}  // namespace

std::span<const SubstrateInfo> all_substrates() { return kSubstrates; }

const SubstrateInfo& info(Substrate substrate) { return kSubstrates[static_cast<int>(substrate)]; }

Substrate substrate_named(std::string_view name) {
  std::string known;
  for (int i = 0; const auto& entry : kSubstrates) {
    if (entry.name == name) return Substrate{i};
    known.append(i++ ? ", " : "").append(entry.name);
  }
  fail("substrate '{}' is not known; choose one of {}", name, known);
}

}  // namespace phaseloom
