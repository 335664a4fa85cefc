// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "app/document/scene.hpp"
#include "app/document/strict.hpp"
#include "engine/support/error.hpp"
#include "engine/support/names.hpp"
#include "engine/support/number.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

using Kind = SceneField::Kind;

// Where in a scene the values of each struct are.
auto& owner(auto& scene, const Scene*) { return scene; }
auto& owner(auto& scene, const Hardware*) { return scene.hardware; }
auto& owner(auto& scene, const CostChoice*) { return scene.cost; }
auto& owner(auto& scene, const TrainingSetup*) { return scene.train; }
auto& owner(auto& scene, const TransportExperiment*) { return scene.transport; }

template <class Owner, class T>
const Owner* owner_of(T Owner::*) {
  return nullptr;
}

template <auto Member>
auto& value_in(auto& scene) {
  return owner(scene, owner_of(Member)).*Member;
}

/// What can be chosen, as names, and a value's place among them.
template <class T>
struct Choice;

template <Named E>
struct Choice<E> {
  static std::span<const std::string_view> names() { return names_of<E>(); }
  static int place(E value) { return static_cast<int>(value); }
  static E at(int place) { return static_cast<E>(place); }
};

template <>
struct Choice<bool> {
  static constexpr std::array<std::string_view, 2> kNames{"false", "true"};
  static std::span<const std::string_view> names() { return kNames; }
  static int place(bool value) { return value ? 1 : 0; }
  static bool at(int place) { return place == 1; }
};

template <>
struct Choice<std::optional<Integrator>> {
  static std::span<const std::string_view> names() {
    static const std::vector<std::string_view> all = [] {
      std::vector<std::string_view> some{"model"};
      std::ranges::copy(names_of<Integrator>(), std::back_inserter(some));
      return some;
    }();
    return all;
  }
  static int place(std::optional<Integrator> value) {
    return value ? static_cast<int>(*value) + 1 : 0;
  }
  static std::optional<Integrator> at(int place) {
    return place == 0 ? std::nullopt : std::optional(static_cast<Integrator>(place - 1));
  }
};

