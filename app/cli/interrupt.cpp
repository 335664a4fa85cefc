#include "app/cli/interrupt.hpp"

#include <csignal>

namespace phaseloom {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM};

volatile std::sig_atomic_t pending = 0;
struct sigaction previous[2];

extern "C" void note_signal(int) { pending = 1; }

}  // namespace

InterruptScope::InterruptScope() {
  pending = 0;
  struct sigaction action {};
  action.sa_handler = note_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < 2; ++i) sigaction(kSignals[i], &action, &previous[i]);
}

InterruptScope::~InterruptScope() {
  for (int i = 0; i < 2; ++i) sigaction(kSignals[i], &previous[i], nullptr);
}

bool InterruptScope::interrupted() const { return pending != 0; }

}  // namespace phaseloom
