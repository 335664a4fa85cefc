// SPDX-License-Identifier: MIT
#include "app/document/undo.hpp"

#include <gtest/gtest.h>

#include "tests/app/session/small_models.hpp"

namespace phaseloom {
namespace {

using test::small_options;

Scene with_bits(int bits) {
  Scene scene;
  scene.hardware.bits = bits;
  return scene;
}

TEST(UndoHistory, IsBounded) {
  UndoHistory undo;
  for (int i = 0; i < 2000; ++i) undo.add(with_bits(i % 8), with_bits((i + 1) % 8), "x");
  int entries = 0;
  for (; undo.can_undo(); undo.take_undo()) ++entries;
  EXPECT_EQ(entries, static_cast<int>(UndoHistory::kMaxEntries));
}

TEST(Undo, ChangesComeAndGo) {
  Session session(small_options());
  const Scene start = session.scene();
  session.set("hardware.bits", 4);
  session.set("seed", 9);
  const Scene end = session.scene();
  EXPECT_EQ(session.snapshot()->undo_label, "Seed 9");
  EXPECT_EQ(session.snapshot()->redo_label, "");

  session.post("undo");
  EXPECT_EQ(session.scene().seed, 1u);
  EXPECT_EQ(session.snapshot()->undo_label, "Bits 4");
  EXPECT_EQ(session.snapshot()->redo_label, "Seed 9");
  session.post("undo");
  EXPECT_EQ(session.scene(), start);
  EXPECT_EQ(session.snapshot()->undo_label, "");
  session.post("undo");
  EXPECT_EQ(session.scene(), start);
  EXPECT_EQ(test::last_message(session), "nothing to undo");
  session.post("redo");
  session.post("redo");
  EXPECT_EQ(session.scene(), end);
  session.post("undo");
  session.set("wall", 2);
  EXPECT_EQ(session.snapshot()->redo_label, "");
}

TEST(Undo, RestoresTheRunToo) {
  Session session(small_options());
  session.post("seek 5");
  const auto before = test::state_of(session);
  session.set("hardware.bits", 2);
  EXPECT_NE(test::state_of(session), before);
  session.set("model", "b");
  session.set("seed", 3);
  for (int i = 0; i < 3; ++i) session.post("undo");
  EXPECT_EQ(session.snapshot()->step, 5);
  EXPECT_EQ(test::state_of(session), before);
}

TEST(Undo, OneDragIsOneEntry) {
  Session session(small_options());
  const Scene start = session.scene();
  session.begin_gesture();
  for (int i = 1; i <= 30; ++i) session.set("hardware.mismatch", 0.01 * i);
  session.end_gesture();
  session.set("hardware.mismatch", 0.5);
  session.post("undo");
  EXPECT_EQ(session.scene().hardware.mismatch, 0.3);
  EXPECT_EQ(session.snapshot()->undo_label, "Mismatch 0.3");
  session.post("undo");
  EXPECT_EQ(session.scene(), start);
  EXPECT_EQ(session.snapshot()->undo_label, "");
}

TEST(Undo, ADragBackToItsBeginningIsNone) {
  Session session(small_options());
  session.set("seed", 5);
  session.begin_gesture();
  session.set("hardware.bits", 3);
  session.set("hardware.bits", 0);
  session.end_gesture();
  EXPECT_EQ(session.snapshot()->undo_label, "Seed 5");
}

TEST(Undo, GesturesThatNeverEndDoNotSwallowOthers) {
  Session session(small_options());
  session.begin_gesture();
  session.set("hardware.bits", 3);
  session.begin_gesture();
  session.set("hardware.bits", 4);
  session.post("undo");
  EXPECT_EQ(session.scene().hardware.bits, 3);
  session.set("hardware.bits", 5);
  session.set("hardware.bits", 6);
  session.post("undo");
  EXPECT_EQ(session.scene().hardware.bits, 5);
}

TEST(Undo, AGestureIsGoneOnWith) {
  Session session(small_options());
  session.set("seed", 5);
  session.begin_gesture();
  session.set("hardware.bits", 3);
  session.end_gesture();
  session.post("gesture again");
  session.set("hardware.bits", 0);
  session.end_gesture();
  EXPECT_EQ(session.snapshot()->undo_label, "Seed 5") << "both together changed nothing";
  session.set("hardware.bits", 4);
  session.post("gesture again");
  session.set("hardware.bits", 5);
  session.end_gesture();
  session.post("undo");
  EXPECT_EQ(session.scene().hardware.bits, 4) << "what came between is not of the gesture";
}

TEST(Undo, LeavesPlayingAndRoundAlone) {
  Session session(small_options());
  session.set("hardware.bits", 4);
  session.post("new_noise");
  session.post("play");
  session.post("undo");
  EXPECT_EQ(session.scene().hardware.bits, 0);
  EXPECT_EQ(session.scene().round, 1);
  EXPECT_TRUE(session.scene().playing);
}

TEST(Undo, WhatChangesNothingIsNoEntry) {
  Session session(small_options());
  session.set("hardware.bits", 0);
  session.set("model", "a");
  session.set("model", "missing");
  EXPECT_EQ(session.snapshot()->undo_label, "");
}

}  // namespace
}  // namespace phaseloom
