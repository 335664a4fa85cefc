// SPDX-License-Identifier: MIT
#pragma once
// Processes that do one thing together, each with a pool of threads of its own, on one machine or
// on many. Like a pool's threads they leave no trace: work is cut into numbered items, neighbouring
// items go to one rank, and what is summed is summed in the order of the items.
//
// All ranks make the same calls in the same order; each call returns when this rank's part of it is
// done. Errors of the connection are Errors.

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>

namespace phaseloom {

/// Items [begin, end).
struct ItemRange {
  int begin = 0, end = 0;
  int size() const { return end - begin; }
};

class Ranks {
 public:
  virtual ~Ranks() = default;
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;

  /// This process and no other. Nothing is sent.
  static Ranks& alone();

  int rank() const { return rank_; }
  int size() const { return size_; }
  /// Prints, decides by the clock, and writes files.
  bool is_first() const { return rank_ == 0; }

  /// The items of a rank, as even as can be; those of rank 0 first. Some may have none.
  ItemRange share(int items, int rank) const;
  ItemRange share(int items) const { return share(items, rank_); }

  /// Everybody gets what the first rank has.
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void broadcast(T& value) { broadcast_bytes(std::as_writable_bytes(std::span(&value, 1))); }
  virtual void broadcast_bytes(std::span<std::byte> bytes) = 0;

  /// `whole` is `items` items of one size; a rank brings its share() of them, and gets the others.
  template <class T, std::size_t N>
  requires std::is_trivially_copyable_v<T>
  void gather(std::span<T, N> whole, int items) {
    if (size_ > 1) gather_items(std::as_writable_bytes(whole), items);
  }
  /// The same of items that are as large as the ranks like.
  /// @param ends [rank], one past its last byte
  virtual void gather_bytes(std::span<std::byte> whole, std::span<const std::size_t> ends) = 0;

  /// Returns when all ranks have called it.
  virtual void wait_for_all() = 0;

  // Messages from one rank to another, which go on while this rank computes. What is received is
  // what was sent with the same tag, 0 to kMostTag; transfers end in any order. The bytes must stay
  // as they are until finish_any() has returned the number.

  static constexpr int kMostTag = 32767;
  /// Returns the number of the transfer: 0, 1, ... since the last time that none was left.
  virtual int start_send(std::span<const std::byte> bytes, int to, int tag = 0) = 0;
  virtual int start_receive(std::span<std::byte> bytes, int from, int tag = 0) = 0;
  /// Waits for one more of the transfers that were started; -1 when none is left.
  virtual int finish_any() = 0;

 protected:
  Ranks(int rank, int size) : rank_(rank), size_(size) {}

 private:
  void gather_items(std::span<std::byte> whole, int items);

  int rank_, size_;
};

/// The ranks that a launcher (mpirun, srun) started this process as one of; alone() without one.
/// Once in a process. Throws Error if there is a launcher and the module that talks to it is not
/// there, or it cannot be reached, or it has not told its processes of each other.
Ranks& launched_ranks();

/// Which rank the environment says that this process is, before anybody is talked to; 0 without a
/// launcher.
int rank_by_environment();

/// After an error on this rank that the others cannot know of: ends them, too. Nothing if
/// launched_ranks() was not called, or there are no others.
void end_launched_ranks(int exit_code);

/// What the module in lib/phaseloom exports as C functions: talk to the launcher by MPI; end all.
using JoinRanks = Ranks*();
using EndRanks = void(int exit_code);
inline constexpr const char* kJoinRanksName = "phaseloom_join_ranks";
inline constexpr const char* kEndRanksName = "phaseloom_end_ranks";

}  // namespace phaseloom
