//! Use cases on folders made for the test.

mod measures; // the formulas of `evaluate`
