// SPDX-License-Identifier: MIT
#pragma once
// A small network that shows something without training: smooth positive couplings near, negative
// ones further away, and injection locking make spots and stripes out of noise.

#include "app/session/session.hpp"

namespace phaseloom {

/// 28 x 28 visible phases and one hidden layer, local(3), 6 chunks of 8 steps.
Model make_test_model();
/// The same with ten classes: each brightens another place.
Model make_labelled_test_model();

/// A synchronous session that runs it, from step 0, paused.
SessionOptions test_session_options();
/// The same with models whose quality can be measured, on small pictures: "test", and "asked",
/// which knows classes.
SessionOptions test_quality_options();
/// The same in the Train workspace, with a small network to train on small pictures.
SessionOptions test_training_options();

}  // namespace phaseloom
