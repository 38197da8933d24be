//! Text to tips and problems.

mod bad_files; // what is wrong with a bad one
mod html; // markdown to safe HTML
mod parsing; // what a good file becomes
mod problems; // codes, pages, mends; any bytes
mod together; // sections as a tree, files side by side
