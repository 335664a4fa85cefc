// SPDX-License-Identifier: MIT
#include "app/commands/command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/commands/experiment_verbs.hpp"
#include "app/commands/key_chord.hpp"
#include "app/document/scene.hpp"
#include "app/document/strict.hpp"
#include "engine/data/file_kind.hpp"
#include "engine/support/error.hpp"
#include "engine/support/number.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

using Kind = ArgumentInfo::Kind;

[[noreturn]] void fail_usage(const CommandInfo& command, std::string_view what) {
  fail("{}; use: {}", what, usage(command));
}

void check_number(const CommandInfo& command, const ArgumentInfo& spec, double value) {
  if (!(value >= spec.min && value <= spec.max))
    fail_usage(command, fmt::format("{}: {} is {}; it should be from {} to {}", command.name,
                                    spec.name, value, spec.min, spec.max));
}

/// What a word of a script means as this argument; numbers are checked by checked().
Argument to_argument(const CommandInfo& command, const ArgumentInfo& spec, std::string_view word) {
  const auto not_a = [&](std::string_view what) {
    fail_usage(command, fmt::format("{}: {} is not {}", command.name, printable(word), what));
  };
  switch (spec.kind) {
    case Kind::integer: {
      const auto value = parse_number<std::int64_t>(word);
      if (!value) not_a("a whole number");
      return *value;
    }
    case Kind::real: {
      const auto value = parse_number<double>(word);
      if (!value) not_a("a number");
      return *value;
    }
    default:
      return std::string(word);
  }
}

bool takes_rest(Kind kind) {
  return kind == Kind::text || kind == Kind::output || kind == Kind::value;
}

/// The next word, or all that is left; `rest` is without blanks at both ends.
std::string_view take(std::string_view& rest, bool all) {
  const auto end = all ? std::string_view::npos : rest.find_first_of(" \t");
  const auto word = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : strict::trimmed(rest.substr(end));
  return word;
}

void check_text(const CommandInfo& command, const ArgumentInfo& spec, const std::string& text) {
  const std::size_t most = spec.max > 0               ? static_cast<std::size_t>(spec.max)
                           : spec.kind == Kind::value ? strict::kMaxValue
                                                      : strict::kMaxText;
  if (text.empty() || text.size() > most || !strict::is_clean(text) ||
      strict::trimmed(text) != text)
    fail_usage(command,
               fmt::format("{}: {} is no {}; it should be 1 to {} bytes of UTF-8 in one line",
                           command.name, printable(text), spec.name, most));
}

void check_choice(const CommandInfo& command, const ArgumentInfo& spec, const std::string& text) {
  for (const auto choice : spec.choices)
    if (choice == text) return;
  fail_usage(command, fmt::format("{}: {} is unknown", command.name, printable(text)));
}

void check_ending(const CommandInfo& command, const ArgumentInfo& spec, const std::string& text) {
  const std::string ending = std::filesystem::path(unescaped(text)).extension().string();
  if (!spec.choices.empty() && std::ranges::find(spec.choices, ending) == spec.choices.end())
    fail("{}: {} should end in {}", command.name, printable(text), fmt::join(spec.choices, " or "));
}

}  // namespace

std::int64_t Command::integer(std::size_t i, std::int64_t otherwise) const {
  return i < arguments.size() ? std::get<std::int64_t>(arguments[i]) : otherwise;
}
double Command::real(std::size_t i, double otherwise) const {
  return i < arguments.size() ? std::get<double>(arguments[i]) : otherwise;
}
const std::string& Command::text(std::size_t i) const {
  return std::get<std::string>(arguments.at(i));
}
std::size_t Command::choice(std::size_t i) const {
  const auto choices = verb->arguments[i].choices;
  return static_cast<std::size_t>(std::ranges::find(choices, text(i)) - choices.begin());
}
std::optional<std::size_t> Command::output() const {
  for (std::size_t i = 0; i < arguments.size(); ++i)
    if (verb->arguments[i].kind == Kind::output) return i;
  return std::nullopt;
}
std::filesystem::path Command::file(std::size_t i) const { return unescaped(text(i)); }

std::string usage(const CommandInfo& command) {
  std::string text(command.name);
  for (std::size_t i = 0; i < command.arguments.size(); ++i) {
    const auto& argument = command.arguments[i];
    const std::string what = argument.kind == Kind::choice
                                 ? fmt::format("{}", fmt::join(argument.choices, "|"))
                                 : std::string(argument.name);
    text += static_cast<int>(i) < command.required ? fmt::format(" {}", what)
                                                   : fmt::format(" [{}]", what);
  }
  return text;
}