/// A class of pictures.
template <>
struct Choice<std::optional<int>> {
  static constexpr std::array<std::string_view, 1 + kSceneLabels> kNames{
      "all", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
  static std::span<const std::string_view> names() { return kNames; }
  static int place(std::optional<int> value) { return value ? *value + 1 : 0; }
  static std::optional<int> at(int place) {
    return place == 0 ? std::nullopt : std::optional(place - 1);
  }
};

template <>
struct Choice<TransportModelChoice> {
  static std::span<const std::string_view> names() { return transport_models(); }
  static int place(TransportModelChoice value) { return value.index; }
  static TransportModelChoice at(int place) { return {place}; }
};

template <class T>
concept Chosen = requires {
  Choice<T>::names();
};

template <auto Member>
std::string print_value(const Scene& scene) {
  const auto& value = value_in<Member>(scene);
  using T = std::remove_cvref_t<decltype(value)>;
  if constexpr (Chosen<T>)
    return std::string(Choice<T>::names()[static_cast<std::size_t>(Choice<T>::place(value))]);
  else
    return fmt::format("{}", value);
}

template <auto Member>
void assign_value(const SceneField& self, Scene& scene, std::string_view text) {
  auto& value = value_in<Member>(scene);
  using T = std::remove_cvref_t<decltype(value)>;
  if constexpr (std::is_same_v<T, std::string>) {
    if (text.empty() || text.size() > strict::kMaxText || !strict::is_clean(text) ||
        strict::trimmed(text) != text)
      fail("{}: {} is no name or path; use 1 to {} bytes of UTF-8 on one line", self.name,
           printable(text), strict::kMaxText);
    value = text;
  } else if constexpr (std::is_arithmetic_v<T> && !Chosen<T>) {
    const auto number = parse_number<T>(text);
    const bool whole = std::is_integral_v<T>;
    if (self.kind == Kind::natural) {  // all 64 bits: no range to check
      if (!number)
        fail("{}: {} is not a whole number from 0 to 18446744073709551615", self.name,
             printable(text));
    } else if (!number || !(double(*number) >= self.min && double(*number) <= self.max)) {
      fail("{}: {} is not a {} from {} to {}", self.name, printable(text),
           whole ? "whole number" : "number", self.min, self.max);
    }
    value = *number;
  } else {
    if constexpr (Named<T>) {  // these know spellings of older files, too
      if (const auto found = find_named<T>(text)) return void(value = *found);
    }
    for (std::size_t i = 0; i < self.choices.size(); ++i)
      if (self.choices[i] == text) return void(value = Choice<T>::at(static_cast<int>(i)));
    fail("{}: {} is not one of {}", self.name, printable(text), listed(self.choices));
  }
}

struct Range {
  double min = 0;
  double max = 0;
};

template <auto Member>
SceneField field(std::string_view name, std::string_view label, std::string_view unit,
                 std::string_view help, Range range = {}) {
  using T = std::remove_cvref_t<decltype(value_in<Member>(std::declval<Scene&>()))>;
  SceneField field;
  field.name = name;
  field.label = label;
  field.unit = unit;
  field.help = help;
  field.min = range.min;
  field.max = range.max;
  if constexpr (Chosen<T>) field.choices = Choice<T>::names();
  if constexpr (std::is_same_v<T, bool>) {
    field.kind = Kind::boolean;
  } else if constexpr (Chosen<T>) {
    field.kind = Kind::choice;
  } else if constexpr (std::is_same_v<T, std::string>) {
    field.kind = Kind::text;
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    field.kind = Kind::natural;
  } else {
    field.kind = std::is_integral_v<T> ? Kind::integer : Kind::real;
  }
  field.print = print_value<Member>;
  field.assign = assign_value<Member>;
  return field;
}

SceneField film_control(SceneField field) {
  field.undoable = false;
  return field;
}

// In the order in which a recording sets them: the model first, the round after the seed.
const std::array kFields{
    field<&Scene::model>("model", "Model", "",
                         "Which trained network runs: a shipped name, or a .safetensors file."),
    field<&Scene::seed>("seed", "Seed", "",
                        "Number that all noise is made from; the same seed gives the same images."),
    film_control(field<&Scene::round>("round", "Round", "",
                                      "How many times new noise of this seed was taken.",
                                      {0, double(kMaxRound)})),
    field<&Scene::label>("label", "Class", "",
                         "Class of picture that is asked for, of networks that know classes; all "
                         "asks for them in turn."),
    field<&Scene::noise_width>("noise_width", "Noise width", "x",
                               "Spread of the initial state x(0), relative to the model's own.",
                               {0, 10}),
    field<&Scene::integrator>("integrator", "Integrator", "",
                              "Method that advances the equations by one step dt."),
    field<&Scene::steps_per_chunk>(
        "steps_per_chunk", "Steps per chunk", "steps",
        "Integrator steps per chunk of constant parameters; 0 takes the model's own.", {0, 1000}),
    field<&Hardware::bits>("hardware.bits", "Bits", "bit",
                           "Bits that hold each coupling weight W; 0 keeps full precision.",
                           {0, 8}),
    field<&Hardware::grid>("hardware.grid", "Grid", "",
                           "Levels of a weight: -2^(b-1) .. 2^(b-1)-1, or the same both ways."),
    field<&Hardware::density>("hardware.density", "Density", "",
                              "Fraction of the couplings W that stay; the smallest are cut first.",
                              {1e-6, 1}),
    field<&Hardware::mismatch>(
        "hardware.mismatch", "Mismatch", "",
        "Fixed relative spread of the couplings, W (1 + mismatch e), one e per device.", {0, 10}),
    field<&Hardware::device>("hardware.device", "Device", "",
                             "Number of the device whose mismatch this is."),
    field<&Hardware::weight_noise>(
        "hardware.weight_noise", "Weight noise", "",
        "Relative noise of the couplings, W (1 + noise e), drawn anew for every sample.", {0, 10}),
    field<&Hardware::phase_noise>("hardware.phase_noise", "Phase noise", "1/sqrt(t)",
                                  "Amplitude σ of the Wiener noise σ dw on every state x.",
                                  {0, 10}),
    field<&CostChoice::preset>("cost.preset", "Technology", "",
                               "Constants that the analog core is priced with; fabricated takes "
                               "the area of a coupling from a chip that was made."),
    field<&CostChoice::cell>("cost.cell", "Coupling cell", "",
                             "How b bits are made: 2^(b-1) - 1 equal units, or a ladder of 3 b."),
    field<&CostChoice::hold>("cost.hold", "Chunks held by", "",
                             "Where the weights of the K chunks are: written anew into one core, "
                             "all within one core, or in K cores that the state moves through."),
    field<&CostChoice::eta>("cost.eta", "Carrier cycles", "1/t",
                            "Carrier cycles per time unit of the equations: fewer are cheaper, and "
                            "harder to build.",
                            {kMinEta, kMaxEta}),
    field<&CostChoice::batch>("cost.batch", "Batch", "images",
                              "Images that run per programming of a chunk, and share its energy.",
                              {1, double(kMaxBatch)}),
    field<&Scene::wall>("wall", "Wall", "samples",
                        "Rows and columns of the wall of samples that form together.", {1, 64}),
    field<&Scene::speed>("speed", "Speed", "steps/s",
                         "Integrator steps per second while playing; 0 makes a run last 4 s.",
                         {0, 1e6}),
    field<&Scene::hold>("hold", "Hold", "s", "How long finished images stay before the next noise.",
                        {0, 60}),
    field<&Scene::new_noise_after_hold>("new_noise_after_hold", "New noise after hold", "",
                                        "Whether the film goes on with new noise at its end."),
    field<&Scene::limit>("trail.limit", "Limit of quality", "",
                         "Relative distance that a setting of the trail may have at most; 0: none.",
                         {0, 1000}),
    field<&TrainingSetup::dataset>("train.dataset", "Data set", "",
                                   "Pictures that the network learns to make."),
    field<&TrainingSetup::substrate>("train.substrate", "Substrate", "",
                                     "The physics of the units, dx/dt = f(x)."),
    field<&TrainingSetup::hidden>("train.hidden", "Hidden layers", "",
                                  "Layers of units that help to form the picture and are not read "
                                  "out.",
                                  {0, 8}),
    field<&TrainingSetup::radius>("train.radius", "Radius", "units",
                                  "Reach of the couplings W_ij on the grid of the picture.",
                                  {0, 14}),
    field<&TrainingSetup::chunks>("train.chunks", "Chunks", "",
                                  "Stretches of time with parameters of their own.", {1, 64}),
    field<&TrainingSetup::duration>("train.duration", "Chunk duration", "t",
                                    "How long a chunk lasts, in the equations' time unit.",
                                    {1e-3, 100}),
    field<&TrainingSetup::tied>("train.tied", "Tied", "",
                                "Whether couplings are symmetric, W_ij = W_ji: such a network has "
                                "an energy."),
    field<&TrainingSetup::loss>("train.loss", "Loss", "",
                                "What pulls the generated pictures towards the real ones."),
    field<&TrainingSetup::labels>(
        "train.labels", "Ask for classes", "",
        "Whether it learns to be asked for a class, where the loss has a critic: an oscillator "
        "for each, held at a phase or voltage, that all others listen to."),
    field<&TrainingSetup::bits>("train.bits", "Bits", "bit",
                                "Bits of a weight that the network learns to live with; 0 is full "
                                "precision.",
                                {0, 8}),
    field<&TrainingSetup::grid>("train.grid", "Grid", "",
                                "Levels of a weight: -2^(b-1) .. 2^(b-1)-1, or the same both "
                                "ways."),
    field<&TrainingSetup::weight_noise>(
        "train.weight_noise", "Weight noise", "",
        "Relative noise of the couplings while it learns, W (1 + noise e).", {0, 1}),
    field<&TrainingSetup::mismatch>(
        "train.mismatch", "Mismatch", "",
        "Spread of the couplings from device to device while it learns: another device each time.",
        {0, 1}),
    field<&TrainingSetup::density>(
        "train.density", "Density", "",
        "Fraction of the couplings that are left at the end; the smallest are cut as it learns.",
        {0.01, 1}),
    field<&TrainingSetup::minutes>("train.minutes", "Minutes", "min",
                                   "Length of the training; the learning rates fall to its end.",
                                   {0.01, 100'000}),
    field<&TrainingSetup::iterations>("train.iterations", "Iterations", "",
                                      "Length in iterations instead of minutes, the same bits "
                                      "every time; 0 goes by the minutes.",
                                      {0, 1e9}),
    field<&TrainingSetup::threads>("train.threads", "Threads", "",
                                   "Processor cores that train, at low priority; 0 is all of them.",
                                   {0, 1024}),
    field<&TrainingSetup::seed>("train.seed", "Seed", "",
                                "Number that everything random in the training is made from."),
    field<&TransportExperiment::pair>("transport.pair", "Pair", "",
                                      "Where points come from and where they are to go: a pair by "
                                      "name, drawn, or a file of target points (.csv)."),
    field<&TransportExperiment::drawing>(
        "transport.drawing", "Drawing", "",
        "The drawn target: x and y of each place, in thousandths of the square's side."),
    field<&TransportExperiment::model>("transport.model", "Model", "",
                                       "What carries the points: a neural network, or physics."),
    field<&TransportExperiment::loss>("transport.loss", "Loss", "",
                                      "ot_cfm tells the velocity everywhere on straight lines; swd "
                                      "looks at the end points only."),
    field<&TransportExperiment::chunks>("transport.chunks", "Chunks", "",
                                        "Stretches of time with parameters of their own.",
                                        {1, kMaxTransportChunks}),
    field<&TransportExperiment::hidden>(
        "transport.hidden", "Hidden units", "",
        "Units that help the two visible ones and are not read out.", {0, kMaxTransportHidden}),
    field<&TransportExperiment::iterations>(
        "transport.iterations", "Iterations", "",
        "Length of the training; 0 takes as many as the model and the loss need.", {0, 1'000'000}),
    field<&TransportExperiment::points>("transport.points", "Points", "",
                                        "How many points are seen on their way.", {10, 8000}),
    field<&TransportExperiment::seed>("transport.seed", "Seed", "",
                                      "Number that points and parameters are drawn from."),
    film_control(field<&Scene::playing>("playing", "Playing", "", "Whether time goes on.")),
};

}  // namespace

std::span<const SceneField> scene_fields() { return kFields; }

const SceneField& scene_field(std::string_view name) {
  std::string names;
  for (const auto& field : kFields) {
    if (field.name == name) return field;
    names += (names.empty() ? "" : ", ") + std::string(field.name);
  }
  fail("{} is no value of a scene; there are {}", printable(name), names);
}

void set_field(Scene& scene, std::string_view name, std::string_view text) {
  const auto& field = scene_field(name);
  field.assign(field, scene, text);
}

std::string print_field(const Scene& scene, std::string_view name) {
  return scene_field(name).print(scene);
}

}  // namespace phaseloom
