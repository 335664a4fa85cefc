// SPDX-License-Identifier: MIT
#include "app/run/state_history.hpp"

#include <cassert>
#include <utility>

namespace phaseloom {
namespace {

std::size_t size_of(const StateHistory::Values& state) { return state->size() * sizeof(float); }

}  // namespace

void StateHistory::clear() {
  states_.clear();
  bytes_ = 0;
}

void StateHistory::push(int step, Values state) {
  assert(states_.empty() || step == last() + 1);
  if (states_.empty()) first_ = step;
  bytes_ += size_of(state);
  states_.push_back(std::move(state));
  while (bytes_ > budget_ && states_.size() > 1) {
    bytes_ -= size_of(states_.front());
    states_.pop_front();
    ++first_;
  }
}

void StateHistory::truncate_after(int step) {
  while (!states_.empty() && last() > step) {
    bytes_ -= size_of(states_.back());
    states_.pop_back();
  }
}

}  // namespace phaseloom
