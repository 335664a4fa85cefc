// SPDX-License-Identifier: MIT
#pragma once
// The states of the present run, for going back: a ring of the latest that fit into a budget.

#include <cstddef>
#include <deque>
#include <memory>
#include <vector>

namespace phaseloom {

/// Holds the states of steps first()..last() without a gap.
class StateHistory {
 public:
  using Values = std::shared_ptr<const std::vector<float>>;

  /// @param bytes budget; one state is always kept, even if it alone is larger.
  explicit StateHistory(std::size_t bytes) : budget_(bytes) {}

  void clear();
  /// `step` must be last() + 1, or anything when empty.
  void push(int step, Values state);
  /// Forgets the states after `step`: they are not what would come now.
  void truncate_after(int step);

  bool has(int step) const { return !states_.empty() && step >= first() && step <= last(); }
  const Values& at(int step) const { return states_[static_cast<std::size_t>(step - first_)]; }
  bool empty() const { return states_.empty(); }
  int first() const { return first_; }
  int last() const { return first_ + static_cast<int>(states_.size()) - 1; }
  std::size_t bytes() const { return bytes_; }

 private:
  std::size_t budget_;
  std::size_t bytes_ = 0;
  int first_ = 0;
  std::deque<Values> states_;
};

}  // namespace phaseloom
