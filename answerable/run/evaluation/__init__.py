"""The very pipeline of `up` run on labelled files: one module for each kind of `answerable evaluate`."""
