# SPDX-License-Identifier: MIT
# cmake -DPROGRAM=... -DOUTPUT=... [-DVERSION=...] -P man_page.cmake: the manual page, from what the
# program and each of its commands say when they are asked for --help. (help2man asks only once, and
# takes a table of commands for text.)
cmake_minimum_required(VERSION 3.22)

string(ASCII 1 semicolon)
string(ASCII 2 open)
string(ASCII 3 close)

# help_of(out command...): the lines that `program command... --help` prints, as a list. Semicolons
# and brackets mean something in lists of CMake, so they are other characters meanwhile.
function(help_of out)
  execute_process(COMMAND ${PROGRAM} ${ARGN} --help OUTPUT_VARIABLE text RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${PROGRAM} ${ARGN} --help failed: ${status}")
  endif()
  string(REPLACE ";" "${semicolon}" text "${text}")
  string(REPLACE "[" "${open}" text "${text}")
  string(REPLACE "]" "${close}" text "${text}")
  string(REPLACE "\n" ";" text "${text}")
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

# escape(out text): the text as it was, for roff, where hyphens, backslashes and points at the
# beginning of a line mean something.
function(escape out text)
  string(REPLACE "${semicolon}" ";" text "${text}")
  string(REPLACE "${open}" "[" text "${text}")
  string(REPLACE "${close}" "]" text "${text}")
  string(REPLACE "\\" "\\e" text "${text}")
  string(REPLACE "-" "\\-" text "${text}")
  string(REGEX REPLACE "^([.'])" "\\\\&\\1" text "${text}")
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

# split(name words row): what it does begins in column 30, or on the next line if the name is longer.
# It never begins like the rest of a long name, "FLOAT in [0 - 1]", that has a blank before column 30.
function(split name words row)
  set(${words} "" PARENT_SCOPE)
  if(row MATCHES "^  (.*[^ ])  +([^ ].*)$" OR row MATCHES "^  (...........................) ([^ ${open}-].*)$")
    set(${words} "${CMAKE_MATCH_2}" PARENT_SCOPE)
    set(row "${CMAKE_MATCH_1}")
  endif()
  string(STRIP "${row}" row)
  set(${name} "${row}" PARENT_SCOPE)
endfunction()

# describe(level lines): appends the page's text of one help to `page`, and the names of its commands
# to `commands`. Rows are "  name and values    what it does", headings end in a colon.
macro(describe level lines)
  set(table "")
  foreach(line IN LISTS ${lines})
    if(line MATCHES "^([A-Z][A-Za-z ]*):$")
      set(table "${CMAKE_MATCH_1}")
      if(NOT table STREQUAL "Subcommands" OR "${level}" STREQUAL "SH")
        string(TOUPPER "${table}" heading)
        if(table STREQUAL "Subcommands")
          set(heading "COMMANDS")
        endif()
        if("${level}" STREQUAL "SH")
          string(APPEND page ".SH ${heading}\n")
        else()
          string(APPEND page ".PP\n${table}:\n")
        endif()
      endif()
    elseif(line MATCHES "^  [^ ]")
      split(name words "${line}")
      if(table STREQUAL "Subcommands")
        list(APPEND commands "${name}")
      endif()
      escape(name "${name}")
      escape(words "${words}")
      string(APPEND page ".TP\n.B ${name}\n")
      if(words)
        string(APPEND page "${words}\n")
      endif()
    elseif(line MATCHES "^   +([^ ].*)$" AND table)  # the row above goes on
      escape(words "${CMAKE_MATCH_1}")
      string(APPEND page "${words}\n")
    endif()
  endforeach()
endmacro()

# title(lines): `about` and `usage` of a help.
macro(title lines)
  list(GET ${lines} 0 about)
  list(GET ${lines} 1 usage)
  string(REGEX REPLACE "^Usage: " "" usage "${usage}")
  escape(about "${about}")
  escape(usage "${usage}")
endmacro()

help_of(lines)
title(lines)
set(page ".\\\" Written by packaging/man_page.cmake from the program's own help.\n")
string(APPEND page ".TH PHASELOOM 1 \"\" \"phaseloom ${VERSION}\" \"User Commands\"\n")
string(APPEND page ".SH NAME\nphaseloom \\- laboratory for generative models that are physics\n")
string(APPEND page ".SH SYNOPSIS\n.B ${usage}\n.SH DESCRIPTION\n${about}\n")
set(commands "")
describe(SH lines)

set(queue "${commands}")
while(queue)
  list(POP_FRONT queue command)
  string(REPLACE " " ";" arguments "${command}")
  help_of(lines ${arguments})
  title(lines)
  escape(shown "phaseloom ${command}")
  string(TOUPPER "${shown}" heading)
  string(APPEND page ".SH \"${heading}\"\n.B ${usage}\n.PP\n${about}.\n")
  set(commands "")
  describe(SS lines)
  list(TRANSFORM commands PREPEND "${command} ")
  list(APPEND queue ${commands})
endwhile()

string(APPEND page [=[
.SH ENVIRONMENT
.TP
.B PHASELOOM_ASSETS
The folder of models and presets, instead of those that came with the program.
.TP
.B PHASELOOM_DATA
The folder of the data to learn from and to compare with.
.TP
.B PHASELOOM_ISA
A lesser instruction set: baseline, avx2, avx512 or avx512_bf16.
.SH FILES
.TP
.I ~/.local/share/phaseloom/models
Networks that were trained in the window.
.TP
.I ~/.local/state/phaseloom
The last session, and trainings that are not finished.
.TP
.I ~/.config/phaseloom/ui.json
What the window looks like.
.SH EXIT STATUS
0, or 2 after a mistake in what was asked for, 130 after an interruption, 1 after an error of the program
itself.
]=])
file(WRITE ${OUTPUT} "${page}")
