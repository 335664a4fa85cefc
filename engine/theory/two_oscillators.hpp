// SPDX-License-Identifier: MIT
#pragma once
// Two oscillators that pull at each other: dθ₁/dt = ω₁ + K sin(θ₂ − θ₁) and likewise the other way
// round. Their difference φ = θ₁ − θ₂ obeys R. Adler's equation ("A study of locking phenomena in
// oscillators", Proc. IRE 34, 1946): dφ/dt = Δω − 2K sin φ.

namespace phaseloom {

/// Whether both keep the same pace in the end: |Δω| <= 2 |K|.
/// @param detuning Δω = ω₁ − ω₂, rad per time unit
bool locks(double detuning, double coupling);

/// φ = θ₁ − θ₂ of the locked state that is stable, rad: arcsin(Δω / 2K) if K > 0; half a turn from
/// its mirror image if K < 0. They must lock.
double locked_lag(double detuning, double coupling);

/// How fast φ grows on average if they do not lock, rad per time unit: Δω's sign and the size
/// sqrt(Δω² − 4K²); 0 if they lock.
double beat_frequency(double detuning, double coupling);

}  // namespace phaseloom
