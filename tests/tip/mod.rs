//! Text to tips and problems.
