// SPDX-License-Identifier: MIT
#include "app/cli/render.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "app/cli/number_option.hpp"
#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/document/assets.hpp"
#include "app/document/share_files.hpp"
#include "app/session/script.hpp"
#include "app/ui/frame/offscreen_host.hpp"
#include "engine/data/file_kind.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr std::size_t kMaxScript = std::size_t{16} << 20;

struct RenderOptions {
  std::string script;
  std::string out;
  std::string size;
  double scale = 1;
  std::string scene;
  std::string model;
  int threads = 0;
  bool without_model = false;
  bool commands = false;
};

std::string read_script(const std::filesystem::path& path) {
  const auto bytes = read_file(path, kMaxScript);
  return std::string(text_in(bytes, "script", path.string()));
}

void print_commands() {
  const char* scopes[] = {"The experiment", "In the background (not undone)", "How it is looked at",
                          "Only in scripts"};
  for (const auto scope : {Scope::experiment, Scope::background, Scope::ui, Scope::script}) {
    print_out("{}:\n", scopes[static_cast<int>(scope)]);
    for (const CommandInfo* command : command_infos())
      if (command->scope == scope) print_out("  {:<38} {}\n", usage(*command), command->help);
  }
  print_out("Values that `set` gives:\n");
  for (const auto& field : scene_fields())
    print_out("  {:<26} {:<10} {}\n", field.name, field.print(Scene{}), field.help);
}

SessionOptions session_options(const RenderOptions& options) {
  SessionOptions session;
  session.threaded = false;
  session.threads = options.threads;
  session.results.shipped = shipped_results_file();
  if (!options.scene.empty()) {
    session.scene = scene_of(options.scene);
    if (!is_sealed(options.scene)) session.scene_file = escaped(options.scene);
  }
  if (!options.model.empty()) set_field(session.scene, "model", escaped(options.model));
  if (!options.size.empty()) {
    const auto cross = options.size.find('x');
    if (cross == std::string::npos)
      fail("--size {}: write it as WIDTHxHEIGHT, e.g. 1600x1000", printable(options.size));
    const auto size = parse_command(
        fmt::format("size {} {}", options.size.substr(0, cross), options.size.substr(cross + 1)));
    session.ui.width = static_cast<int>(size.integer(0));
    session.ui.height = static_cast<int>(size.integer(1));
  }
  session.ui.scale = command(verbs::scale, options.scale).real(0);
  return session;
}

/// Pictures of an empty wall are nothing that anyone asked for.
void refuse_without_model(const Session& session) {
  const auto& now = *session.snapshot();
  if (now.model) return;
  const auto& messages = *now.messages;
  fail("{}; --without-model goes on",
       messages.empty() ? std::string("no model") : messages.back().text);
}

ScriptResult render(const RenderOptions& options, std::string_view script,
                    std::string_view source) {
  Session session(session_options(options));
  if (!options.without_model) refuse_without_model(session);
  const auto& ui = session.ui();
  const auto host = make_offscreen_host(ui.width, ui.height, ui.scale);
  return run_script(session, *host, script, source, options.out);
}

void print_files(const ScriptResult& result) {
  for (const auto& file : result.files) print_out("{}\n", legible(file.string()));
}

}  // namespace

void add_render(CLI::App& app) {
  auto options = std::make_shared<RenderOptions>();
  CLI::App* command = app.add_subcommand(
      "render", "Run a script in the laboratory without a display, and write its pictures");
  command->add_option("--script", options->script, "Script: one command a line (--commands)")
      ->type_name("FILE");
  command->add_option("--out", options->out, "Folder for all that the script writes")
      ->type_name("DIR");
  command->add_option("--size", options->size, "Size of the window in pixels (default 1440x900)")
      ->type_name("WxH");
  add_number(*command, "--scale", options->scale, "Size of text and controls, 0.5 to 4")
      ->capture_default_str();
  command
      ->add_option("--scene", options->scene, "Scene to begin with, its file or its line of text")
      ->type_name("FILE");
  command->add_option("--model", options->model, "Model to begin with, a file or a shipped name");
  add_threads_option(*command, options->threads);
  command->add_flag("--without-model", options->without_model,
                    "Go on when the model cannot be loaded: pictures show what the window says "
                    "then");
  command->add_flag("--commands", options->commands, "List the commands of scripts and leave");
  command->callback([options] {
    if (options->commands) return print_commands();
    if (options->script.empty()) fail("render: no --script FILE given");
    if (options->out.empty()) fail("render: no --out DIR given");
    print_files(render(*options, read_script(options->script), options->script));
  });
}

int render_demo(const std::filesystem::path& out_folder) {
  RenderOptions options;
  options.out = out_folder.string();
  const auto path = asset_path("presets/demo.script");
  std::string script = read_script(path);
  try {
    load_named_model(Scene{}.model);
  } catch (const Error& error) {
    print_out("no images yet: {}\n", error.what());
    options.without_model = true;
    script = "shot laboratory.png";
  }
  const auto result = render(options, script, path.string());
  print_out("The laboratory, without a display:\n");
  print_files(result);
  return 0;
}

}  // namespace phaseloom
