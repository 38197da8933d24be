//! The signals: each a reason to rank, in a file of its own, returning its contribution.
