// SPDX-License-Identifier: MIT
#version 330 core

uniform vec4 ink;

in float strength;
out vec4 colour;

void main() { colour = vec4(ink.rgb, ink.a * strength); }
