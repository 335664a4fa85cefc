// SPDX-License-Identifier: MIT
#version 330 core
// One instance per sample of the wall; no vertex buffer: the corner comes from gl_VertexID.

uniform vec2 framebuffer;  // pixels
uniform vec2 origin;       // of the first sample, pixels from the top left
uniform vec2 cell;         // size of a sample, pixels
uniform float gutter;      // between samples, pixels
uniform int columns;
uniform ivec2 image;       // size of a sample, texels

out vec2 texel;            // position in the sample, texels
flat out vec2 corner;      // of the sample among the painted ones, texels

void main() {
  vec2 end = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 place = vec2(gl_InstanceID % columns, gl_InstanceID / columns);
  vec2 pixel = origin + place * (cell + gutter) + end * cell;
  gl_Position = vec4(pixel / framebuffer * vec2(2, -2) + vec2(-1, 1), 0, 1);
  texel = end * vec2(image);
  corner = place * vec2(image);
}
