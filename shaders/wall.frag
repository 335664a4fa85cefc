// SPDX-License-Identifier: MIT
#version 330 core
// A sample of the wall from the painted texels. Neighbouring texels are mixed over one screen pixel
// only: exactly nearest-neighbour at integer scales, smooth borders at others. Colours are mixed,
// not values: a phase's mean with its neighbour's would be wrong where it wraps.

uniform sampler2D painted;  // linear: the place between two texel centres says how they mix
uniform ivec2 image;        // size of a sample, texels

in vec2 texel;
flat in vec2 corner;
out vec4 colour;

void main() {
  vec2 footprint = max(fwidth(texel), vec2(1e-6));  // texels per screen pixel
  vec2 p = texel - 0.5;
  vec2 whole = floor(p);
  vec2 mix_at = clamp((p - whole - 0.5) / footprint + 0.5, 0.0, 1.0);
  // Within this sample's own texels: the next sample begins where it ends.
  vec2 at = clamp(whole + mix_at, vec2(0.0), vec2(image - 1)) + 0.5;
  colour = textureLod(painted, (corner + at) / vec2(textureSize(painted, 0)), 0.0);
}