Command checked(Command command) {
  const CommandInfo& about = *command.verb;
  auto& arguments = command.arguments;
  if (static_cast<int>(arguments.size()) < about.required)
    fail_usage(about, fmt::format("{}: {} is missing", about.name,
                                  about.arguments[arguments.size()].name));
  if (arguments.size() > about.arguments.size())
    fail_usage(about, fmt::format("{}: too many arguments", about.name));
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto& spec = about.arguments[i];
    auto& argument = arguments[i];
    if (spec.kind == Kind::real && std::holds_alternative<std::int64_t>(argument))
      argument = double(std::get<std::int64_t>(argument));
    const std::size_t wanted = spec.kind == Kind::integer ? 0 : spec.kind == Kind::real ? 1 : 2;
    if (argument.index() != wanted)
      fail_usage(about, fmt::format("{}: {} is of the wrong type", about.name, spec.name));
    switch (spec.kind) {
      case Kind::integer:
        check_number(about, spec, double(std::get<std::int64_t>(argument)));
        break;
      case Kind::real:
        argument = std::get<double>(argument) + 0.0;  // no negative zero: it would not print alike
        check_number(about, spec, std::get<double>(argument));
        break;
      case Kind::choice:
        check_choice(about, spec, std::get<std::string>(argument));
        break;
      case Kind::text:
        check_text(about, spec, std::get<std::string>(argument));
        break;
      case Kind::output:
        check_text(about, spec, std::get<std::string>(argument));
        check_ending(about, spec, std::get<std::string>(argument));
        break;
      case Kind::chord:
        argument = print(parse_chord(std::get<std::string>(argument)));
        break;
      case Kind::field:
        scene_field(std::get<std::string>(argument));
        break;
      case Kind::value: {  // comes right after its field
        Scene scratch;
        const auto& field = std::get<std::string>(arguments[i - 1]);
        set_field(scratch, field, std::get<std::string>(argument));
        argument = print_field(scratch, field);
        break;
      }
    }
  }
  return command;
}

Command parse_command(std::string_view line) {
  auto rest = strict::trimmed(line);
  if (rest.empty()) fail("an empty line is no command");
  const auto name = take(rest, false);
  for (const CommandInfo* found : command_infos()) {
    const CommandInfo& about = *found;
    if (about.name != name) continue;
    Command command{about, {}};
    for (const auto& spec : about.arguments) {
      if (rest.empty()) break;
      command.arguments.push_back(to_argument(about, spec, take(rest, takes_rest(spec.kind))));
    }
    if (!rest.empty()) fail_usage(about, fmt::format("{}: too many arguments", about.name));
    return checked(std::move(command));
  }
  fail(
      "{} is no command; `set`, `play`, `seek`, `shot` are some, phaseloom render --commands lists "
      "all",
      printable(name));
}

std::string print(const Command& command) {
  std::string line(command.verb->name);
  for (const auto& argument : command.arguments)
    std::visit([&](const auto& value) { line += fmt::format(" {}", value); }, argument);
  return line;
}

Command set_command(std::string_view name, std::string_view value) {
  return checked({verbs::set, {std::string(name), std::string(value)}});
}
Command set_command(std::string_view name, bool value) {
  return set_command(name, std::string_view(value ? "true" : "false"));
}
Command set_command(std::string_view name, int value) {
  return set_command(name, std::string_view(std::to_string(value)));
}
Command set_command(std::string_view name, std::int64_t value) {
  return set_command(name, std::string_view(std::to_string(value)));
}
Command set_command(std::string_view name, std::uint64_t value) {
  return set_command(name, std::string_view(std::to_string(value)));
}
Command set_command(std::string_view name, double value) {
  return set_command(name, std::string_view(fmt::format("{}", value)));
}

std::vector<ScriptLine> parse_script(std::string_view text, std::string_view source) {
  constexpr std::size_t max_bytes = std::size_t{16} << 20;
  if (text.size() > max_bytes)
    fail("{}: {} bytes; a script has at most {}", source, text.size(), max_bytes);
  std::vector<ScriptLine> lines;
  text = without_mark(text);
  int number = 0;
  while (!text.empty()) {
    ++number;
    const auto end = text.find('\n');
    const auto line = strict::trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (line.empty() || line.front() == '#') continue;
    try {
      lines.push_back({number, parse_command(line)});
    } catch (const Error& error) {
      fail("{}:{}: {}", source, number, error.what());
    }
  }
  return lines;
}

}  // namespace phaseloom
