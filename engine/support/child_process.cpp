// SPDX-License-Identifier: MIT
#include "engine/support/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

extern char** environ;

namespace phaseloom {
namespace {

constexpr int kPatience = 50;  // ms between looks at the stop token

void close_once(int& descriptor) {
  if (descriptor >= 0) ::close(std::exchange(descriptor, -1));
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& arguments) {
  // A socket instead of a pipe: writing to one can be kept from raising SIGPIPE.
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    fail("{}: cannot be started: {}", printable(arguments[0]), std::strerror(errno));
  input_ = ends[0];
  complaints_ = ::memfd_create("complaints", MFD_CLOEXEC);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (complaints_ >= 0)
    posix_spawn_file_actions_adddup2(&actions, complaints_, STDERR_FILENO);
  else
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  // Signals that this program ignores are its own affair; a wish of the user's (nohup) is passed
  // on.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t broken_pipe;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &broken_pipe);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const int problem = ::posix_spawnp(&pid_, argv[0], &actions, &attributes, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  ::close(ends[1]);
  if (problem == 0) return;
  pid_ = -1;
  end();
  if (problem == ENOENT) fail("{} is not installed, or not on PATH", arguments[0]);
  fail("{}: cannot be started: {}", printable(arguments[0]), std::strerror(problem));
}

ChildProcess::~ChildProcess() { end(); }

void ChildProcess::end() {
  close_once(input_);
  close_once(complaints_);
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

bool ChildProcess::send(std::span<const std::byte> bytes, std::stop_token stop) {
  while (!bytes.empty()) {
    if (stop.stop_requested()) return false;
    const ssize_t sent = ::send(input_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      pollfd ready{input_, POLLOUT, 0};
      ::poll(&ready, 1, kPatience);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

int ChildProcess::finish(std::stop_token stop) {
  close_once(input_);
  while (!stop.stop_requested()) {
    if (const auto status = ended()) return *status;
    std::this_thread::sleep_for(std::chrono::milliseconds(kPatience / 5));
  }
  return -1;
}

std::optional<int> ChildProcess::ended() {
  if (pid_ < 0) return status_;
  int status = 0;
  if (::waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
  pid_ = -1;
  status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return status_;
}

std::string ChildProcess::last_complaint() const {
  std::string text = end_of_complaints(300);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text.substr(text.find_last_of('\n') + 1);  // npos + 1 is 0
}

std::string ChildProcess::complaints() const { return end_of_complaints(4096); }

std::string ChildProcess::end_of_complaints(long characters) const {
  if (complaints_ < 0) return {};
  const off_t size = ::lseek(complaints_, 0, SEEK_END);
  const off_t from = std::max<off_t>(0, size - characters);
  std::string text(static_cast<std::size_t>(std::max<off_t>(0, size - from)), '\0');
  const ssize_t read = ::pread(complaints_, text.data(), text.size(), from);
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(0, read)));
  return text;
}

}  // namespace phaseloom
