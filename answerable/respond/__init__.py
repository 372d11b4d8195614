"""Rules of the desk: levels, clocks, owners. Plain values in, plain values out."""
