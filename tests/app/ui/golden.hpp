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

bool alike(const Picture& a, const Picture& b, const GoldenTolerance& tolerance = {});

testing::AssertionResult matches_golden(const Picture& picture, const std::string& name,
                                        const GoldenTolerance& tolerance = {});

}  // namespace phaseloom
