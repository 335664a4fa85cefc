// SPDX-License-Identifier: MIT
#pragma once
// Who gives way to whom when there are more threads than cores.

namespace phaseloom {

/// Lets this thread, and those that it starts from now on (a ThreadPool made afterwards, say), have
/// only the time that others leave: a thread that draws or steps the live network gets a core
/// within moments of asking for one. For trainings and other work that nobody waits for. There is
/// no way back without privileges. Does nothing where the system does not allow it: the work is
/// then done all the same.
void lower_thread_priority();

}  // namespace phaseloom
