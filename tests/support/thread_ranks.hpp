// SPDX-License-Identifier: MIT
#pragma once
// Ranks that are threads of one process and talk through its memory: what is shared among ranks is
// tested without a launcher.

#include <algorithm>
#include <array>
#include <barrier>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "engine/support/random.hpp"
#include "engine/support/ranks.hpp"

namespace phaseloom {

/// Where they meet.
struct RankBoard {
  explicit RankBoard(int size) : meet(size), buffers(static_cast<std::size_t>(size)) {}
  std::barrier<> meet;
  std::vector<std::span<std::byte>> buffers;
  std::mutex mutex;
  std::condition_variable posted;
  /// By sender, receiver and tag.
  std::map<std::array<int, 3>, std::deque<std::vector<std::byte>>> post;
};

class ThreadRanks final : public Ranks {
 public:
  ThreadRanks(RankBoard& board, int rank, int size) : Ranks(rank, size), board_(board) {}

  void broadcast_bytes(std::span<std::byte> bytes) override {
    board_.buffers[static_cast<std::size_t>(rank())] = bytes;
    board_.meet.arrive_and_wait();
    if (rank() > 0) std::ranges::copy(board_.buffers.front(), bytes.begin());
    board_.meet.arrive_and_wait();
  }
  void gather_bytes(std::span<std::byte> whole, std::span<const std::size_t> ends) override {
    board_.buffers[static_cast<std::size_t>(rank())] = whole;
    board_.meet.arrive_and_wait();
    std::size_t begin = 0;
    for (std::size_t r = 0; r < ends.size(); begin = ends[r], ++r)
      if (static_cast<int>(r) != rank())
        std::ranges::copy(board_.buffers[r].subspan(begin, ends[r] - begin),
                          whole.begin() + static_cast<std::ptrdiff_t>(begin));
    board_.meet.arrive_and_wait();
  }
  void wait_for_all() override { board_.meet.arrive_and_wait(); }

  int start_send(std::span<const std::byte> bytes, int to, int tag) override {
    {
      const std::lock_guard lock(board_.mutex);
      board_.post[{rank(), to, tag}].emplace_back(bytes.begin(), bytes.end());
    }
    board_.posted.notify_all();
    transfers_.push_back({{}, -1, 0, false});
    return static_cast<int>(transfers_.size()) - 1;
  }
  int start_receive(std::span<std::byte> bytes, int from, int tag) override {
    transfers_.push_back({bytes, from, tag, false});
    return static_cast<int>(transfers_.size()) - 1;
  }
  int finish_any() override {
    if (std::ranges::all_of(transfers_, &Transfer::done)) {
      transfers_.clear();
      return -1;
    }
    std::unique_lock lock(board_.mutex);
    // In no order that anybody could rely on.
    const std::size_t first = random_.below(static_cast<std::uint32_t>(transfers_.size()));
    for (;; board_.posted.wait(lock))
      for (std::size_t k = 0; k < transfers_.size(); ++k) {
        const std::size_t i = (first + k) % transfers_.size();
        Transfer& transfer = transfers_[i];
        if (transfer.done) continue;
        if (transfer.from >= 0) {
          auto& post = board_.post[{transfer.from, rank(), transfer.tag}];
          if (post.empty()) continue;
          std::ranges::copy(post.front(), transfer.into.begin());
          post.pop_front();
        }
        transfer.done = true;
        return static_cast<int>(i);
      }
  }

 private:
  struct Transfer {
    std::span<std::byte> into;
    int from;  ///< -1: sent, and copied already
    int tag;
    bool done;
  };
  RankBoard& board_;
  std::vector<Transfer> transfers_;
  RandomSequence random_{static_cast<std::uint64_t>(rank()) + 1, Stream::batch};
};

/// work(ranks) as so many ranks at once; when one throws, all must.
template <class Work>
void as_ranks(int size, const Work& work) {
  RankBoard board(size);
  std::vector<std::jthread> threads;
  for (int r = 0; r < size; ++r)
    threads.emplace_back([&board, &work, r, size] {
      ThreadRanks ranks(board, r, size);
      work(ranks);
    });
}

}  // namespace phaseloom
