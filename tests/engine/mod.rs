//! Cases and properties of the engine.

mod made; // tips and situations made by hand
mod properties; // what holds for every question
mod situations; // fits, gates and silence on hand-made situations
mod lens;
