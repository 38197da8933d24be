//! The command line: alone knows arguments, terminals and exit codes.
