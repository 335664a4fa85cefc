// SPDX-License-Identifier: MIT
#include "app/cli/output.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace phaseloom {
namespace {

bool others_print = false;
int first_problem = 0;  // errno of the first write that failed

void note(bool written) {
  if (!written && first_problem == 0) first_problem = errno != 0 ? errno : EIO;
}

}  // namespace

void prepare_output() {
  ::signal(SIGPIPE, SIG_IGN);
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) != -1) continue;
    // The wrong way round: using it fails as it did when it was closed.
    const int way = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    if (::open("/dev/null", way) != descriptor) return;
  }
}

void leave_printing_to_others() { others_print = true; }

void print_text(std::string_view text) {
  if (others_print) return;
  errno = 0;
  note(std::fwrite(text.data(), 1, text.size(), stdout) == text.size());
}

void flush_output() {
  errno = 0;
  note(std::fflush(stdout) == 0);
}

void report_text(std::string_view text) {
  if (!others_print) complain_text(text);
}

void complain_text(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

bool finish_output(std::string& reason) {
  const bool failed = std::ferror(stdout) != 0;
  errno = 0;
  note(std::fclose(stdout) == 0);
  if (failed && first_problem == 0) first_problem = EIO;
  reason = std::generic_category().message(first_problem);
  return first_problem == 0;
}

}  // namespace phaseloom
