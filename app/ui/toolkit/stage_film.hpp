// SPDX-License-Identifier: MIT
#pragma once
// Pictures and films of a stage: drawn by the window's own code, beside its frame, and handed to
// who writes them.

#include <functional>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// What a picture shows, before it is drawn.
struct StageSheet {
  Extent extent;
  /// Into a list of its own; the area is all of the picture.
  std::function<void(UiContext& ctx, ImDrawList& list, Box area)> paint;
};

/// How a workspace draws its stage for files.
struct StagePainter {
  Workspace stage;
  StageSheet (*present)(UiContext& ctx);  ///< the stage as it is now
  /// A picture of a film: picture 0 comes first, and tells what the others are of.
  StageSheet (*filmed)(UiContext& ctx, const FilmPicture& picture);
};

/// At the end of a frame's building: what the session wants drawn of this stage.
void build_stage_picture(UiContext& ctx, const StagePainter& painter);
/// After the frame was drawn: draws the picture into a buffer of its own, and hands it on.
void submit_stage_picture(Session& session, Transient& transient, ImU32 ground);

}  // namespace phaseloom
