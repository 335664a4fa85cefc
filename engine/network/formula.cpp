// SPDX-License-Identifier: MIT
#include "engine/network/formula.hpp"

#include <array>

#include "engine/network/substrates/registry.hpp"

namespace phaseloom {
namespace {

#define PHASELOOM_ENTRY(Type) Type::formula,
constexpr std::array kFormulas{PHASELOOM_SUBSTRATES(PHASELOOM_ENTRY)};
#undef PHASELOOM_ENTRY

}  // namespace

const Formula& formula_of(Substrate substrate) {
  return kFormulas[static_cast<std::size_t>(substrate)];
}

}  // namespace phaseloom
