// SPDX-License-Identifier: MIT
#include "engine/sweep/job_signs.hpp"

#include <gtest/gtest.h>

#include <string>

namespace phaseloom {
namespace {

TEST(JobSigns, AreReadAsTheyWereWritten) {
  const JobWorker self = this_worker();
  const auto read = read_worker(print_worker(self));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->host, self.host);
  EXPECT_EQ(read->process, self.process);
  EXPECT_EQ(read->mark, self.mark);
  EXPECT_TRUE(is_of_this_process(*read));
  const auto beat = read_beat(print_beat({7, 754.25, 0.5}));
  ASSERT_TRUE(beat);
  EXPECT_EQ(beat->count, 7u);
  EXPECT_NEAR(beat->seconds, 754.25, 0.1);
  EXPECT_EQ(beat->fraction, 0.5);
}

TEST(JobSigns, TwoWorkersDiffer) {
  const JobWorker one = this_worker(), two = this_worker();
  EXPECT_NE(one.mark, two.mark);
  JobWorker other = one;
  other.process += 1;
  EXPECT_FALSE(is_of_this_process(other));
  other = one;
  other.mark = "0-1";
  EXPECT_FALSE(is_of_this_process(other)) << "a process of another container";
}

TEST(JobSigns, WhatIsDamagedIsNothing) {
  const std::string long_name(300, 'x');
  for (const std::string& text :
       {std::string(), std::string("\n\n"), std::string("host a\nprocess 3\n"),
        std::string("process 3\nmark m\n"), std::string("host a\nprocess -3\nmark m\n"),
        std::string("host a\nprocess three\nmark m\n"), std::string("hosta\nprocess 3\nmark m\n"),
        "host " + long_name + "\nprocess 3\nmark m\n"})
    EXPECT_FALSE(read_worker(text)) << text;
  for (const char* text :
       {"", "beat 1\n", "beat 1\nseconds -1\nfraction 0\n", "beat 1\nseconds 1e12\nfraction 0\n",
        "beat 1\nseconds nan\nfraction 0\n", "beat 1\nseconds 1\nfraction 1.5\n",
        "seconds 1\nfraction 0.5\n"})
    EXPECT_FALSE(read_beat(text)) << text;
}

TEST(JobSigns, ANameOfAnotherMachineCannotBreakALine) {
  const auto read = read_worker("host a\x1b[2Jb\nprocess 3\nmark m\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->host, "a\\x1b[2Jb");
}

}  // namespace
}  // namespace phaseloom
