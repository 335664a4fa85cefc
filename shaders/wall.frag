#version 330 core
// A value of the wall's table, as a colour. Neighbouring texels are mixed over one screen pixel
// only: exactly nearest-neighbour at integer scales, smooth borders at others. Colours are mixed,
// not values: a phase's mean with its neighbour's would be wrong where it wraps.

uniform sampler2D values;   // one column per lane and one row per unit, or the other way round
uniform sampler2D previous; // the same, one step before
uniform float fade;         // 0: previous, 1: values
uniform bool lanes_are_columns;
uniform sampler2D colours;  // one row per colour map
uniform float map_row;      // of the map, texture coordinate
uniform bool cyclic;
uniform vec2 range;         // values at the ends of the map
uniform ivec2 image;        // size of a sample, texels
uniform int first_unit;     // of the layer shown
uniform int transfer;       // as in image_wall.hpp
uniform int difference;     // 1: what is shown is `values` minus `minus`; 2: as angles
uniform sampler2D minus;
uniform sampler2D minus_previous;

in vec2 texel;
flat in int lane;
out vec4 colour;

const float TAU = 6.28318530718;

float value_at(sampler2D now, sampler2D before, ivec2 at, inout bool broken) {
  float value = texelFetch(now, at, 0).r;
  // States are not wrapped, so that fading goes the way that the oscillator went.
  if (fade < 1.0) value = mix(texelFetch(before, at, 0).r, value, fade);
  if (isnan(value) || isinf(value)) broken = true;
  if (transfer == 1) value = 0.5 + 0.5 * sin(value);
  if (transfer == 2) value = 0.5 + 0.5 * cos(value);
  if (transfer == 3) value = 0.5 + 0.5 * tanh(value);
  return value;
}

vec3 colour_of(ivec2 p) {
  p = clamp(p, ivec2(0), image - 1);
  int unit = first_unit + p.y * image.x + p.x;
  ivec2 at = lanes_are_columns ? ivec2(lane, unit) : ivec2(unit, lane);
  bool broken = false;
  float value = value_at(values, previous, at, broken);
  if (difference > 0) value -= value_at(minus, minus_previous, at, broken);
  if (difference == 2) value -= TAU * round(value / TAU);
  if (broken) return vec3(0.85, 0.10, 0.45);  // diverged: in no map
  float t = (value - range.x) / (range.y - range.x);
  // Texel centres sit at (i + 0.5) / 256; a cyclic map's first entry is its value at 0.
  t = cyclic ? fract(t) + 0.5 / 256.0 : mix(0.5 / 256.0, 255.5 / 256.0, clamp(t, 0.0, 1.0));
  return textureLod(colours, vec2(t, map_row), 0.0).rgb;
}

void main() {
  vec2 footprint = max(fwidth(texel), vec2(1e-6));  // texels per screen pixel
  vec2 p = texel - 0.5;
  vec2 whole = floor(p);
  vec2 mix_at = clamp((p - whole - 0.5) / footprint + 0.5, 0.0, 1.0);
  ivec2 i = ivec2(whole);
  vec3 top = mix(colour_of(i), colour_of(i + ivec2(1, 0)), mix_at.x);
  vec3 bottom = mix(colour_of(i + ivec2(0, 1)), colour_of(i + ivec2(1, 1)), mix_at.x);
  colour = vec4(mix(top, bottom, mix_at.y), 1.0);
}
