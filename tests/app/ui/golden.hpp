// SPDX-License-Identifier: MIT
#pragma once
// Golden pictures: tests/golden/NAME.png is what a window looked like when somebody last looked at
// it and was content. PHASELOOM_REBASELINE=1 writes them anew (and then: look at them). A failure
// leaves the picture and the difference in golden-failures/ below the working directory.

#include <gtest/gtest.h>

#include <string>

#include "engine/data/picture.hpp"

namespace phaseloom {

/// Letters and lines may be rounded differently by another OpenGL; nothing else may differ.
struct GoldenTolerance {
  double mean_absolute = 0.4;  // of 255
  double share_over = 0.004;   // of pixels that differ by more than 8 of 255
};

/// Goldens are drawn with Dear ImGui 1.86. Another version spaces letters by fractions of a pixel,
/// which touches up to 4 % of the pixels; in averages over 8 x 8 pixels that is at most 0.5 of 255
/// on the mean and 1.3 % of the cells, and a control that is missing or elsewhere still shows.
inline constexpr GoldenTolerance kOtherVersion{1.0, 0.025};

bool alike(const Picture& a, const Picture& b, const GoldenTolerance& tolerance = {});

testing::AssertionResult matches_golden(const Picture& picture, const std::string& name,
                                        const GoldenTolerance& tolerance = {});

}  // namespace phaseloom
