// SPDX-License-Identifier: MIT
#include "app/ui/transport/flow_film.hpp"

#include "app/ui/transport/transport_plane.hpp"

namespace phaseloom {
namespace {

constexpr int kPictureSide = 1080, kFilmSide = 720;  // pixels of a plane

/// What a film of the points shows: as it was when the film began.
struct FilmedFlow {
  std::shared_ptr<const TransportSnapshot> points;
  FlowView view;
  Zoom zoom;
  Extent extent;

  FlowLook look(double time) const { return {*points, view, time, zoom}; }
};

StageSheet present(UiContext& ctx) {
  const FlowLook look = present_look(ctx);
  return {flow_extent(ctx, look, kPictureSide),
          [look](UiContext& there, ImDrawList& list, Box area) {
            paint_flow(there, list, area, look);
          }};
}

StageSheet filmed(UiContext& ctx, const FilmPicture& picture) {
  FilmedFlow& film = ctx.kept<FilmedFlow>();
  if (picture.number == 0) {
    film.points = ctx.session.transport();
    film.view = ctx.state.flow;
    film.zoom = ctx.state.zoom_of(Workspace::transport);
    film.extent = flow_extent(ctx, film.look(0), kFilmSide);
  }
  return {film.extent, [&film, time = picture.time](UiContext& there, ImDrawList& list, Box area) {
            paint_flow(there, list, area, film.look(time));
          }};
}

}  // namespace

const StagePainter kFlowPainter{Workspace::transport, present, filmed};

}  // namespace phaseloom
