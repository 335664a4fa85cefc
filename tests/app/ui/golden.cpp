// SPDX-License-Identifier: MIT
#include "tests/app/ui/golden.hpp"

#include <imgui.h>

#include <cstdlib>
#include <filesystem>

#include "engine/data/picture_compare.hpp"
#include "engine/data/png.hpp"
#include "tests/support/places.hpp"

namespace phaseloom {

namespace fs = std::filesystem;

namespace {

constexpr bool kReferenceVersion = IMGUI_VERSION_NUM == 18600;

/// Averages over cells of 8 x 8 pixels; what is left at the right and bottom edges is not seen.
Picture coarse(const Picture& picture) {
  constexpr int kCell = 8;
  Picture out{picture.width / kCell, picture.height / kCell, picture.channels, {}};
  out.pixels.resize(out.size());
  const auto channels = static_cast<std::size_t>(picture.channels);
  const auto at = [&](int x, int y, std::size_t c) {
    return (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
            static_cast<std::size_t>(x)) *
               channels +
           c;
  };
  std::size_t i = 0;
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x)
      for (std::size_t c = 0; c < channels; ++c) {
        int sum = 0;
        for (int dy = 0; dy < kCell; ++dy)
          for (int dx = 0; dx < kCell; ++dx)
            sum += picture.pixels[at(x * kCell + dx, y * kCell + dy, c)];
        out.pixels[i++] = static_cast<std::uint8_t>(sum / (kCell * kCell));
      }
  return out;
}

bool as_expected(const Picture& picture, const Picture& expected,
                 const GoldenTolerance& tolerance) {
  if (kReferenceVersion) return alike(picture, expected, tolerance);
  return alike(coarse(picture), coarse(expected), kOtherVersion);
}

}  // namespace

bool alike(const Picture& a, const Picture& b, const GoldenTolerance& tolerance) {
  const PictureDifference d = compare_pictures(a, b);
  return d.mean_absolute <= tolerance.mean_absolute && d.share_over <= tolerance.share_over;
}

testing::AssertionResult matches_golden(const Picture& picture, const std::string& name,
                                        const GoldenTolerance& tolerance) {
  const fs::path golden = fs::path(source_folder()) / "tests/golden" / (name + ".png");
  if (const char* rebaseline = std::getenv("PHASELOOM_REBASELINE"); rebaseline && *rebaseline) {
    fs::create_directories(golden.parent_path());
    write_png(golden, picture);
    return testing::AssertionSuccess() << golden << " written";
  }
  if (!fs::exists(golden))
    return testing::AssertionFailure()
           << golden << " is not there; PHASELOOM_REBASELINE=1 writes it";
  const Picture expected = read_png(golden);
  if (expected.width == picture.width && expected.height == picture.height &&
      expected.channels == picture.channels && as_expected(picture, expected, tolerance))
    return testing::AssertionSuccess();

  const fs::path folder = fs::absolute("golden-failures");
  fs::create_directories(folder);
  write_png(folder / (name + ".png"), picture);
  if (expected.width != picture.width || expected.height != picture.height)
    return testing::AssertionFailure()
           << name << ": " << picture.width << "x" << picture.height << " instead of "
           << expected.width << "x" << expected.height << "; see " << folder;
  const PictureDifference d = compare_pictures(picture, expected);
  write_png(folder / (name + "-difference.png"), difference_picture(picture, expected));
  return testing::AssertionFailure()
         << name << ": mean difference " << d.mean_absolute << " (allowed "
         << tolerance.mean_absolute << "), " << 100 * d.share_over << " % of the pixels (allowed "
         << 100 * tolerance.share_over << " %); see " << folder;
}

}  // namespace phaseloom
