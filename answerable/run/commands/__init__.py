"""One file for each command: `main(args) -> exit code`. Imported only when its command is called."""
