//! Cases and properties of the engine.
