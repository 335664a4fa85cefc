// SPDX-License-Identifier: MIT
#pragma once
// Another program that is fed through its standard input. It is started with a vector of arguments;
// no shell ever sees them.

#include <sys/types.h>

#include <cstddef>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace phaseloom {

class ChildProcess {
 public:
  /// Starts arguments[0], which is looked for on PATH. Its standard output is dropped. Throws Error
  /// if there is no such program.
  explicit ChildProcess(const std::vector<std::string>& arguments);
  /// Ends it if it still runs.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Waits until it has taken all of them. False if it listens no more, or a stop was requested.
  bool send(std::span<const std::byte> bytes, std::stop_token stop = {});
  /// Closes its input and waits for its end. Its exit status; -1 if a stop was requested or it was
  /// ended by a signal.
  int finish(std::stop_token stop = {});
  /// Its exit status, or -1 if a signal ended it; nothing as long as it runs.
  std::optional<int> ended();
  /// The last line it wrote to standard error, at most 300 characters.
  std::string last_complaint() const;
  /// The last few thousand characters of what it wrote there.
  std::string complaints() const;

 private:
  void end();
  std::string end_of_complaints(long characters) const;

  pid_t pid_ = -1;   // -1: ended, and waited for
  int status_ = -1;  // then
  int input_ = -1;   // our end
  int complaints_ = -1;
};

}  // namespace phaseloom
