// SPDX-License-Identifier: MIT
#version 330 core
// A round point with a soft rim of one pixel.

uniform vec4 ink;
uniform float size;  // pixels

out vec4 colour;

void main() {
  float from_rim = (0.5 - length(gl_PointCoord - 0.5)) * size;
  if (from_rim <= 0.0) discard;
  colour = vec4(ink.rgb, ink.a * min(from_rim, 1.0));
}
