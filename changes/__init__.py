"""Two readings come in, a `Change` and a `Ruling` go out. Everything here is pure."""
