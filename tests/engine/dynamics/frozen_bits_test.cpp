// SPDX-License-Identifier: MIT
// The bits of a small run, one hash for each instruction set: they may change on purpose only. Then
// the failed test says the new ones, which go into kFrozen; ctest runs this test once for every set
// that the machine has. What compilers contract to fused multiply-adds differs between their
// versions, so the hashes are those of one of them.

#include <gtest/gtest.h>

#include <bit>

#include "engine/dynamics/simulator.hpp"
#include "engine/support/isa.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

constexpr int kCompiler = 12;  // of GCC

struct Frozen {
  Isa isa;
  std::uint64_t ideal, flawed;
};
constexpr Frozen kFrozen[] = {
    {Isa::baseline, 0x3eefe8a869ab9f15, 0x3fd462df700dbfd1},
    {Isa::avx2, 0x81bff02ec128377b, 0x24cb2bd46b6d106b},
    {Isa::avx512, 0x81bff02ec128377b, 0x0c24730e93831ecb},
};

/// Made without the C library's functions, whose last bits belong to no instruction set.
Program network(const char* substrate) {
  auto topology =
      Topology::with_labels(*Topology::with_random_links(*Topology::local({7, 6, 2}, 2), 3, 5), 3);
  Program program = make_program(substrate_named(substrate), topology, 3, 0.3, 0, 1);
  program.initial = {InitialNoise::Shape::uniform, 0.5};
  RandomSequence random(7, Stream::weight_init);
  for (float& v : program.values) v += static_cast<float>(0.4 * random.uniform() - 0.2);
  return program;
}

std::uint64_t hash_of_runs(const Hardware& hardware) {
  ThreadPool pool(1);
  std::uint64_t hash = 14695981039346656037u;  // FNV-1a
  for (const char* substrate : {"kuramoto_shil", "aim_tanh", "langevin"})
    for (const Integrator method : {Integrator::midpoint, Integrator::heun}) {
      const Program program = network(substrate);
      Simulator simulator(program, hardware,
                          {.integrator = method, .steps_per_chunk = 3, .first_sample = 5}, 40,
                          pool);
      simulator.advance(simulator.total_steps());
      EXPECT_FALSE(simulator.diverged()) << "bits of what is not a number say little";
      std::vector<float> state(static_cast<std::size_t>(program.topology->units()) * 40);
      simulator.read_state(state);
      for (const float v : state) hash = (hash ^ std::bit_cast<std::uint32_t>(v)) * 1099511628211u;
    }
  return hash;
}

TEST(FrozenBits, OfASmallRun) {
#if defined(__clang__) || !defined(__GNUC__)
  GTEST_SKIP() << "the hashes are those of GCC " << kCompiler;
#else
  if (__GNUC__ != kCompiler) GTEST_SKIP() << "the hashes are those of GCC " << kCompiler;
#endif
  // The kernels of the last two are the same.
  const Isa isa = active_isa() == Isa::avx512_bf16 ? Isa::avx512 : active_isa();
  const auto ideal = hash_of_runs({});
  const auto flawed = hash_of_runs({.weight_noise = 0.025, .phase_noise = 0.1});
  EXPECT_NE(ideal, flawed);
  for (const Frozen& frozen : kFrozen)
    if (frozen.isa == isa) {
      EXPECT_EQ(ideal, frozen.ideal) << std::hex << std::showbase << ideal;
      EXPECT_EQ(flawed, frozen.flawed) << std::hex << std::showbase << flawed;
      return;
    }
  GTEST_SKIP() << "no hashes are kept for " << isa_name(isa) << "; they are " << std::hex
               << std::showbase << ideal << " and " << flawed;
}

}  // namespace
}  // namespace phaseloom
