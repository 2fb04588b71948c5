@rem The scripts of package.json start with `exec`, so that a shell hands its place, and with it every signal, to the program.
@rem Windows has no such command; there this file is found first, and just runs the rest.
@%*
