// SPDX-License-Identifier: MIT
// A monkey at the keyboard: whatever is done in whatever order, nothing crashes, nothing hangs,
// what is shown hangs together, and memory stays where it is. PHASELOOM_RANDOM_COMMANDS=100000 is
// the long form (and ./test --asan looks for leaks in the short one).

#include <gtest/gtest.h>
#include <malloc.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "app/commands/verbs.hpp"
#include "app/session/script.hpp"
#include "app/ui/frame/offscreen_host.hpp"
#include "engine/support/error.hpp"
#include "tests/app/session/fixed_circuit.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/app/session/small_pictures.hpp"
#include "tests/support/random_commands.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

const std::vector<std::string> kModels{"a", "b", "asked", "voltage", "diverging", "none"};

int commands_to_do(int otherwise) {
  const char* wanted = std::getenv("PHASELOOM_RANDOM_COMMANDS");
  return wanted ? std::atoi(wanted) : otherwise;
}

/// Of this process, in bytes, without what the allocator keeps of memory that was freed: one large
/// picture with something small behind it in the heap, and it would keep all of it.
double resident() {
  malloc_trim(0);
  std::ifstream file("/proc/self/statm");
  double size = 0, pages = 0;
  file >> size >> pages;
  return pages * static_cast<double>(sysconf(_SC_PAGESIZE));
}

void expect_sound(const Session& session) {
  const Snapshot& s = *session.snapshot();
  EXPECT_LE(s.messages->size(), 50u);
  if (!s.model) return;
  const auto states = static_cast<std::size_t>(s.units) * static_cast<std::size_t>(s.lanes);
  const auto pixels = static_cast<std::size_t>(s.visible) * static_cast<std::size_t>(s.lanes);
  EXPECT_EQ(s.lanes, s.scene.lanes());
  EXPECT_EQ(s.state->size(), states);
  EXPECT_EQ(s.pixels->size(), pixels);
  EXPECT_GE(s.step, 0);
  EXPECT_LE(s.step, s.total_steps);
  EXPECT_LE(s.history_first, s.step);
  EXPECT_GE(s.history_last, s.step);
  ASSERT_NE(s.realised, nullptr);
  EXPECT_EQ(s.realised->values.size(), s.model->program.values.size());
  EXPECT_EQ(s.ideal.state != nullptr, session.ui().compare != Compare::off);
  if (!s.ideal.state) return;
  EXPECT_EQ(s.ideal.state->size(), states);
  EXPECT_EQ(s.ideal.pixels->size(), pixels);
}

/// Plays `commands` random lines, one by one: an error ends a script, but not the monkey.
void play(Session& session, ScriptHost& host, std::uint64_t seed, int commands) {
  const TemporaryFolder out;
  test::RandomCommands monkey(seed, kModels);
  [[maybe_unused]] double early = 0;  // sanitizers keep memory of their own
  int refused = 0;
  for (int i = 0; i < commands; ++i) {
    const std::string line = monkey.line();
    try {
      run_script(session, host, line, "monkey", out.path());
    } catch (const Error& error) {
      EXPECT_NE(*error.what(), 0);
      ++refused;
    }
    session.update();
    expect_sound(session);
    if (testing::Test::HasFailure()) FAIL() << "after line " << i << ": " << line;
    if (i == commands / 4) early = resident();
  }
  EXPECT_LT(refused, commands * 2 / 3) << "most lines should mean something";
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  // History, recording, undo and messages are bounded.
  EXPECT_LT(resident() - early, 96e6);
#endif
}

SessionOptions monkey_options() {
  SessionOptions options = test::small_options();
  options.history_bytes = 1 << 20;
  options.training = test::training_without_pictures();
  options.circuit = test::fixed_circuit();
  options.results.iterations = 2;
  options.results.points = 20;
  options.ui.width = 400;
  options.ui.height = 300;
  return options;
}

TEST(RandomCommands, LeaveTheSessionSound) {
  Session session(monkey_options());
  NullHost host;
  play(session, host, 1, commands_to_do(2500));
}

TEST(RandomCommands, LeaveTheWindowSound) {
  Session session(monkey_options());
  const auto host = make_offscreen_host(400, 300, 1);
  play(session, *host, 2, commands_to_do(200));
}

TEST(RandomCommands, AreReplayedBitForBit) {
  const SessionOptions options = monkey_options();
  Session session(options);
  test::RandomCommands monkey(3, kModels);
  for (int i = 0; i < 900; ++i) {
    try {
      const Command command = parse_command(monkey.line());
      if (command.verb->scope != Scope::experiment && command.verb->scope != Scope::ui) continue;
      if (command.verb == verbs::load_scene || command.verb == verbs::save_scene ||
          command.verb == verbs::save_script || command.verb == verbs::export_wall ||
          command.verb == verbs::export_states)
        continue;  // files are no part of a recording
      session.post(command);
    } catch (const Error&) {
    }
  }
  Session again(options);
  for (const auto& line : parse_script(session.record(), "record")) again.post(line.command);
  const Snapshot &a = *session.snapshot(), &b = *again.snapshot();
  ASSERT_EQ(a.scene, b.scene);
  ASSERT_EQ(a.step, b.step);
  ASSERT_NE(a.state, nullptr);
  EXPECT_GT(a.start, 10u) << "runs should have begun";
  // Bit by bit: what diverged is not equal to itself.
  EXPECT_EQ(0, std::memcmp(a.state->data(), b.state->data(), a.state->size() * sizeof(float)));
}

}  // namespace
}  // namespace phaseloom
