// SPDX-License-Identifier: MIT
#pragma once
// Who does a command is told by a table: one row a command, beside what does it.

#include <span>

#include "app/commands/command.hpp"

namespace phaseloom {

template <class Target>
struct Handler {
  Verb verb;
  /// May throw Error: what cannot be done.
  void (*act)(Target&, const Command&);
};

/// Does it; false if it is none of these.
template <class Target>
bool handle(std::span<const Handler<Target>> handlers, Target& target, const Command& command) {
  for (const Handler<Target>& handler : handlers)
    if (handler.verb == command.verb) {
      handler.act(target, command);
      return true;
    }
  return false;
}

}  // namespace phaseloom
