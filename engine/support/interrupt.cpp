// SPDX-License-Identifier: MIT
#include "engine/support/interrupt.hpp"

#include <signal.h>

#include <array>
#include <csignal>
#include <iterator>

#include "engine/support/leftovers.hpp"

namespace phaseloom {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

volatile std::sig_atomic_t pending = 0;
std::array<struct sigaction, std::size(kSignals)> previous;

extern "C" void tidy_up_and_end(int signal) {
  remove_unfinished();
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

extern "C" void note_signal(int signal) {
  if (pending != 0) tidy_up_and_end(signal);
  pending = 1;
}

void handle(int signal, void (*handler)(int), struct sigaction* before) {
  struct sigaction action {
  }, old{};
  ::sigaction(signal, nullptr, &old);
  if (before != nullptr) *before = old;
  if ((old.sa_flags & SA_SIGINFO) == 0 && old.sa_handler == SIG_IGN) return;
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

void tidy_up_when_ended() {
  for (const int signal : kSignals) handle(signal, tidy_up_and_end, nullptr);
}

InterruptScope::InterruptScope() {
  pending = 0;
  for (std::size_t i = 0; i < previous.size(); ++i) handle(kSignals[i], note_signal, &previous[i]);
}

InterruptScope::~InterruptScope() {
  for (std::size_t i = 0; i < previous.size(); ++i) ::sigaction(kSignals[i], &previous[i], nullptr);
}

bool InterruptScope::interrupted() const { return pending != 0; }

}  // namespace phaseloom
