// SPDX-License-Identifier: MIT
#pragma once
// All commands that there are. A new one is an object in one of these lists, and a handler of the
// part that does it (handlers.hpp).

#include "app/commands/experiment_verbs.hpp"
#include "app/commands/export_verbs.hpp"
#include "app/commands/field_verbs.hpp"
#include "app/commands/hardware_verbs.hpp"
#include "app/commands/lesson_verbs.hpp"
#include "app/commands/playground_verbs.hpp"
#include "app/commands/quality_verbs.hpp"
#include "app/commands/script_verbs.hpp"
#include "app/commands/share_verbs.hpp"
#include "app/commands/thermo_verbs.hpp"
#include "app/commands/training_verbs.hpp"
#include "app/commands/transport_verbs.hpp"
#include "app/commands/view_verbs.hpp"
