//! Text to tips and problems.

mod parsing; // what a good file becomes
