//! Cases and properties of the engine.

mod lens;
