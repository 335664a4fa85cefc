// SPDX-License-Identifier: MIT
#pragma once
// Pictures and films of the Transport stage: drawn by the window's own code, beside its frame, and
// handed to who writes them.

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// One picture on its way, from the frame that lists what is to be drawn to the one that has drawn
/// it.
struct FlowPicture {
  std::unique_ptr<ImDrawList> list;
  Extent extent;
  std::string file;  ///< to be written; empty: the next picture of the film
};

/// What a film of the points shows: as it was when the film began.
struct FilmedFlow {
  std::shared_ptr<const TransportSnapshot> points;
  FlowView view;
  Zoom zoom;
  Extent extent;
};

/// What of it outlives a frame.
struct FlowFilming {
  std::deque<std::string> files;         ///< of pictures that are wanted
  FilmedFlow film;                       ///< that is being drawn
  std::shared_ptr<FlowPicture> picture;  ///< of this frame
};

/// At the end of a frame's building: what the session wants drawn.
void build_flow_picture(UiContext& ctx);
/// After the frame was drawn: draws it into a buffer of its own, and hands it on.
void submit_flow_picture(Session& session, Transient& transient, ImU32 ground);

}  // namespace phaseloom
