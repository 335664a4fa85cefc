// SPDX-License-Identifier: MIT
#include "engine/support/ranks.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

class Alone final : public Ranks {
 public:
  Alone() : Ranks(0, 1) {}
  void broadcast_bytes(std::span<std::byte>) override {}
  void gather_bytes(std::span<std::byte>, std::span<const std::size_t>) override {}
  void wait_for_all() override {}
  int start_send(std::span<const std::byte>, int, int) override {
    fail("ranks: nobody to send to");
  }
  int start_receive(std::span<std::byte>, int, int) override { fail("ranks: nobody to hear from"); }
  int finish_any() override { return -1; }
};

/// What launchers tell a process of its number: Open MPI's mpirun, and PMIx, by which Slurm's srun
/// starts such programs; PMI and PMI-2 of other launchers.
constexpr std::array kRankVariables{"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK"};

/// By its default, srun starts processes that do not know of each other; each would do all the
/// work.
void refuse_strangers() {
  const char* tasks = std::getenv("SLURM_STEP_NUM_TASKS");
  if (tasks != nullptr && std::atoi(tasks) > 1)
    fail("srun started {} processes that do not know of each other; srun --mpi=pmix does it right",
         std::atoi(tasks));
}

const char* rank_variable() {
  for (const char* name : kRankVariables)
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
  return nullptr;
}

struct Module {
  Ranks* ranks = nullptr;
  EndRanks* end = nullptr;
};
Module joined;

void* open_module() {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  std::string why = "it is not there";
  // In a build tree beside the program, or as it is installed.
  for (const char* place : {"lib/phaseloom", "../lib/phaseloom"}) {
    const fs::path file = program / place / "phaseloom_mpi.so";
    if (!fs::exists(file, ignored)) continue;
    // Global, because what MPI loads itself later expects to find it.
    if (void* module = ::dlopen(file.c_str(), RTLD_NOW | RTLD_GLOBAL)) return module;
    if (const char* reason = ::dlerror()) why = reason;
  }
  fail(
      "this process was started as one of several (by mpirun or srun), and the module for MPI, "
      "lib/phaseloom/phaseloom_mpi.so, cannot be loaded: {}; install the package phaseloom-mpi, or "
      "libopenmpi-dev and build "
      "again, or start it without a launcher",
      why);
}

}  // namespace

Ranks& Ranks::alone() {
  static Alone alone;
  return alone;
}

ItemRange Ranks::share(int items, int rank) const {
  const int each = items / size_, more = items % size_;
  const int begin = rank * each + std::min(rank, more);
  return {begin, begin + each + (rank < more ? 1 : 0)};
}

void Ranks::gather_items(std::span<std::byte> whole, int items) {
  const std::size_t size = items > 0 ? whole.size() / static_cast<std::size_t>(items) : 0;
  std::vector<std::size_t> ends;
  for (int r = 0; r < size_; ++r)
    ends.push_back(size * static_cast<std::size_t>(share(items, r).end));
  gather_bytes(whole, ends);
}

int rank_by_environment() {
  const char* value = rank_variable();
  return value != nullptr ? std::max(0, std::atoi(value)) : 0;
}

Ranks& launched_ranks() {
  if (joined.ranks != nullptr) return *joined.ranks;
  if (rank_variable() == nullptr) {
    refuse_strangers();
    return Ranks::alone();
  }
  void* module = open_module();
  const auto join = reinterpret_cast<JoinRanks*>(::dlsym(module, kJoinRanksName));
  const auto end = reinterpret_cast<EndRanks*>(::dlsym(module, kEndRanksName));
  if (join == nullptr || end == nullptr)
    fail("lib/phaseloom/phaseloom_mpi.so is of another version; build it again");
  joined.ranks = join();
  joined.end = end;
  return *joined.ranks;
}

void end_launched_ranks(int exit_code) {
  if (joined.ranks != nullptr && joined.ranks->size() > 1) joined.end(exit_code);
}

}  // namespace phaseloom
