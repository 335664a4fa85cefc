// SPDX-License-Identifier: MIT
#include "engine/support/priority.hpp"

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

namespace phaseloom {

void lower_thread_priority() {
  // On Linux a "process" of setpriority is a thread, and both settings are inherited by new
  // threads. Nice 19 leaves a thread 1.5 % of a contended core; SCHED_BATCH keeps it from
  // preempting others when it wakes. (SCHED_IDLE would leave 0.3 %: a training would all but stop
  // beside any other program.)
  const sched_param none{};
  pthread_setschedparam(pthread_self(), SCHED_BATCH, &none);
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 19);
}

}  // namespace phaseloom
