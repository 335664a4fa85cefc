// SPDX-License-Identifier: MIT
// `phaseloom share`: a scene as one line of text, and back.

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "app/cli/output.hpp"
#include "app/document/share_files.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

struct ShareOptions {
  std::string scene;
  std::string line;
  std::string out;
};

std::string read_standard_input() {
  std::string text(kMaxWrapped + 1, '\0');  // one more than may be: that is told then
  std::cin.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::cin.gcount()));
  return text;
}

void deliver(const ShareOptions& options, const std::string& text) {
  if (options.out.empty()) return print_text(text);
  write_file_atomically(options.out, text);
}

void share(const ShareOptions& options) {
  if (options.scene.empty() == options.line.empty())
    fail("share: give either a SCENE to make a line of, or --open LINE to make a scene of it");
  if (options.line.empty()) {
    const Scene scene = load_scene(options.scene);
    deliver(options, share_text(scene) + "\n");
    if (const std::string words = left_behind(scene); !words.empty())
      report("phaseloom: {}\n", words);
    return;
  }
  const bool piped = options.line == "-";
  const Scene scene = parse_share_text(piped ? read_standard_input() : options.line,
                                       piped ? "standard input" : "--open");
  // File names in it are bare: those of files beside the scene's own, wherever that is put.
  deliver(options, print_scene(scene));
}

}  // namespace

void add_share(CLI::App& app) {
  auto options = std::make_shared<ShareOptions>();
  CLI::App* command = app.add_subcommand(
      "share", "Print a scene as one line of text to be pasted anywhere, or turn it back");
  command->add_option("SCENE", options->scene, "Scene (.json) to print as a line");
  command
      ->add_option(
          "--open", options->line,
          "Such a line, phaseloom:..., to print as a scene; - reads it from standard input")
      ->type_name("LINE");
  command->add_option("--out", options->out, "File to write instead of printing")
      ->type_name("FILE");
  command->callback([options] { share(*options); });
}

}  // namespace phaseloom
