//! Text to tips and problems.

mod bad_files; // what is wrong with a bad one
mod parsing; // what a good file becomes
