// SPDX-License-Identifier: MIT
#pragma once
// How it is looked at: applied by the window at once.

#include "app/commands/arguments.hpp"
#include "app/document/touch.hpp"
#include "app/document/ui_state.hpp"

namespace phaseloom::verbs {

inline constexpr std::array<std::string_view, 2> kOnOff{"on", "off"};
inline constexpr std::array<std::string_view, 4> kSplitters{"left", "right", "bottom", "plots"};
inline constexpr ArgumentInfo kTool[] = {choice("TOOL", names_of<Tool>())};
inline constexpr ArgumentInfo kBrush[] = {real("RADIUS", 0, kMaxBrush)};
inline constexpr ArgumentInfo kTrailShow[] = {choice("SHOWN", kOnOff)};
inline constexpr ArgumentInfo kWorkspace[] = {choice("WORKSPACE", names_of<Workspace>())};
inline constexpr ArgumentInfo kView[] = {choice("QUANTITY", names_of<View::Quantity>()),
                                         integer("LAYER", 0, 63)};
inline constexpr ArgumentInfo kZoom[] = {real("FACTOR", 1, Zoom::kMost), real("X", 0, 1),
                                         real("Y", 0, 1)};
inline constexpr ArgumentInfo kTheme[] = {choice("THEME", names_of<Theme>())};
inline constexpr ArgumentInfo kSize[] = {integer("WIDTH", 320, 8192), integer("HEIGHT", 240, 8192)};
inline constexpr ArgumentInfo kScale[] = {real("SCALE", 0, 4)};
inline constexpr ArgumentInfo kSplitter[] = {choice("WHICH", kSplitters), real("SIZE", 0, 8192)};
inline constexpr ArgumentInfo kLane[] = {integer("LANE", 0, 4095)};
inline constexpr ArgumentInfo kUnit[] = {integer("UNIT", 0, 1e7)};
inline constexpr ArgumentInfo kCompare[] = {choice("HOW", names_of<Compare>())};
inline constexpr ArgumentInfo kShare[] = {real("SHARE", 0, 1)};
inline constexpr ArgumentInfo kCurve[] = {choice("CURVE", names_of<Curve>())};
inline constexpr ArgumentInfo kStage[] = {choice("WHAT", names_of<OnStage>())};
inline constexpr ArgumentInfo kTrail[] = {real("SHARE", 0.01, 1)};
inline constexpr ArgumentInfo kFlowShow[] = {choice("PART", kFlowPartNames),
                                             choice("SHOWN", kOnOff)};
inline constexpr ArgumentInfo kHeatShow[] = {choice("WHAT", names_of<ThermoView::Shown>())};
inline constexpr ArgumentInfo kHeatSource[] = {choice("WHICH", names_of<ThermoView::Source>())};
inline constexpr ArgumentInfo kPrototype[] = {integer("NUMBER", 0, 9)};
inline constexpr ArgumentInfo kPlace[] = {real("X", -1, 1), real("Y", -1, 1)};
inline constexpr ArgumentInfo kSection[] = {choice("SECTION", names_of<Section>()),
                                            choice("HOW", names_of<Fold>())};

inline constexpr CommandInfo workspace{
    "workspace", Scope::ui, kWorkspace, 1,
    "Generate images, carry points from one distribution to another, train networks, compute "
    "with heat, learn how all of it works, or see what it would take to build it."};
inline constexpr CommandInfo view{"view", Scope::ui, kView, 1,
                                  "Shows a quantity of the visible layer (0) or a hidden one."};
inline constexpr CommandInfo zoom{
    "zoom", Scope::ui, kZoom, 1,
    "How many times as large what the workspace shows is, its wall or its planes, 1 being the "
    "whole, and which place of it is in the middle, in shares of its width and height."};
inline constexpr CommandInfo theme{"theme", Scope::ui, kTheme, 1, "Dark, or light for projectors."};
inline constexpr CommandInfo size{"size", Scope::ui, kSize, 2, "Size of the window in pixels."};
inline constexpr CommandInfo scale{"scale", Scope::ui, kScale, 1,
                                   "Size of text and controls, from 0.5; 0: as the monitor says."};
inline constexpr CommandInfo splitter{"splitter", Scope::ui, kSplitter, 2,
                                      "Size of a zone of the window."};
inline constexpr CommandInfo pin{"pin", Scope::ui, kLane, 1,
                                 "Keeps a sample of the wall enlarged."};
inline constexpr CommandInfo unpin{"unpin", Scope::ui, {}, 0, "Lets the enlarged sample go."};
inline constexpr CommandInfo pick{"pick", Scope::ui, kUnit, 1, "Opens the inspector of a unit."};
inline constexpr CommandInfo unpick{"unpick", Scope::ui, {}, 0, "Closes the inspector of a unit."};
inline constexpr CommandInfo tool{
    "tool", Scope::ui, kTool, 1,
    "What the pointer does to a sample: look at it, or stir, erase or hold what it brushes."};
inline constexpr CommandInfo brush{"brush", Scope::ui, kBrush, 1,
                                   "Radius of what it brushes, in pixels; 0: one pixel."};
inline constexpr CommandInfo tone{"tone", Scope::ui, kShare, 1,
                                  "What held pixels read as, from 0 (black) to 1 (white)."};
inline constexpr CommandInfo compare{
    "compare", Scope::ui, kCompare, 1,
    "Lets ideal hardware run through the same noise, and shows both or what differs."};
inline constexpr CommandInfo divider{
    "divider", Scope::ui, kShare, 1,
    "Where the split wall goes from ideal to hardware, as a share of its width."};
inline constexpr CommandInfo curve{
    "curve", Scope::ui, kCurve, 1,
    "What the inspector draws: state over time, over its rate, or over another unit's state."};
inline constexpr CommandInfo partner{
    "partner", Scope::ui, kUnit, 0,
    "The unit that the picked one is drawn against; none: the one that it listens to most."};
inline constexpr CommandInfo stage{
    "stage", Scope::ui, kStage, 1,
    "Lays a plot of the inspector, or the energy-quality trail, on the stage; wall: puts it "
    "back."};
inline constexpr CommandInfo trail{
    "trail", Scope::ui, kTrail, 1,
    "Share of the run after which the trail of a portrait has faded."};
inline constexpr CommandInfo trail_show{
    "trail.show", Scope::ui, kTrailShow, 1,
    "Lays the energy-quality trail on the stage; off: the wall is back in its place."};
inline constexpr CommandInfo flow_time{
    "flow.time", Scope::ui, kShare, 1,
    "Stops the points at a time of their way, 0 being the source and 1 the end."};
inline constexpr CommandInfo flow_play{
    "flow.play", Scope::ui, {}, 0, "Lets the points travel, again and again."};
inline constexpr CommandInfo flow_pause{"flow.pause", Scope::ui, {}, 0, "Stops them."};
inline constexpr CommandInfo flow_show{
    "flow.show", Scope::ui, kFlowShow, 2,
    "What the Transport stage shows; row: the compared models side by side."};
inline constexpr CommandInfo flow_probe{
    "flow.probe", Scope::ui, kPlace, 2,
    "Puts a point of one's own into the source, to see its path."};
inline constexpr CommandInfo flow_unprobe{"flow.unprobe", Scope::ui, {}, 0, "Takes it away."};
inline constexpr CommandInfo heat_time{
    "heat.time", Scope::ui, kShare, 1,
    "Stops the thermodynamic computer's run at a share of its time: 0 is noise, 1 the picture."};
inline constexpr CommandInfo heat_play{
    "heat.play", Scope::ui, {}, 0, "Lets that run be seen, again and again."};
inline constexpr CommandInfo heat_pause{"heat.pause", Scope::ui, {}, 0, "Stops its clock."};
inline constexpr CommandInfo heat_show{"heat.show", Scope::ui, kHeatShow, 1,
                                       "Visible units, hidden ones, the forces on the visible "
                                       "ones, or the receptive fields: what each "
                                       "hidden unit is coupled to."};
inline constexpr CommandInfo heat_source{
    "heat.source", Scope::ui, kHeatSource, 1,
    "Which computer runs: thermo.model, the one that was trained here last, or the one that the "
    "other rule made beside it."};
inline constexpr CommandInfo heat_prototype{
    "heat.prototype", Scope::ui, kPrototype, 1,
    "Which of the prototypes is seen as it dissolves, counted from 0."};
inline constexpr CommandInfo heat_sample{
    "heat.sample", Scope::ui, kLane, 1,
    "Which sample of its wall is seen enlarged, counted from 0."};
inline constexpr CommandInfo heat_pick{"heat.pick", Scope::ui, kUnit, 1,
                                       "Follows a unit of that run."};
inline constexpr CommandInfo heat_unpick{"heat.unpick", Scope::ui, {}, 0, "Follows none."};
inline constexpr CommandInfo section{
    "section", Scope::ui, kSection, 2,
    "Folds a part of the controls or the inspector away, or shows it; by_room: as the window's "
    "size allows."};

inline constexpr ArgumentInfo kPresent[] = {choice("SIZE", names_of<Presenting>())};
inline constexpr CommandInfo present{
    "present", Scope::ui, kPresent, 1,
    "Shows the laboratory to an audience: type at 150 or 200 %, panels folded away."};

/// All of them, as they are listed.
inline constexpr const CommandInfo* kViewVerbs[] = {
    &present,     &workspace, &view,        &zoom,           &theme,       &size,
    &scale,       &splitter,  &pin,         &unpin,          &pick,        &unpick,
    &tool,        &brush,     &tone,        &compare,        &divider,     &curve,
    &partner,     &stage,     &trail,       &trail_show,     &flow_time,   &flow_play,
    &flow_pause,  &flow_show, &flow_probe,  &flow_unprobe,   &heat_time,   &heat_play,
    &heat_pause,  &heat_show, &heat_source, &heat_prototype, &heat_sample, &heat_pick,
    &heat_unpick, &section};

}  // namespace phaseloom::verbs
