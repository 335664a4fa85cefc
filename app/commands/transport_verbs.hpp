// SPDX-License-Identifier: MIT
#pragma once
// Commands of the Transport workspace: its training, its files, the grid of results.

#include "app/commands/arguments.hpp"

namespace phaseloom::verbs {

inline constexpr std::array<std::string_view, 2> kWhichPairs{"pair", "all"};
inline constexpr ArgumentInfo kGridPairs[] = {choice("PAIRS", kWhichPairs)};
inline constexpr ArgumentInfo kRows[] = {integer("ROWS", 1, 1e9)};

inline constexpr CommandInfo transport_start{
    "transport.start",
    Scope::background,
    {},
    0,
    "Trains a model to carry the source to the target as the values transport.* say; in a script, "
    "comes to rest before its first iteration."};
inline constexpr CommandInfo transport_row{
    "transport.row",
    Scope::background,
    {},
    0,
    "Trains three models one after the other to be seen side by side: the mlp with ot_cfm, the "
    "physics with ot_cfm, the physics with swd."};
inline constexpr CommandInfo transport_pause{
    "transport.pause", Scope::background, {}, 0, "Stops that training's time."};
inline constexpr CommandInfo transport_resume{
    "transport.resume", Scope::background, {}, 0, "Lets it go on."};
inline constexpr CommandInfo transport_stop{
    "transport.stop", Scope::background, {}, 0, "Ends it; the model stays as it is."};
inline constexpr CommandInfo transport_advance{
    "transport.advance", Scope::background, kIterations, 1,
    "Lets it train for so many iterations, then pauses; a script waits for that."};
inline constexpr CommandInfo transport_show{
    "transport.show",
    Scope::background,
    {},
    0,
    "Shows the network that the grid has trained and kept of the experiment that is set."};
inline constexpr CommandInfo transport_export{
    "transport.export", Scope::background, kNewTable, 1,
    "Writes the points on their way (.csv: point, time, x, y)."};
inline constexpr CommandInfo transport_picture{
    "transport.picture", Scope::background, kNewPicture, 1,
    "Writes what the Transport stage shows, without its controls (.png)."};
inline constexpr CommandInfo transport_film{
    "transport.film", Scope::background, kNewFilm, 1,
    "Writes the points on their way as the Transport stage draws them: .mp4 (by ffmpeg), or .png "
    "with ## for the number."};
inline constexpr CommandInfo transport_grid{
    "transport.grid", Scope::background, kGridPairs, 1,
    "Trains all models with all losses, chunks and hidden units, as far as that is not done yet: "
    "on the experiment's own pair, or on D1 to D4; in a script, comes to rest before the first."};
inline constexpr CommandInfo transport_grid_advance{
    "transport.grid_advance", Scope::background, kRows, 1,
    "In a script: lets the grid do so many trainings, and waits for them."};
inline constexpr CommandInfo transport_grid_stop{
    "transport.grid_stop", Scope::background, {}, 0, "Ends the grid; what is finished is kept."};
inline constexpr CommandInfo transport_grid_export{
    "transport.grid_export", Scope::background, kNewTable, 1,
    "Writes all results of the grid as a table (.csv)."};

/// All of them, as they are listed.
inline constexpr const CommandInfo* kTransportVerbs[] = {
    &transport_start,     &transport_row,        &transport_pause, &transport_resume,
    &transport_stop,      &transport_advance,    &transport_show,  &transport_export,
    &transport_picture,   &transport_film,       &transport_grid,  &transport_grid_advance,
    &transport_grid_stop, &transport_grid_export};

}  // namespace phaseloom::verbs
