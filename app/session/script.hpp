// SPDX-License-Identifier: MIT
#pragma once
// Scripts drive the laboratory: in tests, in demonstrations, and for users (`render --script`).

#include <filesystem>
#include <string_view>
#include <vector>

#include "app/session/script_host.hpp"
#include "app/session/session.hpp"

namespace phaseloom {

/// Play time that passes from one frame of a script to the next.
inline constexpr double kFrameSeconds = 1.0 / 60;

struct ScriptResult {
  std::vector<std::filesystem::path> files;  ///< written, in order
  int frames = 0;                            ///< drawn
};

/// Runs a whole script on a synchronous session. It is parsed to the end before anything happens;
/// files go below `out_folder`, which is created at the first one, each whole or not at all. Throws
/// Error beginning with "source:line: " when a line is bad, a file name would leave the folder, a
/// model cannot be loaded or a run diverges (nobody is there to look at the message).
ScriptResult run_script(Session& session, ScriptHost& host, std::string_view script,
                        std::string_view source, const std::filesystem::path& out_folder);

/// out_folder / name, if name stays in there. Throws Error.
std::filesystem::path output_path(const std::filesystem::path& out_folder, std::string_view name);

}  // namespace phaseloom
