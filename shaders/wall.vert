#version 330 core
// One instance per sample of the wall; no vertex buffer: the corner comes from gl_VertexID.

uniform vec2 framebuffer;  // pixels
uniform vec2 origin;       // of the first sample, pixels from the top left
uniform vec2 cell;         // size of a sample, pixels
uniform float gutter;      // between samples, pixels
uniform int columns;
uniform int first;         // lane of the first instance
uniform ivec2 image;       // size of a sample, texels

out vec2 texel;            // position in the sample, texels
flat out int lane;

void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 place = vec2(gl_InstanceID % columns, gl_InstanceID / columns);
  vec2 pixel = origin + place * (cell + gutter) + corner * cell;
  gl_Position = vec4(pixel / framebuffer * vec2(2, -2) + vec2(-1, 1), 0, 1);
  texel = corner * vec2(image);
  lane = first + gl_InstanceID;
}
