// SPDX-License-Identifier: MIT
#version 330 core
// The values of the wall's table as colours, one texel each, samples side by side as on the wall.
// A wall shows each of them on many pixels: the costly part is done here, once.

uniform sampler2D values;   // one column per lane and one row per unit, or the other way round
uniform sampler2D previous; // the same, one step before
uniform float fade;         // 0: previous, 1: values
uniform bool lanes_are_columns;
uniform sampler2D colours;  // one row per colour map
uniform float map_row;      // of the map, texture coordinate
uniform bool cyclic;
uniform vec2 range;         // values at the ends of the map
uniform ivec2 image;        // size of a sample, texels
uniform int columns;        // samples in a row
uniform int first_lane, lanes;
uniform int first_unit;     // of the layer shown
uniform int channels;       // 1, or red, green and blue in planes one behind the other
uniform int transfer;       // as in image_wall.hpp
uniform int difference;     // 1: what is shown is `values` minus `minus`; 2: as angles
uniform sampler2D minus;
uniform sampler2D minus_previous;

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

void main() {
  ivec2 place = ivec2(gl_FragCoord.xy);
  ivec2 sample_at = place / image;
  ivec2 p = place - sample_at * image;
  int lane = first_lane + sample_at.y * columns + sample_at.x;
  int unit = first_unit + p.y * image.x + p.x;
  if (lane >= lanes) discard;  // the last row may have holes
  bool broken = false;
  vec3 rgb = vec3(0.0);
  for (int channel = 0; channel < channels; ++channel) {
    int from = unit + channel * image.x * image.y;
    ivec2 at = lanes_are_columns ? ivec2(lane, from) : ivec2(from, lane);
    rgb[channel] = value_at(values, previous, at, broken);
    if (difference > 0) rgb[channel] -= value_at(minus, minus_previous, at, broken);
  }
  // Colours are shown as they are, the difference of two by its mean.
  float value = channels == 1 ? rgb.r : (rgb.r + rgb.g + rgb.b) / 3.0;
  if (difference == 2) value -= TAU * round(value / TAU);
  if (broken) {
    colour = vec4(0.85, 0.10, 0.45, 1.0);  // diverged: in no map
    return;
  }
  if (channels == 3 && difference == 0) {
    colour = vec4(clamp(rgb, 0.0, 1.0), 1.0);
    return;
  }
  float t = (value - range.x) / (range.y - range.x);
  // Texel centres sit at (i + 0.5) / 256; a cyclic map's first entry is its value at 0.
  t = cyclic ? fract(t) + 0.5 / 256.0 : mix(0.5 / 256.0, 255.5 / 256.0, clamp(t, 0.0, 1.0));
  colour = vec4(textureLod(colours, vec2(t, map_row), 0.0).rgb, 1.0);
}
