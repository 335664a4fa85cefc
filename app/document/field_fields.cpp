// SPDX-License-Identifier: MIT
// The values field.* of a scene.
#include "app/document/make_field.hpp"
#include "engine/field/limits.hpp"

namespace phaseloom {

using fields::field;

namespace {

/// Fields are squares, and larger than every kernel.
SceneField size_field() {
  SceneField size =
      field<&FieldSettings::width>("field.size", "Size", "places",
                                   "Rows and columns of the field, a torus.", {72, kMaxFieldSide});
  size.assign = [](const SceneField& self, Scene& scene, std::string_view text) {
    fields::assign_value<&FieldSettings::width>(self, scene, text);
    scene.field.settings.height = scene.field.settings.width;
  };
  return size;
}

}  // namespace

std::span<const SceneField> field_fields() {
  using F = FieldSettings;
  using K = KernelSettings;
  static const std::array kFields{
      size_field(),
      field<&K::shape>("field.kernel", "Kernel", "",
                       "Whom a place listens to: all places share one kernel."),
      field<&K::radius>("field.radius", "Radius", "places", "How far the kernel reaches.",
                        {1, kMaxKernelRadius}),
      field<&K::sigma>("field.sigma", "Width", "places", "Width σ of its Gaussian.",
                       {kMinKernelSigma, kMaxKernelSigma}),
      field<&K::surround_sigma>("field.surround_sigma", "Surround", "places",
                                "Width of the Gaussian that a difference takes away.",
                                {kMinKernelSigma, kMaxKernelSigma}),
      field<&K::surround_share>("field.surround_share", "Share", "",
                                "How much of it is taken away.", {0, 2}),
      field<&F::coupling>("field.coupling", "Coupling", "rad/t",
                          "K: how strongly each place is pulled by those it listens to.",
                          {-100, 100}),
      field<&F::injection>("field.injection", "Injection", "rad/t",
                           "S, the push at twice the frequency that leaves phases 0 and π.",
                           {0, 100}),
      field<&F::frequencies>("field.frequencies", "Frequencies", "",
                             "How the places' own frequencies are distributed."),
      field<&F::spread>("field.spread", "Spread", "rad/t", "How different they are.", {0, 10}),
      field<&F::noise>("field.noise", "Noise", "rad/√t", "Amplitude σ of the noise on each phase.",
                       {0, 10}),
      field<&F::dt>("field.dt", "Step", "t", "Length of a step.", {1e-4, 1}),
      field<&F::start_width>("field.start_width", "Start", "rad",
                             "Phases begin within plus or minus this; 0: all equal.",
                             {0, 3.141592653589793}),
      field<&F::seed>("field.seed", "Seed", "",
                      "Number that phases, frequencies and noise are made from."),
      field<&FieldExperiment::speed>("field.speed", "Speed", "steps/s",
                                     "Steps per second, as far as the machine goes along.",
                                     {1, 1000})};
  return kFields;
}

}  // namespace phaseloom
