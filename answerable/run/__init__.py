"""The wiring: commands, the engine, loops, plug-ins. May import everything."""
