// SPDX-License-Identifier: MIT
#include "app/commands/playground_edits.hpp"

#include <utility>

#include "app/commands/handlers.hpp"
#include "app/commands/playground_verbs.hpp"
#include "engine/playground/graph_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

/// A layout becomes one's own network with its first change by hand.
template <class Change>
void edit(Scene& scene, const Change& change) {
  if (scene.playground.preset == Preset::pixel || scene.playground.preset == Preset::field)
    fail("playground: what is shown is no network of one\'s own; choose another preset");
  PlaygroundNetwork network = network_of(scene.playground);
  if (network.couplings.size() > kMaxOwnCouplings)
    fail(
        "playground: {} couplings are laid out, more than {}, which is as many as are kept one by "
        "one; use fewer units",
        network.couplings.size(), kMaxOwnCouplings);
  scene.playground.own = OwnNetwork(change(network));
}

int unit(const Command& command, std::size_t i) { return static_cast<int>(command.integer(i)); }
float number(const Command& command, std::size_t i, double otherwise = 0) {
  return static_cast<float>(command.real(i, otherwise));
}

constexpr Handler<Scene> kEdits[] = {
    {verbs::playground_preset,
     [](Scene& scene, const Command& c) {
       scene.playground = preset_setup(static_cast<Preset>(c.choice(0)));
     }},
    {verbs::playground_add,
     [](Scene& scene, const Command& c) {
       edit(scene, [&](const auto& network) {
         return with_unit(network, number(c, 0), number(c, 1), number(c, 2));
       });
     }},
    {verbs::playground_delete,
     [](Scene& scene, const Command& c) {
       edit(scene, [&](const auto& network) {
         if (network.count() == 1) fail("playground.delete: the last unit stays");
         return without_unit(network, unit(c, 0));
       });
     }},
    {verbs::playground_move,
     [](Scene& scene, const Command& c) {
       edit(scene, [&](const auto& network) {
         return with_unit_at(network, unit(c, 0), number(c, 1), number(c, 2));
       });
     }},
    {verbs::playground_tune,
     [](Scene& scene, const Command& c) {
       edit(scene,
            [&](const auto& network) { return with_detuning(network, unit(c, 0), number(c, 1)); });
     }},
    {verbs::playground_couple,
     [](Scene& scene, const Command& c) {
       edit(scene, [&](const auto& network) {
         return with_coupling(network, unit(c, 0), unit(c, 1), number(c, 2, 1));
       });
     }},
    {verbs::playground_pixel,
     [](Scene& scene, const Command& c) {
       scene.playground = preset_setup(Preset::pixel);
       scene.playground.pixel = unit(c, 0);
       scene.playground.sample = unit(c, 1);
     }},
    {verbs::playground_open,
     [](Scene& scene, const Command& c) {
       scene.playground.own = OwnNetwork(load_graph(c.file(0)));
       // Of a graph there is a best cut; other experiments are about networks of their own.
       if (scene.playground.preset != Preset::max_cut) scene.playground.preset = Preset::own;
     }},
};

}  // namespace

bool edit_playground(Scene& scene, const Command& command) {
  return handle<Scene>(kEdits, scene, command);
}

std::string playground_edit_label(const Command& command) {
  const auto is = [&](Verb verb) { return command.verb == verb; };
  if (is(verbs::playground_preset)) return fmt::format("Preset {}", command.text(0));
  if (is(verbs::playground_pixel)) return fmt::format("Look into unit {}", command.integer(0));
  if (is(verbs::playground_add)) return "Add a unit";
  if (is(verbs::playground_open))
    return fmt::format("Open {}", legible(command.file(0).filename().string()));
  if (is(verbs::playground_couple))
    return fmt::format("Couple {} and {}", command.integer(0), command.integer(1));
  const std::string_view what = is(verbs::playground_delete) ? "Delete"
                                : is(verbs::playground_move) ? "Move"
                                                             : "Tune";
  return fmt::format("{} unit {}", what, command.integer(0));
}

}  // namespace phaseloom
