// SPDX-License-Identifier: MIT
#pragma once
// Everything that a person can do is a command, and every command is a line of text: buttons, keys,
// scripts, recordings and tests all speak the same language.
//
//   # 4-bit weights, from the start
//   set hardware.bits 4
//   restart
//   run
//   shot four-bits.png

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace phaseloom {

enum class Verb {
  // The experiment: applied by the simulation at a step boundary.
  set,
  play,
  pause,
  toggle,
  step,
  back,
  seek,
  run,
  restart,
  new_noise,
  advance,
  touch,
  undo,
  redo,
  gesture,
  load_scene,
  save_scene,
  save_script,
  export_wall,
  export_states,
  // In the background, beside the experiment; neither undone nor recorded.
  train_start,
  train_pause,
  train_resume,
  train_stop,
  train_advance,
  train_go_on,
  train_keep,
  measure,
  as_trained,
  trail_go,
  trail_export,
  trail_clear,
  trail_repeat,
  transport_start,
  transport_row,
  transport_pause,
  transport_resume,
  transport_stop,
  transport_advance,
  transport_show,
  transport_export,
  transport_picture,
  transport_film,
  transport_grid,
  transport_grid_advance,
  transport_grid_stop,
  transport_grid_export,
  export_film,
  export_cancel,
  export_plot,
  // How it is looked at: applied by the window at once.
  workspace,
  view,
  zoom,
  theme,
  size,
  scale,
  splitter,
  pin,
  unpin,
  pick,
  unpick,
  tool,
  brush,
  tone,
  compare,
  divider,
  curve,
  partner,
  stage,
  trail,
  trail_show,
  flow_time,
  flow_play,
  flow_pause,
  flow_show,
  flow_probe,
  flow_unprobe,
  section,
  // Hands and eyes of a script: only a script has these.
  advance_frames,
  wait,
  hover,
  click,
  drag,
  scroll,
  key,
  type,
  shot,
  film,
};

enum class Scope { experiment, background, ui, script };

struct ArgumentInfo {
  enum class Kind {
    integer,
    real,
    choice,
    field,  ///< name of a SceneField
    value,  ///< of that field
    text,   ///< the rest of the line
    chord,  ///< "Ctrl+Shift+Z"
  };
  std::string_view name;
  Kind kind = Kind::integer;
  double min = 0;  ///< of a number, inclusive
  double max = 0;
  std::span<const std::string_view> choices = {};
};

struct CommandInfo {
  Verb verb;
  std::string_view name;
  Scope scope;
  std::span<const ArgumentInfo> arguments;
  int required;           ///< how many of them must be there
  std::string_view help;  ///< one sentence
};

/// In the order of Verb.
std::span<const CommandInfo> command_infos();
const CommandInfo& info(Verb verb);
/// "seek STEP", "view intensity|phase|rate [LAYER]".
std::string usage(const CommandInfo& command);

using Argument = std::variant<std::int64_t, double, std::string>;

/// Valid by construction: make it with parse_command(), command() or set_command().
struct Command {
  Verb verb = Verb::play;
  std::vector<Argument> arguments;

  std::int64_t integer(std::size_t i, std::int64_t otherwise = 0) const;
  double real(std::size_t i, double otherwise = 0) const;
  const std::string& text(std::size_t i) const;
  /// A file that the text names; commands write names that are not UTF-8 as escaped() does.
  std::filesystem::path file(std::size_t i) const;
  bool operator==(const Command&) const = default;
};

/// One line without comment. Throws Error: what is wrong and what would be right.
Command parse_command(std::string_view line);
/// The line that parse_command() takes back exactly.
std::string print(const Command& command);

/// A command from code: command(Verb::seek, 20). Throws Error like parse_command().
Command checked(Command command);
template <class... Args>
Command command(Verb verb, Args&&... args);

/// `set name value`; the value is checked and brought to its printed form.
Command set_command(std::string_view name, std::string_view value);
Command set_command(std::string_view name, bool value);
Command set_command(std::string_view name, int value);
Command set_command(std::string_view name, std::int64_t value);
Command set_command(std::string_view name, std::uint64_t value);
Command set_command(std::string_view name, double value);
inline Command set_command(std::string_view name, const char* value) {
  return set_command(name, std::string_view(value));
}

struct ScriptLine {
  int number;  ///< from 1
  Command command;
};

/// A whole script: blank lines and lines that begin with # are nothing. The Error of a bad line
/// begins with "source:line: ".
std::vector<ScriptLine> parse_script(std::string_view text, std::string_view source);

// ---------------------------------------------------------------------------

namespace detail {
inline Argument to_argument(double value) { return value; }
inline Argument to_argument(std::string_view value) { return std::string(value); }
inline Argument to_argument(const char* value) { return std::string(value); }
inline Argument to_argument(const std::string& value) { return value; }
template <class Integer>
requires std::is_integral_v<Integer> Argument to_argument(Integer value) {
  return static_cast<std::int64_t>(value);
}
}  // namespace detail

template <class... Args>
Command command(Verb verb, Args&&... args) {
  return checked(Command{verb, {detail::to_argument(std::forward<Args>(args))...}});
}

}  // namespace phaseloom
