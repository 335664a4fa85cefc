// SPDX-License-Identifier: MIT
// The module that talks to a launcher by MPI: a shared library of its own, which the program loads
// when it was started as one of several. So nothing else needs MPI, neither to build nor to run.

#include <mpi.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <vector>

#include "engine/support/error.hpp"
#include "engine/support/ranks.hpp"

namespace phaseloom {
namespace {

/// MPI counts in int.
constexpr std::size_t kMostBytes = std::size_t{1} << 30;
/// How often a transfer is asked for before each further time comes after a pause: shorter than one
/// takes between machines, long enough for others to compute (*).
constexpr int kTries = 100;
constexpr std::chrono::microseconds kPause{20};

void check(int result, const char* what) {
  if (result == MPI_SUCCESS) return;
  std::array<char, MPI_MAX_ERROR_STRING> text{};
  int length = 0;
  MPI_Error_string(result, text.data(), &length);
  fail("MPI: {}: {}", what, std::string_view(text.data(), static_cast<std::size_t>(length)));
}

int count_of(std::size_t bytes) {
  if (bytes > kMostBytes) fail("MPI: {} bytes at once; at most {}", bytes, kMostBytes);
  return static_cast<int>(bytes);
}

class MpiRanks final : public Ranks {
 public:
  MpiRanks(int rank, int size) : Ranks(rank, size) {}

  void broadcast_bytes(std::span<std::byte> bytes) override {
    while (!bytes.empty()) {
      const auto some = bytes.first(std::min(bytes.size(), kMostBytes));
      check(MPI_Bcast(some.data(), count_of(some.size()), MPI_BYTE, 0, MPI_COMM_WORLD),
            "telling all");
      bytes = bytes.subspan(some.size());
    }
  }

  void gather_bytes(std::span<std::byte> whole, std::span<const std::size_t> ends) override {
    std::vector<int> counts, begins;
    std::size_t begin = 0;
    for (const std::size_t end : ends) {
      begins.push_back(count_of(begin));
      counts.push_back(count_of(end - begin));
      begin = end;
    }
    check(MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, whole.data(), counts.data(),
                         begins.data(), MPI_BYTE, MPI_COMM_WORLD),
          "gathering from all");
  }

  void wait_for_all() override { check(MPI_Barrier(MPI_COMM_WORLD), "waiting for all"); }

  int start_send(std::span<const std::byte> bytes, int to, int tag) override {
    check(MPI_Isend(bytes.data(), count_of(bytes.size()), MPI_BYTE, to, tag, MPI_COMM_WORLD,
                    &started()),
          "sending");
    return static_cast<int>(transfers_.size()) - 1;
  }
  int start_receive(std::span<std::byte> bytes, int from, int tag) override {
    check(MPI_Irecv(bytes.data(), count_of(bytes.size()), MPI_BYTE, from, tag, MPI_COMM_WORLD,
                    &started()),
          "receiving");
    return static_cast<int>(transfers_.size()) - 1;
  }
  int finish_any() override {
    // MPI's own waiting takes a core, which others may have work for.
    for (int tries = 0;; ++tries) {
      int which = MPI_UNDEFINED, done = 0;
      check(MPI_Testany(static_cast<int>(transfers_.size()), transfers_.data(), &which, &done,
                        MPI_STATUS_IGNORE),
            "a transfer");
      if (done != 0 && which != MPI_UNDEFINED) return which;
      if (done != 0) break;
      if (tries > kTries) std::this_thread::sleep_for(kPause);
    }
    transfers_.clear();
    return -1;
  }

 private:
  MPI_Request& started() { return transfers_.emplace_back(MPI_REQUEST_NULL); }

  std::vector<MPI_Request> transfers_;
};

void leave() {
  int done = 0;
  MPI_Finalized(&done);
  if (done == 0) MPI_Finalize();
}

}  // namespace
}  // namespace phaseloom

extern "C" phaseloom::Ranks* phaseloom_join_ranks() {
  using namespace phaseloom;
  // One thread talks at a time; the others compute.
  int provided = 0, rank = 0, size = 1;
  check(MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided), "starting");
  if (provided < MPI_THREAD_SERIALIZED) fail("MPI: this one serves no second thread");
  MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
  check(MPI_Comm_rank(MPI_COMM_WORLD, &rank), "starting");
  check(MPI_Comm_size(MPI_COMM_WORLD, &size), "starting");
  std::atexit(leave);
  static MpiRanks ranks(rank, size);
  return &ranks;
}

extern "C" void phaseloom_end_ranks(int exit_code) { MPI_Abort(MPI_COMM_WORLD, exit_code); }
