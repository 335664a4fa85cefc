// SPDX-License-Identifier: MIT
#pragma once
// How many cores this process may use, which need not be all that the machine has.

#include <filesystem>
#include <optional>

namespace phaseloom {

/// Those that the scheduler may put it on (taskset, cpusets), or fewer where a control group limits
/// its time (containers): a limit of 1.5 cores is 2. At least 1.
int usable_cores();

/// The limit of time in cores, the tightest of the group named by `membership` (/proc/self/cgroup)
/// and those around it; nothing when there is none. `mount` is /sys/fs/cgroup; of both versions.
std::optional<double> cpu_quota(const std::filesystem::path& membership,
                                const std::filesystem::path& mount);

}  // namespace phaseloom
