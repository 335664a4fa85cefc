// SPDX-License-Identifier: MIT
#include "engine/support/child_process.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

TEST(ChildProcess, TakesWhatItIsFedAndNoShellSeesIt) {
  const TemporaryFolder folder;
  const auto file = folder / "$(touch gone) ; a b";
  ChildProcess tee({"tee", file.string()});
  const std::string all(1 << 20, 'x');  // more than a socket holds
  EXPECT_TRUE(tee.send(bytes_of(all)));
  EXPECT_EQ(tee.finish(), 0);
  EXPECT_EQ(std::filesystem::file_size(file), all.size());
}

TEST(ChildProcess, TellsHowItEnded) {
  ChildProcess cat({"cat", "/nowhere/at/all"});
  EXPECT_EQ(cat.finish(), 1);
  EXPECT_NE(cat.last_complaint().find("/nowhere/at/all"), std::string::npos);
  EXPECT_EQ(cat.last_complaint().find('\n'), std::string::npos);
}

TEST(ChildProcess, OneThatListensNoMoreIsNoSignal) {
  ChildProcess ends({"true"});
  const std::string all(1 << 22, 'x');
  EXPECT_FALSE(ends.send(bytes_of(all)));
}

// This program may ignore the signal; for others it is how a pipe's end is told.
TEST(ChildProcess, ItsPipesBreakAsUsual) {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  ChildProcess shell({"sh", "-c", "kill -PIPE $$"});
  std::signal(SIGPIPE, before);
  EXPECT_EQ(shell.finish(), -1) << "the signal ended it";
}

TEST(ChildProcess, CanBeStopped) {
  std::stop_source stop;
  ChildProcess sleeps({"sleep", "600"});
  std::jthread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stop.request_stop();
  });
  const std::string all(1 << 22, 'x');  // it never reads them
  EXPECT_FALSE(sleeps.send(bytes_of(all), stop.get_token()));
  EXPECT_EQ(sleeps.finish(stop.get_token()), -1);
}

TEST(ChildProcess, AMissingProgramIsNamed) {
  const std::string error = error_of([] { ChildProcess({"no-such-program"}); });
  EXPECT_EQ(error, "no-such-program is not installed, or not on PATH");
}

}  // namespace
}  // namespace phaseloom
