// SPDX-License-Identifier: MIT
// The program: the window, with what it shall open, or a subcommand.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "app/cli/environment.hpp"
#include "app/cli/output.hpp"
#include "app/cli/window.hpp"
#include "engine/support/cores.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/support/printable.hpp"
#include "engine/support/ranks.hpp"

// All subcommands, in the order of --help. A new one is a line here and a file app/cli/NAME.cpp
// with `void add_NAME(CLI::App& app)`, whose callback does the work.
#define PHASELOOM_COMMANDS(ENTRY) \
  ENTRY(sample)                   \
  ENTRY(train)                    \
  ENTRY(train_classifier)         \
  ENTRY(eval)                     \
  ENTRY(info)                     \
  ENTRY(cost)                     \
  ENTRY(hold)                     \
  ENTRY(recast)                   \
  ENTRY(sweep)                    \
  ENTRY(worker)                   \
  ENTRY(chips)                    \
  ENTRY(circuit)                  \
  ENTRY(transport)                \
  ENTRY(thermo)                   \
  ENTRY(share)                    \
  ENTRY(render)                   \
  ENTRY(bench)

namespace phaseloom {

#define PHASELOOM_ENTRY(name) void add_##name(CLI::App& app);
PHASELOOM_COMMANDS(PHASELOOM_ENTRY)
#undef PHASELOOM_ENTRY

namespace {

/// Commands whose work is shared by the processes of mpirun or srun; any other is the first one's.
constexpr std::array<std::string_view, 6> kShared{"sample", "train",  "eval",
                                                  "sweep",  "worker", "bench ranks"};

/// Thrown by a process that has no part in the work.
struct LeftToOthers {};

enum ExitCode { kOk = 0, kInternalError = 1, kBadInput = 2, kInterrupted = 130 };

/// Mesa, where it draws in software, would take a thread for each core that the machine has.
void limit_threads_of_libraries() {
  ::setenv("LP_NUM_THREADS", std::to_string(usable_cores()).c_str(), /*overwrite=*/0);
}

/// Always one line, and UTF-8, whatever a file name or an argument brings along. One of several
/// processes says its number, after a moment: most mistakes are everybody's, and the first one that
/// says so ends all.
void print_error(std::string message) {
  std::ranges::replace(message, '\n', ' ');
  const int rank = rank_by_environment();
  if (rank > 0) std::this_thread::sleep_for(std::chrono::seconds(3));
  complain_text(fmt::format("phaseloom: {}{}\n", rank > 0 ? fmt::format("rank {}: ", rank) : "",
                            legible(message)));
}

/// "phaseloom sample": the subcommand that the arguments reached.
std::string reached(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return app.get_name() + (chosen.empty() ? "" : " " + reached(*chosen.front()));
}

/// Before any command, but after --help.
void check_start(const CLI::App& app) {
  check_environment();
  const auto is_reached = [&](std::string_view name) {
    return reached(app) == fmt::format("{} {}", app.get_name(), name);
  };
  if (rank_by_environment() > 0 && std::ranges::none_of(kShared, is_reached)) throw LeftToOthers{};
}

/// Where a wrong word was given, CLI11 says only that something is missing or was not expected; of
/// an option that is given twice, "--bits: At Most 1 required but received 2".
std::string explain(const CLI::App& app, const CLI::ParseError& error) {
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error)) {
    const std::string_view said = error.what(), option = said.substr(0, said.find(':'));
    return fmt::format(
        "{} {}", option,
        said.ends_with("missing") ? "needs a value after it" : "is given more than once");
  }
  const auto rest = app.remaining(true);
  const bool missing = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
  const bool extra = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
  const bool option = !rest.empty() && rest.front().starts_with('-');
  if (extra && !option && !rest.empty())
    return fmt::format("{} is one word too many", printable(rest.front()));
  if (rest.empty() || !(missing || extra)) return error.what();
  return fmt::format("there is no {} {}", option ? "option" : "command", printable(rest.front()));
}

/// Words that are no subcommand.
int open_window(const CLI::App& app, const std::vector<std::string>& files) {
  for (const std::string& file : files)
    if (!can_open(file))
      fail("there is no command {}, nor a file of that name; see {} --help", printable(file),
           app.get_name());
  return run_window(files);
}

int run(int argc, char** argv) {
  CLI::App app{"Phaseloom: generative models that are physics. Without a command: the window.",
               "phaseloom"};
  app.set_version_flag("--version", "phaseloom " PHASELOOM_VERSION, "Print the version and exit");
  app.require_subcommand(0, 1);
  std::vector<std::string> files;
  app.add_option(
      "file", files,
      "Scene (.json, or its line of text), model (.safetensors), points (.csv, .tsv, .txt) "
      "or graph (.graphml) to open");
#define PHASELOOM_ENTRY(name) add_##name(app);
  PHASELOOM_COMMANDS(PHASELOOM_ENTRY)
#undef PHASELOOM_ENTRY
  app.parse_complete_callback([&app] { check_start(app); });
  try {
    app.parse(argc, argv);
    return app.get_subcommands().empty() ? open_window(app, files) : kOk;
  } catch (const CLI::Success& help) {
    std::ostringstream text;
    app.exit(help, text, text);
    print_text(text.str());
    return kOk;
  } catch (const CLI::ParseError& error) {
    print_error(explain(app, error) + "; see " + reached(app) + " --help");
    return kBadInput;
  }
}

/// run(), with what goes wrong as one line and an exit code.
int run_guarded(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const Error& error) {
    print_error(error.what());
    return kBadInput;
  } catch (const LeftToOthers&) {
    return kOk;
  } catch (const Cancelled& cancelled) {
    print_error(std::string("cancelled; ") + cancelled.kept);
    return kInterrupted;
  } catch (const std::filesystem::filesystem_error& error) {
    print_error(fmt::format("{}: {}", error.path1().string(), error.code().message()));
    return kBadInput;
  } catch (const std::bad_alloc&) {
    print_error("not enough memory");
  } catch (const std::exception& error) {
    print_error(std::string("internal error: ") + error.what());
  }
  return kInternalError;
}

}  // namespace
}  // namespace phaseloom

int main(int argc, char** argv) {
  using namespace phaseloom;
  prepare_output();
  limit_threads_of_libraries();
  tidy_up_when_ended();
  if (rank_by_environment() > 0) leave_printing_to_others();
  const int code = run_guarded(argc, argv);
  if (code != kOk) end_launched_ranks(code);
  std::string reason;
  if (finish_output(reason) || code != kOk) return code;
  print_error("standard output: cannot be written (" + reason + "); what was printed is lost");
  return kBadInput;
}
