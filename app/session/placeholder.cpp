namespace phaseloom {}
