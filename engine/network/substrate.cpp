// SPDX-License-Identifier: MIT
#include "engine/network/substrate.hpp"

#include <algorithm>
#include <array>

#include "engine/network/substrates/registry.hpp"

namespace phaseloom {
namespace {

#define PHASELOOM_ENTRY(Type) Type::info,
constexpr std::array kSubstrates{PHASELOOM_SUBSTRATES(PHASELOOM_ENTRY)};
#undef PHASELOOM_ENTRY
static_assert(std::ranges::all_of(kSubstrates, [](const SubstrateInfo& s) {
  return s.channels >= 1 && s.channels <= kMaxChannels;
}));

constexpr auto kNames = names_in(kSubstrates);

}  // namespace

std::span<const SubstrateInfo> all_substrates() { return kSubstrates; }

const SubstrateInfo& info(Substrate substrate) { return kSubstrates[static_cast<int>(substrate)]; }

std::span<const std::string_view> Names<Substrate>::all() { return kNames; }

}  // namespace phaseloom
