// SPDX-License-Identifier: MIT
#pragma once
// Runs the real program, as a user would.

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/places.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {

struct ProgramResult {
  int exit_code;  ///< -1 when a signal ended it
  std::string out;
  std::string err;
};

/// Where a run's output goes; by default to files, whose text the result has.
struct ProgramOutput {
  std::filesystem::path out = {}, err = {};  ///< another file, e.g. a device
  int descriptor = -1;                       ///< both, e.g. a terminal
  bool out_closed = false;                   ///< there is no standard output at all
};

/// One run of the program, with standard output and error caught in files and no terminal.
class RunningProgram {
 public:
  /// @param launcher what starts it, looked for on PATH: {"mpirun", "-n", "2"}
  explicit RunningProgram(const std::vector<std::string>& arguments,
                          const ProgramOutput& output = {},
                          const std::vector<std::string>& launcher = {}) {
    std::vector<std::string> all = launcher;
    all.push_back(program_path());
    all.insert(all.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& argument : all) argv.push_back(argument.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    const auto redirect = [&](int descriptor, const std::filesystem::path& path) {
      posix_spawn_file_actions_addopen(&files, descriptor, path.c_str(), O_WRONLY | O_CREAT, 0600);
    };
    redirect(STDOUT_FILENO, output.out.empty() ? folder_ / "out" : output.out);
    redirect(STDERR_FILENO, output.err.empty() ? folder_ / "err" : output.err);
    if (output.out_closed) posix_spawn_file_actions_addclose(&files, STDOUT_FILENO);
    for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO})
      if (output.descriptor >= 0)
        posix_spawn_file_actions_adddup2(&files, output.descriptor, descriptor);
    if (::posix_spawnp(&pid_, all.front().c_str(), &files, nullptr, argv.data(), environ) != 0)
      pid_ = -1;
    posix_spawn_file_actions_destroy(&files);
  }
  ~RunningProgram() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    wait();
  }
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  void signal(int number) const {
    if (pid_ > 0) ::kill(pid_, number);
  }
  pid_t pid() const { return pid_; }
  void interrupt() const { signal(SIGINT); }

  /// As a power cut would: it has no chance to tidy up.
  void kill() const { signal(SIGKILL); }

  ProgramResult wait() {
    int status = -1;
    if (pid_ > 0) ::waitpid(pid_, &status, 0);
    const bool exited = pid_ > 0 && WIFEXITED(status);
    pid_ = -1;
    return {exited ? WEXITSTATUS(status) : -1, text_of("out"), text_of("err")};
  }

 private:
  std::string text_of(const char* name) const {
    std::ifstream file(folder_ / name);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  TemporaryFolder folder_;
  pid_t pid_ = -1;
};

inline ProgramResult run_program(const std::vector<std::string>& arguments,
                                 const ProgramOutput& output = {},
                                 const std::vector<std::string>& launcher = {}) {
  return RunningProgram(arguments, output, launcher).wait();
}

}  // namespace phaseloom
