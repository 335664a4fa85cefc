// SPDX-License-Identifier: MIT
#pragma once
// How much two pictures differ: golden pictures are compared with a tolerance, since drivers and
// libraries round differently.

#include "engine/data/picture.hpp"

namespace phaseloom {

struct PictureDifference {
  double mean_absolute = 0;  ///< over all channel values, 0..255
  double share_over = 0;     // of pixels with a channel that differs by more than the threshold
  int largest = 0;           // of any channel, 0..255
};

/// Fails when the pictures differ in size or channels.
PictureDifference compare_pictures(const Picture& actual, const Picture& expected,
                                   int threshold = 8);

/// The absolute difference times `gain`, opaque: black is equal. For the eye of who looks into a
/// failed test.
Picture difference_picture(const Picture& actual, const Picture& expected, int gain = 4);

}  // namespace phaseloom
