//! Balloons: given by anyone, listed oldest first, decided about by editors, looked up by their receipt.

pub(in crate::http) mod decide;
pub(in crate::http) mod give;
pub(in crate::http) mod list;
pub(in crate::http) mod read;
mod wire;
