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
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace phaseloom {

/// Who does it.
enum class Scope {
  experiment,  ///< the simulation, at a step boundary
  background,  ///< a part beside the experiment; neither undone nor recorded
  ui,          ///< the window, at once: how it is looked at
  script,      ///< hands and eyes that only a script has
};

struct ArgumentInfo {
  enum class Kind {
    integer,
    real,
    choice,
    field,   ///< name of a SceneField
    value,   ///< of that field
    text,    ///< the rest of the line
    output,  ///< a file that is written, the rest of the line; a script's stay below its folder
    chord,   ///< "Ctrl+Shift+Z"
  };
  std::string_view name;
  Kind kind = Kind::integer;
  double min = 0;  ///< of a number, inclusive
  double max = 0;  ///< likewise; of a text, its bytes (0: strict::kMaxText)
  std::span<const std::string_view> choices = {};  ///< or endings of a file; none: any
};

/// A command is an object that there is once (verbs.hpp), known by its address.
struct CommandInfo {
  constexpr CommandInfo(std::string_view name_, Scope scope_,
                        std::span<const ArgumentInfo> arguments_, int required_,
                        std::string_view help_)
      : name(name_), scope(scope_), arguments(arguments_), required(required_), help(help_) {}
  CommandInfo(const CommandInfo&) = delete;
  CommandInfo& operator=(const CommandInfo&) = delete;

  std::string_view name;
  Scope scope;
  std::span<const ArgumentInfo> arguments;
  int required;           ///< how many of them must be there
  std::string_view help;  ///< one sentence
};

/// Which command it is.
class Verb {
 public:
  constexpr Verb(const CommandInfo& command) : command_(&command) {}
  constexpr const CommandInfo& operator*() const { return *command_; }
  constexpr const CommandInfo* operator->() const { return command_; }
  friend constexpr bool operator==(Verb, Verb) = default;

 private:
  const CommandInfo* command_;
};

/// All that there are, as they are listed.
std::span<const CommandInfo* const> command_infos();
/// "seek STEP", "view intensity|phase|rate [LAYER]".
std::string usage(const CommandInfo& command);

using Argument = std::variant<std::int64_t, double, std::string>;

/// Valid by construction: make it with parse_command(), command() or set_command().
struct Command {
  Verb verb;
  std::vector<Argument> arguments;

  std::int64_t integer(std::size_t i, std::int64_t otherwise = 0) const;
  double real(std::size_t i, double otherwise = 0) const;
  const std::string& text(std::size_t i) const;
  /// Which of its argument's choices that is, from 0.
  std::size_t choice(std::size_t i) const;
  /// A file that the text names; commands write names that are not UTF-8 as escaped() does.
  std::filesystem::path file(std::size_t i) const;
  /// The place of the file that it writes among the arguments; none: it writes none.
  std::optional<std::size_t> output() const;
  bool operator==(const Command&) const = default;
};

/// One line without comment. Throws Error: what is wrong and what would be right.
Command parse_command(std::string_view line);
/// The line that parse_command() takes back exactly.
std::string print(const Command& command);

/// A command from code: command(verbs::seek, 20). Throws Error like parse_command().
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
