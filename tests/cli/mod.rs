//! The binary: output, exit codes.
