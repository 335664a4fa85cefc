# SPDX-License-Identifier: MIT
# LEMON (Debian: liblemon-dev), of which the headers are enough. Defines Lemon::Lemon.
find_path(Lemon_INCLUDE_DIR lemon/network_simplex.h)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Lemon REQUIRED_VARS Lemon_INCLUDE_DIR)
if(Lemon_FOUND AND NOT TARGET Lemon::Lemon)
  add_library(Lemon::Lemon INTERFACE IMPORTED)
  set_target_properties(Lemon::Lemon PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${Lemon_INCLUDE_DIR}")
endif()
mark_as_advanced(Lemon_INCLUDE_DIR)
