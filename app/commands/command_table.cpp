// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <array>

#include "app/commands/command.hpp"
#include "app/commands/plot_table.hpp"
#include "app/document/touch.hpp"
#include "app/document/ui_state.hpp"

namespace phaseloom {
namespace {

using Kind = ArgumentInfo::Kind;

constexpr std::array<std::string_view, 3> kQuantities{"intensity", "phase", "rate"};
constexpr std::array<std::string_view, 2> kWhichPairs{"pair", "all"};
constexpr std::array<std::string_view, 2> kOnOff{"on", "off"};
constexpr std::array<std::string_view, 2> kThemes{"dark", "light"};
constexpr std::array<std::string_view, 4> kCompares{"off", "side", "split", "difference"};
constexpr std::array<std::string_view, 3> kCurves{"trace", "portrait", "pair"};
constexpr std::array<std::string_view, 2> kGesture{"begin", "end"};
constexpr std::array<std::string_view, 4> kSplitters{"left", "right", "bottom", "plots"};

constexpr ArgumentInfo kSet[] = {{"FIELD", Kind::field}, {"VALUE", Kind::value}};
constexpr ArgumentInfo kCount[] = {{"STEPS", Kind::integer, 1, 1e9}};
constexpr ArgumentInfo kStep[] = {{"STEP", Kind::integer, 0, 1e9}};
constexpr ArgumentInfo kTicks[] = {{"TICKS", Kind::integer, 0, 1e9}};
constexpr ArgumentInfo kTouch[] = {
    {"HOW", Kind::choice, 0, 0, kTouchNames}, {"LANE", Kind::integer, 0, 4095},
    {"ROW", Kind::integer, 0, 4095},          {"COLUMN", Kind::integer, 0, 4095},
    {"RADIUS", Kind::real, 0, kMaxBrush},     {"VALUE", Kind::real, 0, 1},
    {"LAYER", Kind::integer, 0, 63}};
constexpr ArgumentInfo kTool[] = {{"TOOL", Kind::choice, 0, 0, kToolNames}};
constexpr ArgumentInfo kBrush[] = {{"RADIUS", Kind::real, 0, kMaxBrush}};
constexpr ArgumentInfo kGestures[] = {{"PHASE", Kind::choice, 0, 0, kGesture}};
constexpr ArgumentInfo kFile[] = {{"FILE", Kind::text}};
constexpr ArgumentInfo kPlot[] = {{"PLOT", Kind::choice, 0, 0, kPlotNames}, {"FILE", Kind::text}};
constexpr ArgumentInfo kIterations[] = {{"ITERATIONS", Kind::integer, 1, 1e9}};
constexpr ArgumentInfo kGridPairs[] = {{"PAIRS", Kind::choice, 0, 0, kWhichPairs}};
constexpr ArgumentInfo kTimes[] = {{"TIMES", Kind::integer, 1, 100}};
constexpr ArgumentInfo kTrailShow[] = {{"SHOWN", Kind::choice, 0, 0, kOnOff}};
constexpr ArgumentInfo kRows[] = {{"ROWS", Kind::integer, 1, 1e9}};
constexpr ArgumentInfo kNumber[] = {{"NUMBER", Kind::integer, 1, 1e9}};
constexpr ArgumentInfo kWorkspace[] = {{"WORKSPACE", Kind::choice, 0, 0, kWorkspaceNames}};
constexpr ArgumentInfo kView[] = {{"QUANTITY", Kind::choice, 0, 0, kQuantities},
                                  {"LAYER", Kind::integer, 0, 63}};
constexpr ArgumentInfo kZoom[] = {
    {"FACTOR", Kind::real, 1, Zoom::kMost}, {"X", Kind::real, 0, 1}, {"Y", Kind::real, 0, 1}};
constexpr ArgumentInfo kTheme[] = {{"THEME", Kind::choice, 0, 0, kThemes}};
constexpr ArgumentInfo kSize[] = {{"WIDTH", Kind::integer, 320, 8192},
                                  {"HEIGHT", Kind::integer, 240, 8192}};
constexpr ArgumentInfo kScale[] = {{"SCALE", Kind::real, 0, 4}};
constexpr ArgumentInfo kSplitter[] = {{"WHICH", Kind::choice, 0, 0, kSplitters},
                                      {"SIZE", Kind::real, 0, 8192}};
constexpr ArgumentInfo kLane[] = {{"LANE", Kind::integer, 0, 4095}};
constexpr ArgumentInfo kUnit[] = {{"UNIT", Kind::integer, 0, 1e7}};
constexpr ArgumentInfo kCompare[] = {{"HOW", Kind::choice, 0, 0, kCompares}};
constexpr ArgumentInfo kShare[] = {{"SHARE", Kind::real, 0, 1}};
constexpr ArgumentInfo kCurve[] = {{"CURVE", Kind::choice, 0, 0, kCurves}};
constexpr ArgumentInfo kStage[] = {{"WHAT", Kind::choice, 0, 0, kStageNames}};
constexpr ArgumentInfo kTrail[] = {{"SHARE", Kind::real, 0.01, 1}};
constexpr ArgumentInfo kFlowShow[] = {{"PART", Kind::choice, 0, 0, kFlowPartNames},
                                      {"SHOWN", Kind::choice, 0, 0, kOnOff}};
constexpr ArgumentInfo kPlace[] = {{"X", Kind::real, -1, 1}, {"Y", Kind::real, -1, 1}};
constexpr ArgumentInfo kSection[] = {{"SECTION", Kind::choice, 0, 0, kSectionNames},
                                     {"HOW", Kind::choice, 0, 0, kFolds}};
constexpr ArgumentInfo kFrames[] = {{"FRAMES", Kind::integer, 1, 1e5}};
constexpr ArgumentInfo kSeconds[] = {{"SECONDS", Kind::real, 0, 3600}};
constexpr ArgumentInfo kPoint[] = {{"X", Kind::real, -1e4, 1e4}, {"Y", Kind::real, -1e4, 1e4}};
constexpr ArgumentInfo kLine[] = {{"X0", Kind::real, -1e4, 1e4},
                                  {"Y0", Kind::real, -1e4, 1e4},
                                  {"X1", Kind::real, -1e4, 1e4},
                                  {"Y1", Kind::real, -1e4, 1e4}};
constexpr ArgumentInfo kNotches[] = {{"NOTCHES", Kind::real, -100, 100}};
constexpr ArgumentInfo kChord[] = {{"CHORD", Kind::chord}};
constexpr ArgumentInfo kText[] = {{"TEXT", Kind::text}};
constexpr ArgumentInfo kFilm[] = {{"PICTURES", Kind::integer, 2, 10'000}, {"FILE", Kind::text}};

constexpr Scope E = Scope::experiment;
constexpr Scope B = Scope::background;
constexpr Scope U = Scope::ui;
constexpr Scope S = Scope::script;

constexpr CommandInfo kCommands[] = {
    {Verb::set, "set", E, kSet, 2, "Gives a value of the scene, in force from the next step on."},
    {Verb::play, "play", E, {}, 0, "Lets time go on; from the end, starts anew."},
    {Verb::pause, "pause", E, {}, 0, "Stops time."},
    {Verb::toggle, "toggle", E, {}, 0, "Plays or pauses."},
    {Verb::step, "step", E, kCount, 0, "Pauses, and goes one step (or STEPS) forward."},
    {Verb::back, "back", E, kCount, 0, "Pauses, and goes one step (or STEPS) back."},
    {Verb::seek, "seek", E, kStep, 1, "Pauses, and goes to a step of this run, from 0."},
    {Verb::run, "run", E, {}, 0, "Pauses, and goes to the end of this run."},
    {Verb::restart, "restart", E, {}, 0, "Starts again from the same noise."},
    {Verb::new_noise, "new_noise", E, {}, 0, "Starts again from new noise of the same seed."},
    {Verb::advance, "advance", E, kTicks, 1,
     "Plays for so many steps, the hold at the end included; recordings use it."},
    {Verb::touch, "touch", E, kTouch, 5,
     "Stirs, erases or holds (VALUE 0 black to 1 white, else 1) what lies within RADIUS pixels of "
     "a "
     "sample's pixel, now and whenever this run comes to this step."},
    {Verb::undo, "undo", E, {}, 0, "Takes the last change of the scene, or the last touch, back."},
    {Verb::redo, "redo", E, {}, 0, "Makes what was taken back again."},
    {Verb::gesture, "gesture", E, kGestures, 1,
     "What changes from begin to end is one entry of undo, as in one drag of a slider."},
    {Verb::load_scene, "load_scene", E, kFile, 1, "Opens a scene file."},
    {Verb::save_scene, "save_scene", E, kFile, 1, "Saves the scene."},
    {Verb::save_script, "save_script", E, kFile, 1,
     "Saves all that was done so far as a script that does it again, bit by bit."},
    {Verb::export_wall, "export", E, kFile, 1,
     "Writes the images on the wall: .png as one picture, .npy as an array [sample][row][column]."},
    {Verb::export_states, "export.states", E, kFile, 1,
     "Writes the states of all oscillators as they are now: .npy [sample][oscillator], in rad."},

    {Verb::train_start,
     "train.start",
     B,
     {},
     0,
     "Trains a new network as the values train.* say; in a script, comes to rest before its first "
     "iteration."},
    {Verb::train_pause, "train.pause", B, {}, 0, "Stops the training's time."},
    {Verb::train_resume, "train.resume", B, {}, 0, "Lets a paused training go on."},
    {Verb::train_stop, "train.stop", B, {}, 0, "Ends the training; the best so far is kept."},
    {Verb::train_advance, "train.advance", B, kIterations, 1,
     "Lets it train for so many iterations, then pauses; a script waits for that."},
    {Verb::train_go_on,
     "train.go_on",
     B,
     {},
     0,
     "Goes on with the training that was stopped or cut off, from where it was."},
    {Verb::train_keep, "train.keep", B, kFile, 1,
     "Writes the best network so far as a model (.safetensors)."},
    {Verb::measure,
     "measure",
     B,
     {},
     0,
     "Measures how good the images of the network on the wall are, as it is set now; the window "
     "does so by itself."},
    {Verb::as_trained,
     "as_trained",
     B,
     {},
     0,
     "Sets the hardware that the model was trained for (bits, grid, density, noise, mismatch); one "
     "entry of undo."},
    {Verb::trail_go, "trail.go", B, kNumber, 1,
     "Goes back to a setting of the energy-quality trail, 1 being the first; one entry of undo."},
    {Verb::trail_export, "trail.export", B, kFile, 1,
     "Writes the energy-quality trail as a table (.csv): settings, quality, cost."},
    {Verb::trail_clear, "trail.clear", B, {}, 0, "Forgets the energy-quality trail."},
    {Verb::trail_repeat, "trail.repeat", B, kTimes, 1,
     "Measures the setting in force so many times more, with the seeds after its own: the trail "
     "then knows the spread."},
    {Verb::transport_start,
     "transport.start",
     B,
     {},
     0,
     "Trains a model to carry the source to the target as the values transport.* say; in a script, "
     "comes to rest before its first iteration."},
    {Verb::transport_row,
     "transport.row",
     B,
     {},
     0,
     "Trains three models one after the other to be seen side by side: the mlp with ot_cfm, the "
     "physics with ot_cfm, the physics with swd."},
    {Verb::transport_pause, "transport.pause", B, {}, 0, "Stops that training's time."},
    {Verb::transport_resume, "transport.resume", B, {}, 0, "Lets it go on."},
    {Verb::transport_stop, "transport.stop", B, {}, 0, "Ends it; the model stays as it is."},
    {Verb::transport_advance, "transport.advance", B, kIterations, 1,
     "Lets it train for so many iterations, then pauses; a script waits for that."},
    {Verb::transport_show,
     "transport.show",
     B,
     {},
     0,
     "Shows the network that the grid has trained and kept of the experiment that is set."},
    {Verb::transport_export, "transport.export", B, kFile, 1,
     "Writes the points on their way (.csv: point, time, x, y)."},
    {Verb::transport_picture, "transport.picture", B, kFile, 1,
     "Writes what the Transport stage shows, without its controls (.png)."},
    {Verb::transport_film, "transport.film", B, kFile, 1,
     "Writes the points on their way as the Transport stage draws them: .mp4 (by ffmpeg), or .png "
     "with ## for the number."},
    {Verb::transport_grid, "transport.grid", B, kGridPairs, 1,
     "Trains all models with all losses, chunks and hidden units, as far as that is not done yet: "
     "on the experiment's own pair, or on D1 to D4; in a script, comes to rest before the first."},
    {Verb::transport_grid_advance, "transport.grid_advance", B, kRows, 1,
     "In a script: lets the grid do so many trainings, and waits for them."},
    {Verb::transport_grid_stop,
     "transport.grid_stop",
     B,
     {},
     0,
     "Ends the grid; what is finished is kept."},
    {Verb::transport_grid_export, "transport.grid_export", B, kFile, 1,
     "Writes all results of the grid as a table (.csv)."},
    {Verb::export_film, "export.film", B, kFile, 1,
     "Writes how the images on the wall form, in the view that is chosen: .mp4 (by ffmpeg), or "
     ".png with ## for the number of the step."},
    {Verb::export_cancel,
     "export.cancel",
     B,
     {},
     0,
     "Ends the film that is being written, of the wall or of Transport; nothing is left of it."},
    {Verb::export_plot, "export.plot", B, kPlot, 2,
     "Writes the numbers behind a plot that is on the screen as a table (.csv)."},

    {Verb::workspace, "workspace", U, kWorkspace, 1,
     "Generate images, carry points from one distribution to another, or train networks."},
    {Verb::view, "view", U, kView, 1, "Shows a quantity of the visible layer (0) or a hidden one."},
    {Verb::zoom, "zoom", U, kZoom, 1,
     "How many times as large what the workspace shows is, its wall or its planes, 1 being the "
     "whole, and which place of it is in the middle, in shares of its width and height."},
    {Verb::theme, "theme", U, kTheme, 1, "Dark, or light for projectors."},
    {Verb::size, "size", U, kSize, 2, "Size of the window in pixels."},
    {Verb::scale, "scale", U, kScale, 1,
     "Size of text and controls, from 0.5; 0: as the monitor says."},
    {Verb::splitter, "splitter", U, kSplitter, 2, "Size of a zone of the window."},
    {Verb::pin, "pin", U, kLane, 1, "Keeps a sample of the wall enlarged."},
    {Verb::unpin, "unpin", U, {}, 0, "Lets the enlarged sample go."},
    {Verb::pick, "pick", U, kUnit, 1, "Opens the inspector of a unit."},
    {Verb::unpick, "unpick", U, {}, 0, "Closes the inspector of a unit."},
    {Verb::tool, "tool", U, kTool, 1,
     "What the pointer does to a sample: look at it, or stir, erase or hold what it brushes."},
    {Verb::brush, "brush", U, kBrush, 1, "Radius of what it brushes, in pixels; 0: one pixel."},
    {Verb::tone, "tone", U, kShare, 1, "What held pixels read as, from 0 (black) to 1 (white)."},
    {Verb::compare, "compare", U, kCompare, 1,
     "Lets ideal hardware run through the same noise, and shows both or what differs."},
    {Verb::divider, "divider", U, kShare, 1,
     "Where the split wall goes from ideal to hardware, as a share of its width."},
    {Verb::curve, "curve", U, kCurve, 1,
     "What the inspector draws: state over time, over its rate, or over another unit's state."},
    {Verb::partner, "partner", U, kUnit, 0,
     "The unit that the picked one is drawn against; none: the one that it listens to most."},
    {Verb::stage, "stage", U, kStage, 1,
     "Lays a plot of the inspector, or the energy-quality trail, on the stage; wall: puts it "
     "back."},
    {Verb::trail, "trail", U, kTrail, 1,
     "Share of the run after which the trail of a portrait has faded."},
    {Verb::trail_show, "trail.show", U, kTrailShow, 1,
     "Lays the energy-quality trail on the stage; off: the wall is back in its place."},
    {Verb::flow_time, "flow.time", U, kShare, 1,
     "Stops the points at a time of their way, 0 being the source and 1 the end."},
    {Verb::flow_play, "flow.play", U, {}, 0, "Lets the points travel, again and again."},
    {Verb::flow_pause, "flow.pause", U, {}, 0, "Stops them."},
    {Verb::flow_show, "flow.show", U, kFlowShow, 2,
     "What the Transport stage shows; row: the compared models side by side."},
    {Verb::flow_probe, "flow.probe", U, kPlace, 2,
     "Puts a point of one's own into the source, to see its path."},
    {Verb::flow_unprobe, "flow.unprobe", U, {}, 0, "Takes it away."},
    {Verb::section, "section", U, kSection, 2,
     "Folds a part of the controls or the inspector away, or shows it; by_room: as the window's "
     "size allows."},

    {Verb::advance_frames, "advance_frames", S, kFrames, 1, "Draws frames, 1/60 s apart."},
    {Verb::wait, "wait", S, kSeconds, 1, "Draws frames until so many seconds have passed."},
    {Verb::hover, "hover", S, kPoint, 2, "Moves the pointer."},
    {Verb::click, "click", S, kPoint, 2, "Moves the pointer there and clicks."},
    {Verb::drag, "drag", S, kLine, 4, "Presses at one point, moves to another, lets go."},
    {Verb::scroll, "scroll", S, kNotches, 1, "Turns the wheel, positive away from the user."},
    {Verb::key, "key", S, kChord, 1, "Presses a key, e.g. Ctrl+Shift+Z, Space, F1."},
    {Verb::type, "type", S, kText, 1, "Types text."},
    {Verb::shot, "shot", S, kFile, 1, "Writes a picture (.png) of the window."},
    {Verb::film, "film", S, kFilm, 2,
     "Writes pictures of the window, evenly spaced from here to the end of the run; "
     "## in FILE becomes the number."},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(kCommands); ++i)
    if (kCommands[i].verb != static_cast<Verb>(i)) return false;
  return std::size(kCommands) == static_cast<std::size_t>(Verb::film) + 1;
}
static_assert(in_order());

}  // namespace

std::span<const CommandInfo> command_infos() { return kCommands; }
const CommandInfo& info(Verb verb) { return kCommands[static_cast<std::size_t>(verb)]; }

std::string usage(const CommandInfo& command) {
  std::string text(command.name);
  for (std::size_t i = 0; i < command.arguments.size(); ++i) {
    const auto& argument = command.arguments[i];
    const std::string what = argument.kind == Kind::choice
                                 ? fmt::format("{}", fmt::join(argument.choices, "|"))
                                 : std::string(argument.name);
    text += static_cast<int>(i) < command.required ? fmt::format(" {}", what)
                                                   : fmt::format(" [{}]", what);
  }
  return text;
}

}  // namespace phaseloom
