//! What happens in the library, as it happens.

pub(super) mod stream;
