//! Use cases on folders made for the test.
