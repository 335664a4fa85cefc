// SPDX-License-Identifier: MIT
#pragma once
// The one list of what a session has beside its run. A new part is one line in it.

#include <memory>
#include <vector>

#include "app/session/part.hpp"
#include "app/session/session.hpp"

namespace phaseloom {

/// In the order in which they are updated.
std::vector<std::unique_ptr<Part>> make_parts(Session& session, const SessionOptions& options);

}  // namespace phaseloom
