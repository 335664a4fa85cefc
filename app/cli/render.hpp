// SPDX-License-Identifier: MIT
#pragma once
// `phaseloom render`: pictures of the laboratory without a display.

#include <filesystem>

namespace CLI {
class App;
}

namespace phaseloom {

/// Adds the subcommand `render --script FILE --out DIR [--size WxH] [--scale S]`.
void add_render(CLI::App& app);

/// The built-in demonstration (assets/presets/demo.script): a picture of the window and a short
/// sequence of images forming, in `out_folder`; prints where they are. Returns the exit code.
int render_demo(const std::filesystem::path& out_folder);

}  // namespace phaseloom
