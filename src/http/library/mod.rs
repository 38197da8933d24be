//! The library as a whole: its facts, and what is wrong in it.

pub(super) mod facts;
pub(super) mod problems;
pub(super) mod work;
